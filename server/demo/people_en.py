"""The same sixty places with English names: who sits where and reports to whom is that of the Chinese company."""

from server.demo.more_people import EVERYBODY

COMPANY = "Farbridge Systems"

_NAMES = """
Henry Walsh; Laura Mead; Simon Clarke; James Porter; Owen Bright; Tessa Grant; Sam Lowell; Judith Crane; Harry Woods; Lena Marsh; James Porter; Helen Frost;
Lincoln Shaw; Alma Reyes; Amy Chen; Max Rowley; Susan Pike; George Tully; Grace Ellery; David Wu; Robyn Dale; William Ames; Sophie Lunt; Tom Jarrett;
Will Harmon; Dora Quint; Walter Finch; Yolanda Shea; Hannah Bing; Ivan Marlow; Julia Lind; Colin Ray; Joan Ewell; Carl Jessop; Lydia Yarrow; Miles Hewitt;
Kit Jordan; Warren Vale; Tara Jolley; Hugo Garner; Celia Snow; Zane Heller; Minnie Zoller; Kevin Lau; Rainer Bow; Clara Waters; John Dow; Louis Chandler;
Mandy Cloud; Sue Hanley; Wendy Palmer; Glen Young; Faye Rainey; Bowen Peel; Lucy Brooks; Chance Prosser; Jean Yule; Jeremy Rennie; Fanny Yates; Lily Park
"""

TITLES = {
    "总经理": "Managing director",
    "行政主管": "Office manager",
    "销售总监": "Sales director",
    "销售经理": "Sales manager",
    "客户经理": "Account manager",
    "售前工程师": "Presales engineer",
    "华南区经理": "Regional manager, South",
    "财务经理": "Finance manager",
    "会计": "Accountant",
    "市场经理": "Marketing manager",
    "市场专员": "Marketing assistant",
    "客户成功经理": "Customer success manager",
    "实施顾问": "Implementation consultant",
    "行政专员": "Office assistant",
    "人事专员": "Personnel officer",
    "销售助理": "Sales assistant",
    "售前经理": "Presales manager",
    "方案顾问": "Solution consultant",
    "出纳": "Cashier",
    "设计师": "Designer",
    "活动策划": "Event planner",
    "客服专员": "Support agent",
    "培训师": "Trainer",
    "采购专员": "Buyer",
    "前台": "Receptionist",
}

DEPARTMENTS = {
    "总部": "Head office",
    "行政部": "Administration",
    "财务部": "Finance",
    "市场部": "Marketing",
    "客户成功部": "Customer success",
    "华东": "East",
    "销售一部": "Sales 1",
    "销售二部": "Sales 2",
    "售前支持": "Presales",
    "华南": "South",
    "深圳办": "Harbour office",
    "广州办": "River office",
}


def department(path: str) -> str:
    return "/".join(DEPARTMENTS[part] for part in path.split("/"))


def _mail(name: str, taken: set[str]) -> str:
    mail = name.lower().replace(" ", ".")
    if mail in taken:
        mail += "2"
    taken.add(mail)
    return mail


_taken: set[str] = set()
# Phone numbers of the range that is kept free for plays and films.
EVERYBODY_EN = [
    (
        name,
        number,
        f"+447700900{int(number) - 1000:03d}",
        _mail(name, _taken),
        TITLES.get(title, title),
        department(path),
        manager,
        roles,
    )
    for name, (_, number, _, _, title, path, manager, roles) in zip(
        (one.strip() for one in _NAMES.replace("\n", " ").split(";")), EVERYBODY, strict=True
    )
]
