"""What is chosen from in the fields of customers and contacts."""

from crm_objects.engine.fields import Choice
from crm_objects.engine.record_type import RelationSort
from crm_objects.engine.words import words


def _choices(*rows: tuple[str, str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, words=words(zh, en), tone=tone) for code, zh, en, tone in rows)


LEVELS = _choices(
    ("key", "重点客户", "Key account", "red"),
    ("important", "重要客户", "Important", "orange"),
    ("ordinary", "普通客户", "Ordinary", "blue"),
    ("low", "低价值客户", "Low value", "gray"),
)
SOURCES = _choices(
    ("referral", "客户介绍", "Referral", "gray"),
    ("website", "官网咨询", "Website", "gray"),
    ("exhibition", "展会", "Exhibition", "gray"),
    ("phone", "电话营销", "Telephone", "gray"),
    ("advertisement", "广告", "Advertisement", "gray"),
    ("partner", "合作伙伴", "Partner", "gray"),
    ("self", "自主开发", "Own acquisition", "gray"),
    ("other", "其他", "Other", "gray"),
)
EXPENSES = _choices(
    ("travel", "差旅", "Travel", "blue"),
    ("meal", "餐饮招待", "Meals", "orange"),
    ("gift", "礼品", "Gifts", "red"),
    ("sample", "样品", "Samples", "green"),
    ("event", "展会活动", "Fairs and events", "gray"),
    ("other", "其他", "Other", "gray"),
)
INDUSTRIES = _choices(
    ("manufacturing", "制造业", "Manufacturing", "gray"),
    ("software", "软件与信息技术", "Software and IT", "gray"),
    ("retail", "批发零售", "Wholesale and retail", "gray"),
    ("logistics", "物流运输", "Logistics", "gray"),
    ("construction", "建筑房产", "Construction and property", "gray"),
    ("finance", "金融", "Finance", "gray"),
    ("health", "医疗健康", "Health", "gray"),
    ("education", "教育培训", "Education", "gray"),
    ("energy", "能源环保", "Energy and environment", "gray"),
    ("food", "餐饮食品", "Food", "gray"),
    ("government", "政府与公共事业", "Public sector", "gray"),
    ("other", "其他", "Other", "gray"),
)
SIZES = _choices(
    ("1-19", "1–19 人", "1–19 people", "gray"),
    ("20-99", "20–99 人", "20–99 people", "gray"),
    ("100-499", "100–499 人", "100–499 people", "gray"),
    ("500-999", "500–999 人", "500–999 people", "gray"),
    ("1000+", "1000 人以上", "1,000 people and more", "gray"),
)
INTENTIONS = _choices(
    ("high", "意向强", "Strong", "green"),
    ("some", "有意向", "Some", "blue"),
    ("unclear", "意向不明", "Unclear", "gray"),
    ("invalid", "无效客户", "Not a customer", "gray"),
)
REGIONS = _choices(
    ("east", "华东", "East China", "gray"),
    ("south", "华南", "South China", "gray"),
    ("north", "华北", "North China", "gray"),
    ("central", "华中", "Central China", "gray"),
    ("southwest", "西南", "South-west China", "gray"),
    ("northwest", "西北", "North-west China", "gray"),
    ("northeast", "东北", "North-east China", "gray"),
    ("hmt", "港澳台", "Hong Kong, Macao, Taiwan", "gray"),
    ("overseas", "海外", "Overseas", "gray"),
)
DEAL_STATES = _choices(
    ("open", "未成交", "No deal yet", "gray"),
    ("dealt", "已成交", "Won customer", "green"),
)
GENDERS = _choices(("male", "男", "Male", "gray"), ("female", "女", "Female", "gray"))
ATTITUDES = _choices(
    ("supports", "支持", "Supports us", "green"),
    ("neutral", "中立", "Neutral", "gray"),
    ("opposes", "反对", "Opposes us", "red"),
)


def _relation(
    code: str, there: tuple[str, str], back: tuple[str, str], both_ways: bool = False
) -> RelationSort:
    return RelationSort(code=code, words=words(*there), back=words(*back), both_ways=both_ways)


RELATIONS = (
    _relation("reports_to", ("汇报给", "reports to"), ("的下属有", "leads")),
    _relation("influences", ("影响", "influences"), ("受影响于", "is influenced by")),
    _relation("assists", ("协助", "assists"), ("的助理是", "is assisted by")),
    _relation("works_with", ("共事", "works with"), ("共事", "works with"), True),
    _relation("knows", ("认识", "knows"), ("认识", "knows"), True),
    _relation("at_odds", ("有矛盾", "is at odds with"), ("有矛盾", "is at odds with"), True),
)
