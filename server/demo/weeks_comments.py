"""What people say under the posts of the weeks before today and of today, in both languages; and how well liked the posts are."""

from typing import NamedTuple


class WeekComment(NamedTuple):
    """`after` minutes since the post; `answers` is the place of an earlier one in the same list."""

    after: int
    author: str
    zh: str
    en: str
    answers: int | None = None


# By the place of the post in `WEEKS`.
COMMENTS: dict[int, list[WeekComment]] = {
    0: [
        WeekComment(9, "1003", "早该这样了，群里的通知翻半天找不到。", "High time. In the groups I scroll for ages to find a notice."),
        WeekComment(22, "1019", "出差时也能看到吗？", "Can I see this on the road as well?"),
        WeekComment(31, "1002", "{1019} 手机上一样，装到桌面就行。", "{1019} the same on the phone; put it on your home screen.", 1),
        WeekComment(48, "1026", "新同事入职也从这里开始，省了一封邮件。", "New colleagues start here too. One e-mail less."),
    ],
    1: [
        WeekComment(35, "1013", "我的上级还写着老部门的，改好了吗？", "My manager is still the old one. Has that been changed?"),
        WeekComment(52, "1026", "已改，{1013} 请刷新看一下。", "Done, {1013} please look again.", 0),
        WeekComment(70, "1013", "看到了，谢谢。", "I see it, thank you.", 1),
    ],
    2: [
        WeekComment(14, "1004", "北辰电子我今天下午去，带上售前。", "I am at Northstar this afternoon, with presales."),
        WeekComment(40, "1011", "蓝湖现场网络已经通了，可以提前半天。", "The line at Bluelake works; we can begin half a day early."),
        WeekComment(95, "1003", "好，提前的话通知 {1023}。", "Good. If so, tell {1023}.", 1),
    ],
    3: [
        WeekComment(18, "1006", "新版第 7 页的案例能不能单独给客户？", "May page 7, the customer story, go to customers by itself?"),
        WeekComment(44, "1019", "可以，已经单独导成 PDF 放在同一个目录。", "Yes. It is in the same folder as a PDF of its own.", 0),
        WeekComment(60, "1016", "Great, exactly what I needed for tomorrow.", "Great, exactly what I needed for tomorrow."),
    ],
    4: [
        WeekComment(25, "1023", "第 9 项能不能写清楚由谁签字？", "Could point 9 say who signs?"),
        WeekComment(41, "1022", "客户的项目负责人。我改到清单里。", "The customer's project lead. I will write that into the list.", 0),
    ],
    5: [
        WeekComment(12, "1004", "审批这块约 {1037} 一起讲，他刚给蓝湖演示过。", "Take {1037} along for approvals, he just showed them to Bluelake."),
        WeekComment(26, "1005", "好，已经约了下周三下午。", "Good, Wednesday afternoon is set.", 0),
        WeekComment(33, "1007", "他们副总我见过，喜欢看数字，少放图。", "I know their head of production: likes figures, no pictures."),
    ],
    6: [
        WeekComment(80, "1030", "出租车票没有抬头可以吗？", "Is a taxi receipt without a name all right?"),
        WeekComment(104, "1018", "可以，备注写清起点终点就行。", "Yes, just note from where to where.", 0),
    ],
    7: [
        WeekComment(30, "1009", "百川 12 万，这周五。", "Riverbend, 120,000, this Friday."),
        WeekComment(42, "1010", "青禾 9 万，下周二，把握八成。", "Greenfield, 90,000, next Tuesday, four out of five."),
        WeekComment(66, "1032", "海川 8 万，合同在走流程。", "Harbour Machines, 80,000, the contract is on its way."),
        WeekComment(75, "1008", "还差 9 万，大家再想想老客户。", "Still 90,000 short. Think of old customers."),
    ],
    8: [
        WeekComment(11, "1012", "9 天！把过程写一下，大家学习。", "Nine days! Write down how, so that others learn."),
        WeekComment(38, "1016", "其实就是每天回访一次，没有别的。", "I only called them every day, nothing else.", 0),
        WeekComment(47, "1013", "向你学习 👍", "Well done 👍"),
        WeekComment(55, "1040", "深圳办也要有一个。", "The harbour office wants one as well."),
    ],
    10: [
        WeekComment(6, "1017", "其中蓝湖一笔就占了三分之一。", "A third of it is Bluelake alone."),
        WeekComment(15, "1018", "谢谢王总，大家回款备注写得清楚，我这边就快。", "Thank you. When payments are well described, matching is quick."),
        WeekComment(28, "1012", "华南下周争取超过。", "The South will try to beat that."),
    ],
    11: [
        WeekComment(33, "1050", "可以带家属吗？自费也行。", "May families come, at their own cost?"),
        WeekComment(58, "1026", "可以，名单周四前给我。", "Yes, names to me by Thursday.", 0),
    ],
    12: [
        WeekComment(16, "1008", "已经发出去、客户还没签的怎么办？", "What about those that are out and not signed yet?"),
        WeekComment(29, "1003", "不用换，客户要改再说。", "They may stay, unless the customer asks.", 0),
    ],
    13: [WeekComment(50, "1021", "Numbers checked, page 2 had last year's.", "Numbers checked, page 2 had last year's.")],
    14: [
        WeekComment(20, "1006", "演示时很流畅，谢谢。", "It runs smoothly, thank you."),
        WeekComment(34, "1004", "周五上午我要用，麻烦别排维护。", "I need it on Friday morning, no maintenance please."),
        WeekComment(41, "1011", "记下了，周五中午之后再动。", "Noted, nothing before Friday noon.", 1),
    ],
    17: [
        WeekComment(9, "1033", "漂亮！两年的给他们安排专人。", "Well done! Two years deserve a person of their own."),
        WeekComment(21, "1008", "{1037} 辛苦，这版方案留作模板。", "{1037} thank you. Keep that plan as a model."),
    ],
    19: [
        WeekComment(23, "1037", "可以约，但请写清楚客户关心什么，我好准备。", "Do ask, and say what the customer cares about, so that I can prepare."),
        WeekComment(37, "1004", "收到，一部从今天起在拜访计划里加一栏。", "Right. Team one adds a column to the visiting plan.", 0),
        WeekComment(90, "1010", "同意，上周两家都是这样谈下来的。", "Agreed, both of last week's went like that."),
    ],
    20: [
        WeekComment(17, "1024", "午休时段能不能轮值？12 点到 13 点最慢。", "Could we take turns at noon? That is when we are slowest."),
        WeekComment(40, "1022", "可以，我排一个表，明天开始。", "Good idea. I will make a plan from tomorrow.", 0),
        WeekComment(51, "1023", "我先值这周。", "I take this week.", 1),
    ],
    22: [
        WeekComment(4, "1027", "恭喜！这单跟了五个月。", "Congratulations! Five months of work."),
        WeekComment(7, "1005", "跟着吃饭 😄", "I am coming for lunch 😄"),
        WeekComment(12, "1006", "谢谢大家，售前和实施都帮了大忙。", "Thank you all. Presales and implementation helped a lot."),
        WeekComment(20, "1007", "下一单看我的。", "The next one is mine."),
    ],
    24: [
        WeekComment(31, "1012", "差旅上浮后，跨区支援算谁的？", "With more for travel: who pays for helping another region?"),
        WeekComment(45, "1001", "算被支援的区。细则 {1017} 周五发。", "The region that is helped. {1017} sends the details on Friday.", 0),
        WeekComment(62, "1017", "好的，已经在写。", "Yes, I am writing them.", 1),
    ],
    27: [
        WeekComment(12, "1004", "收到，一部五点二十就报。", "Team one will be here at twenty past five."),
        WeekComment(19, "1008", "二部没问题。", "Team two as well."),
    ],
    29: [WeekComment(5, "1003", "一部今天最好，继续。", "Team one was best today, go on.")],
    30: [
        WeekComment(15, "1019", "市场部出一个小品，八个人。", "Marketing plays a sketch, eight people."),
        WeekComment(23, "1005", "销售一部唱歌，别嫌弃 😂", "Sales 1 sings, be kind 😂"),
        WeekComment(36, "1051", "收到！目前 4 个节目，还差主持人。", "Four acts so far, we still need a host."),
        WeekComment(49, "1021", "主持我可以。", "I can do that.", 2),
    ],
    32: [
        WeekComment(26, "1006", "恒达希望放到周末，可以吗？", "Stillwater asks for a weekend. Possible?"),
        WeekComment(43, "1022", "可以单独安排周六上午，请客户发一封确认邮件。", "Saturday morning, if they confirm by e-mail.", 0),
        WeekComment(58, "1006", "好，我去要。", "I will get it.", 1),
    ],
    33: [
        WeekComment(8, "1044", "谢谢大家，主要是客户本来就着急。", "Thank you. They were in a hurry anyway."),
        WeekComment(13, "1013", "深圳办也试试这个方法。", "The harbour office will try that too."),
        WeekComment(27, "1012", "一天两单，厉害。", "Two in one day, impressive."),
    ],
}  # fmt: skip

# By the place of the post among today's.
TODAY: dict[int, list[WeekComment]] = {
    0: [
        WeekComment(0, "1003", "华东老客户名单今天整理好。", "The East has its list of old customers today."),
        WeekComment(0, "1012", "华南也是，试用客户先报 8 家。", "So has the South. For the trials we begin with 8."),
        WeekComment(0, "1017", "回款进度我每周五在这里更新。", "I will post what came in here every Friday."),
    ],
    2: [
        WeekComment(0, "1004", "低于九五折的三单我今天报给您。", "I have three below that, you get them today."),
        WeekComment(0, "1003", "好，写清客户为什么要这个价。", "Good. Say why the customer wants that price.", 0),
    ],
    4: [WeekComment(0, "1025", "钥匙和登记表都在前台。", "Keys and the list are at the front desk.")],
}  # fmt: skip

# How many of those who see it like a post; of the others one in fourteen does.
LIKED = {0: 0.3, 8: 0.45, 10: 0.4, 17: 0.4, 22: 0.55, 29: 0.25, 30: 0.3, 33: 0.4}
ELSE_LIKED = 0.07
