"""Short talks of the weeks before today, in both languages. `a`, `b`, `c` are people of the room, `{c}` a customer, `{n}` a small number."""

from typing import NamedTuple

Line = tuple[str, str, str]


class Room(NamedTuple):
    """A group: its owner, the others, what they talk about."""

    owner: str
    members: tuple[str, ...]
    topic: str
    zh: str
    en: str


ROOMS = [
    Room(
        "1004",
        ("1003", "1005", "1006", "1007", "1027", "1028", "1029", "1030", "1031"),
        "sales",
        "销售一部日常",
        "Sales 1, day to day",
    ),
    Room(
        "1008",
        ("1003", "1009", "1010", "1032", "1033", "1034", "1035", "1036"),
        "sales",
        "销售二部",
        "Sales 2",
    ),
    Room(
        "1012",
        ("1013", "1014", "1015", "1016", "1040", "1041", "1042", "1043", "1044", "1045", "1046", "1047"),
        "sales",
        "华南一家人",
        "All of the South",
    ),
    Room(
        "1022",
        ("1023", "1024", "1053", "1054", "1055", "1056", "1057", "1011", "1037"),
        "service",
        "上线与客服",
        "Go-live and support",
    ),
    Room("1037", ("1011", "1038", "1039", "1004", "1008"), "service", "售前排期", "Presales planning"),
    Room("1019", ("1020", "1021", "1050", "1051", "1052"), "office", "市场部", "Marketing"),
    Room("1002", ("1025", "1026", "1058", "1059", "1060"), "office", "行政后勤", "Administration"),
    Room("1017", ("1018", "1048", "1049", "1002"), "office", "财务对账", "Finance"),
]

PAIRS = [
    ("1004", "1006", "sales"),
    ("1004", "1007", "sales"),
    ("1003", "1004", "sales"),
    ("1003", "1008", "sales"),
    ("1008", "1009", "sales"),
    ("1012", "1016", "sales"),
    ("1013", "1024", "service"),
    ("1011", "1037", "service"),
    ("1022", "1023", "service"),
    ("1002", "1025", "office"),
    ("1002", "1026", "office"),
    ("1017", "1018", "office"),
    ("1019", "1021", "office"),
    ("1001", "1003", "sales"),
    ("1001", "1017", "office"),
    ("1006", "1031", "sales"),
]

CUSTOMERS = [
    ("蓝湖制造", "Bluelake"),
    ("青禾物流", "Greenfield"),
    ("北辰电子", "Northstar"),
    ("恒达包装", "Stillwater"),
    ("新叶食品", "New Leaf"),
    ("海川机电", "Harbour Machines"),
    ("启明教育", "Brightway"),
    ("百川建材", "Riverbend"),
    ("云杉医疗", "Spruce Medical"),
    ("金穗农业", "Golden Grain"),
]

SCENES: dict[str, list[list[Line]]] = {
    "sales": [
        [
            (
                "a",
                "{c}的报价客户看过了，嫌实施费高",
                "{c} has seen the quote and finds the consulting days dear",
            ),
            (
                "b",
                "给他们看上次的实施清单，一共 {n} 天，每天做什么都写着",
                "Show them the last list: {n} days, and what is done on each",
            ),
            ("a", "好，我下午带过去", "Good, I will take it along this afternoon"),
            ("c", "别先降价，先减范围", "Do not lower the price first, lower the scope"),
        ],
        [
            ("a", "{c}今天签了！{n} 个账号，一年", "{c} signed today! {n} seats, one year"),
            ("b", "漂亮 👏", "Well done 👏"),
            ("c", "合同扫描件记得传，原件给财务", "Send the scan, and the paper to finance"),
            ("a", "已经寄出，单号晚点发", "It is on its way, number follows"),
        ],
        [
            ("a", "谁有{c}采购的电话？我这里的号码停机了", "Who has the number of {c}'s buyer? Mine is dead"),
            (
                "b",
                "她上个月换部门了，现在是她同事负责，我把名片发你",
                "She moved last month; a colleague does it now, I will send you the card",
            ),
            ("a", "收到，谢谢", "Got it, thanks"),
        ],
        [
            (
                "a",
                "明天去{c}的车还有两个座，八点半楼下走",
                "Two seats left in tomorrow's car to {c}, half past eight downstairs",
            ),
            ("b", "算我一个", "Count me in"),
            ("c", "我自己从家里过去，那边见", "I come from home, see you there"),
        ],
        [
            (
                "a",
                "{c}问能不能先用一个月再付款",
                "{c} asks whether they may use it for a month before paying",
            ),
            (
                "b",
                "可以试用 14 天，不能先上线后付款",
                "Fourteen days of trial, but no going live before paying",
            ),
            ("a", "那我按试用去谈，{n} 个人试", "Then a trial, for {n} people"),
        ],
        [
            ("a", "今天打了 {n} 个电话，约到 3 家", "{n} calls today, 3 visits out of it"),
            ("b", "哪三家？", "Which three?"),
            ("a", "{c}，还有两家园区里的小厂", "{c}, and two small ones in the park"),
            ("b", "小厂别放过，决策快", "Do not drop the small ones, they decide fast"),
        ],
        [
            ("a", "{c}说别家便宜三成", "{c} says another one is thirty per cent cheaper"),
            ("b", "问清楚含不含移动端和升级", "Ask whether that includes the phone and updates"),
            ("c", "也问问他们一年后的续费价", "And what it costs in the second year"),
            ("a", "果然不含。客户让我们周五前给最终版", "It does not. They want our last word by Friday"),
        ],
        [
            (
                "a",
                "拜访记录补好了，{c}的决策人换成了新来的总监",
                "Notes are in: at {c} the new director decides now",
            ),
            ("b", "约他来公司看一次，我一起", "Invite him here, I will join"),
        ],
    ],
    "service": [
        [
            ("a", "{c}的数据导完了，{n} 条对不上", "{c}'s data is in, {n} rows do not match"),
            (
                "b",
                "多半是重复的手机号，先导出来给客户认",
                "Mostly double phone numbers; let the customer decide",
            ),
            ("a", "已经发给他们信息部了", "Sent to their IT already"),
        ],
        [
            ("a", "{c}反映消息通知收不到", "{c} says notices do not arrive"),
            (
                "b",
                "先看手机系统的省电设置，上次就是这个",
                "Look at the phone's battery saver first, last time it was that",
            ),
            ("a", "是的，{n} 台都开着。教他们关掉了", "It was, on {n} phones. They know now"),
            ("c", "这个写进常见问题吧", "Let us put it into the questions and answers"),
        ],
        [
            (
                "a",
                "下周三能借一个售前吗？{c}要现场演示",
                "Can I have somebody of presales on Wednesday? {c} wants a demo on site",
            ),
            ("b", "上午可以，下午已经排了", "In the morning, the afternoon is taken"),
            ("a", "那就上午十点", "Ten o'clock then"),
        ],
        [
            ("a", "培训签到 {n} 人，{c}这次来得很齐", "{n} people at {c}'s training, nearly all of them"),
            ("b", "录像发给没来的，做个小测验", "Send the film to the others, with a little test"),
        ],
        [
            ("a", "{c}今晚升级，八点开始", "{c} is updated tonight, from eight"),
            ("b", "备份做了吗？", "Is there a backup?"),
            ("a", "做了，也试着恢复了一遍", "There is, and I tried to restore it"),
            ("c", "好，我今晚在线", "Good, I am online tonight"),
            ("a", "升级完成，一切正常，{n} 分钟", "Done and well, {n} minutes"),
        ],
        [
            ("a", "{c}的验收单签回来了", "{c} signed the acceptance"),
            ("b", "太好了，尾款可以走流程了", "Great, then the rest can be billed"),
        ],
    ],
    "office": [
        [
            ("a", "打印机又卡纸了，三楼那台", "The printer on the third floor is stuck again"),
            ("b", "我去看", "I will look"),
            ("b", "好了，别放受潮的纸", "Done. No damp paper, please"),
        ],
        [
            (
                "a",
                "下周二有 {n} 位客人来访，要不要准备午饭？",
                "{n} visitors on Tuesday, shall we order lunch?",
            ),
            ("b", "要，两位不吃辣", "Yes, two without chilli"),
            ("a", "收到", "Got it"),
        ],
        [
            ("a", "{c}这笔款的附言没有合同号", "{c}'s payment names no contract"),
            ("b", "金额对得上，是二期的", "The amount fits, it is phase two"),
            ("a", "那我记到二期，晚点让销售补个说明", "Then I book it there, sales can confirm later"),
        ],
        [
            ("a", "海报第二版放在共享盘了", "The poster's second version is on the shared drive"),
            ("b", "标题再大一点，二维码放右下", "A larger title, and the code at the lower right"),
            ("a", "改好了，第三版", "Changed, third version"),
            ("c", "这版可以", "This one is good"),
        ],
        [
            ("a", "办公用品这个月还剩 {n} 包纸，够吗？", "{n} packs of paper left this month, enough?"),
            ("b", "够，下周再订", "Enough, order next week"),
        ],
        [
            ("a", "{c}的发票要加急，今天能开吗？", "{c} needs its invoice fast, today?"),
            ("b", "三点前把资料给我就行", "If I have the data by three"),
            ("a", "马上发你", "It is on its way"),
            ("b", "开好了，电子版已发邮箱", "Written and mailed"),
        ],
        [
            (
                "a",
                "明天消防演练，十点，记得提醒大家走楼梯",
                "Fire drill tomorrow at ten; remind people to take the stairs",
            ),
            ("b", "通知已经发了", "The note is out"),
        ],
    ],
}
