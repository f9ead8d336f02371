"""The customers that lie in the demo company's pools, in both languages. Companies are invented; none is among `customers_words.py`'s."""

from typing import NamedTuple


class Entered(NamedTuple):
    """`pool`: its place in `pools.py`. `city`: a place in the cities of `customers_words.py`, within each language's own. `given`: the staff
    number of who got it later, or nobody's."""

    pool: int
    zh: str
    en: str
    industry: str
    source: str
    level: str
    city: int
    given: str = ""


ENTERED = [
    Entered(0, "苏州晨曦电子有限公司", "Morningside Electronics Ltd", "manufacturing", "exhibition", "important", 1),
    Entered(0, "杭州听澜软件有限公司", "Willowbank Software Ltd", "software", "website", "ordinary", 2),
    Entered(0, "宁波港联物流有限公司", "Portlink Freight plc", "logistics", "phone", "ordinary", 4, "1005"),
    Entered(0, "上海予安医疗器械有限公司", "Carefield Medical Ltd", "health", "exhibition", "key", 0),
    Entered(0, "南京筑梦建设工程有限公司", "Hillcrest Construction Group", "construction", "referral", "ordinary", 3),
    Entered(1, "成都蜀味餐饮管理有限公司", "Saltmarsh Foods Ltd", "food", "website", "ordinary", 13),
    Entered(1, "武汉楚天光电股份有限公司", "Longacre Optics plc", "manufacturing", "exhibition", "key", 11, "1013"),
    Entered(1, "深圳市鹏程跨境商贸有限公司", "Eastgate Trading Ltd", "retail", "advertisement", "ordinary", 5),
    Entered(0, "上海沐光新能源有限公司", "Sunhollow Energy Ltd", "energy", "website", "important", 0),
    Entered(0, "苏州允执精密机械有限公司", "Truegauge Engineering Ltd", "manufacturing", "exhibition", "important", 1, "1009"),
    Entered(0, "杭州知微教育咨询有限公司", "Inkwell Learning Ltd", "education", "phone", "low", 2),
    Entered(1, "北京朗润信息技术有限公司", "Fallowfield Systems Ltd", "software", "exhibition", "important", 9),
    Entered(1, "西安秦川环保科技有限公司", "Cleanbrook Energy Group", "energy", "partner", "ordinary", 15),
    Entered(1, "重庆山城供应链有限公司", "Highbridge Logistics Ltd", "logistics", "website", "ordinary", 14),
    Entered(0, "宁波甬川食品有限公司", "Cockleshore Foods & Co", "food", "exhibition", "ordinary", 4),
    Entered(0, "南京紫金数据服务有限公司", "Beechwood Data Ltd", "software", "referral", "key", 3),
    Entered(0, "上海申屿投资管理有限公司", "Marlow Street Capital Ltd", "finance", "phone", "ordinary", 0),
    Entered(1, "天津滨海重工有限公司", "Dockside Heavy Works plc", "manufacturing", "exhibition", "important", 10),
    Entered(1, "长沙星城文具商贸有限公司", "Paperlane Trading Ltd", "retail", "advertisement", "low", 12),
    Entered(1, "厦门鹭岛医药有限公司", "Gullwing Medical Ltd", "health", "website", "ordinary", 8),
    Entered(0, "杭州钱塘智造有限公司", "Tidewater Automation Ltd", "manufacturing", "exhibition", "important", 2),
    Entered(0, "苏州吴门纺织有限公司", "Loomfield Textiles Ltd", "manufacturing", "phone", "ordinary", 1),
    Entered(1, "东莞松湖五金制品有限公司", "Nailmakers Row Ltd", "manufacturing", "exhibition", "ordinary", 7),
    Entered(1, "沈阳浑河机床股份有限公司", "Frostfield Tools plc", "manufacturing", "partner", "important", 16),
    Entered(1, "广州珠水进出口有限公司", "Pearlgate Imports Ltd", "retail", "website", "ordinary", 6),
    Entered(0, "上海弄潮文化传播有限公司", "Lanternlight Media Ltd", "other", "website", "ordinary", 0),
    Entered(0, "南京梧桐连锁药房有限公司", "Plane Tree Pharmacies Ltd", "health", "exhibition", "ordinary", 3),
    Entered(1, "成都锦里酒店管理有限公司", "Silk Lane Hotels Ltd", "food", "referral", "key", 13),
]  # fmt: skip
NOTES = [
    ("展会上换了名片，还没有联系过。", "Exchanged cards at the fair; nobody has called yet."),
    ("官网留言咨询，想先看报价。", "Asked on the website; wants prices first."),
    ("原来的联系人离职了，要重新找人。", "The person we knew has left; somebody new has to be found."),
]
