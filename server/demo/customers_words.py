"""Of what the demo's customers and contacts are made, in both languages. Companies and people are invented."""

CITIES_ZH = [
    ("上海", "上海市", "上海市", "浦东新区", "张江路", "east", "021"),
    ("苏州", "江苏省", "苏州市", "工业园区", "星湖街", "east", "0512"),
    ("杭州", "浙江省", "杭州市", "滨江区", "江南大道", "east", "0571"),
    ("南京", "江苏省", "南京市", "江宁区", "双龙大道", "east", "025"),
    ("宁波", "浙江省", "宁波市", "鄞州区", "中山东路", "east", "0574"),
    ("深圳", "广东省", "深圳市", "南山区", "科苑路", "south", "0755"),
    ("广州", "广东省", "广州市", "天河区", "黄埔大道", "south", "020"),
    ("东莞", "广东省", "东莞市", "松山湖", "新竹路", "south", "0769"),
    ("厦门", "福建省", "厦门市", "湖里区", "安岭路", "south", "0592"),
    ("北京", "北京市", "北京市", "海淀区", "知春路", "north", "010"),
    ("天津", "天津市", "天津市", "滨海新区", "第三大街", "north", "022"),
    ("武汉", "湖北省", "武汉市", "洪山区", "光谷大道", "central", "027"),
    ("长沙", "湖南省", "长沙市", "岳麓区", "麓谷大道", "central", "0731"),
    ("成都", "四川省", "成都市", "高新区", "天府大道", "southwest", "028"),
    ("重庆", "重庆市", "重庆市", "渝北区", "金开大道", "southwest", "023"),
    ("西安", "陕西省", "西安市", "雁塔区", "科技路", "northwest", "029"),
    ("沈阳", "辽宁省", "沈阳市", "浑南区", "创新路", "northeast", "024"),
]
NAMES_ZH = [
    "远帆", "蓝湖", "恒达", "启明", "瑞丰", "华晟", "鼎新", "天衡", "云栖", "百川", "金石", "嘉禾", "凌云", "正泰和", "博远", "宏图",
    "盛景", "安澜", "汇智", "卓越", "新潮", "海纳", "众诚", "德润", "东篱", "星辰", "长青", "同舟", "春晖", "锦程", "明德", "清源",
    "致远", "万象", "千帆", "禾木", "景行", "思齐", "观澜", "合力",
]  # fmt: skip
# Words of the trade, its code.
TRADES_ZH = [
    ("精密机械", "manufacturing"), ("电子", "manufacturing"), ("信息技术", "software"), ("软件", "software"), ("商贸", "retail"),
    ("供应链", "logistics"), ("物流", "logistics"), ("建设工程", "construction"), ("医疗器械", "health"), ("教育咨询", "education"),
    ("新能源", "energy"), ("环保科技", "energy"), ("食品", "food"), ("餐饮管理", "food"), ("投资管理", "finance"),
]  # fmt: skip
ENDS_ZH = ["有限公司", "有限责任公司", "股份有限公司", "集团有限公司"]
SURNAMES_ZH = list("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余")
GIVEN_ZH = [
    "伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀英", "建华", "志远", "晓燕", "文博",
    "雨桐", "子轩", "思远", "佳琪", "海波", "国栋", "丽娟", "春梅", "俊峰", "嘉怡", "梦洁", "浩然",
]  # fmt: skip
# Position, department, who decides.
POSITIONS_ZH = [
    ("总经理", "总经办", True), ("采购总监", "采购部", True), ("IT 负责人", "信息部", False), ("财务负责人", "财务部", True),
    ("采购经理", "采购部", False), ("业务负责人", "业务部", False), ("行政主管", "行政部", False), ("项目经理", "项目部", False),
    ("生产厂长", "生产部", False), ("会计", "财务部", False),
]  # fmt: skip
SAID_ZH = [
    ("visit", "上门拜访,见了采购和信息部,下周给方案。"),
    ("call", "电话沟通预算,今年还有额度,要走招标。"),
    ("online", "线上演示一小时,对移动端很感兴趣。"),
    ("visit", "陪同验收,现场提了三个小问题,本周改完。"),
    ("training", "给客户的二十位同事做了使用培训。"),
    ("call", "对方换了负责人,约了周四重新介绍。"),
    ("installation", "现场安装调试完成,客户签字确认。"),
    ("other", "寄出样品和报价单,等反馈。"),
]
NOTES_ZH = [
    "付款习惯好,一般月底结算。",
    "价格敏感,先谈服务。",
    "决策链长,要找总经理。",
    "与竞品还有一年合同。",
]

CITIES_EN = [
    ("London", "England", "London", "Southwark", "Bankside", "overseas", "+44 20 7946 0"),
    ("Leeds", "England", "Leeds", "Holbeck", "Water Lane", "overseas", "+44 113 496 0"),
    ("Bristol", "England", "Bristol", "Temple Quay", "Glass Wharf", "overseas", "+44 117 496 0"),
    ("Edinburgh", "Scotland", "Edinburgh", "Leith", "Commercial Street", "overseas", "+44 131 496 0"),
    ("Cardiff", "Wales", "Cardiff", "Butetown", "Bute Street", "overseas", "+44 29 2018 0"),
    ("Singapore", "", "Singapore", "Raffles Place", "Market Street", "overseas", "+65 6123 4"),
    ("Hong Kong", "", "Hong Kong", "Kwun Tong", "Hoi Yuen Road", "hmt", "+852 2123 4"),
]
NAMES_EN = [
    "Bluelake", "Northgate", "Harbourline", "Silverbirch", "Oakfield", "Redstone", "Kingsway", "Meridian", "Summit", "Evergreen",
    "Lighthouse", "Fairwater", "Ironbridge", "Whitecliff", "Greenway", "Brightwell", "Stonehaven", "Clearview", "Riverside", "Anchor",
]  # fmt: skip
TRADES_EN = [
    ("Engineering", "manufacturing"), ("Electronics", "manufacturing"), ("Systems", "software"), ("Software", "software"),
    ("Trading", "retail"), ("Logistics", "logistics"), ("Freight", "logistics"), ("Construction", "construction"),
    ("Medical", "health"), ("Learning", "education"), ("Energy", "energy"), ("Foods", "food"), ("Capital", "finance"),
]  # fmt: skip
ENDS_EN = ["Ltd", "plc", "Group", "& Co"]
SURNAMES_EN = [
    "Smith", "Jones", "Taylor", "Brown", "Wilson", "Evans", "Thomas", "Roberts", "Walker", "Wright", "Hughes", "Green", "Hall",
    "Clarke", "Patel", "Khan", "Lewis", "Turner", "Cooper", "Morgan", "Bailey", "Murphy",
]  # fmt: skip
GIVEN_EN = [
    "Oliver", "Amelia", "George", "Isla", "Harry", "Ava", "Noah", "Emily", "Jack", "Sophie", "Charlie", "Grace", "James", "Lucy",
    "Thomas", "Ruby", "Adam", "Priya", "Daniel", "Chloe",
]  # fmt: skip
POSITIONS_EN = [
    ("Managing director", "Board", True), ("Head of purchasing", "Purchasing", True), ("Head of IT", "IT", False),
    ("Finance director", "Finance", True), ("Buyer", "Purchasing", False), ("Operations manager", "Operations", False),
    ("Office manager", "Office", False), ("Project manager", "Projects", False),
]  # fmt: skip
SAID_EN = [
    ("visit", "Met purchasing and IT on site; they expect a proposal next week."),
    ("call", "Talked about the budget: there is some left, but it has to go to tender."),
    ("online", "One hour demo online; they liked the phone app most."),
    ("visit", "Went through acceptance together; three small points to fix this week."),
    ("training", "Trained twenty of their people."),
    ("call", "A new person is in charge there; we start again on Thursday."),
    ("installation", "Installed on site and signed off."),
    ("other", "Sent samples and the price list; waiting to hear."),
]
NOTES_EN = [
    "Pays well, usually at month's end.",
    "Looks at the price first; talk about service.",
    "The director decides.",
]
