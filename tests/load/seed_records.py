"""Customers for a company of `seed.py`, straight into the tables: believable Chinese names, owners, levels, a field that an administrator
added, and some with everything that a busy customer has. The same seed gives the same customers.
"""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from itertools import islice

from sqlalchemy import Engine, Table, insert, select, text

from crm_objects.engine import word_index
from crm_objects.engine.models import CustomValue, RecordField, RecordFollowup, RecordHistory, RecordTeam
from crm_objects.templates.base import CONTACT, CUSTOMER
from server.people.spelling import sound_of
from tests.load.bulk import insert_many, settle
from tests.load.seed import GIVEN, NOW, SURNAMES, Company

CITIES = (
    "上海", "北京", "深圳", "广州", "杭州", "苏州", "宁波", "成都", "武汉", "南京", "青岛", "厦门", "西安", "长沙", "合肥", "无锡",
    "佛山", "东莞", "天津", "重庆",
)  # fmt: skip
SIGNS = "鼎新远帆盛华天启恒泰瑞丰嘉和明德博思创联宏达金石云海蓝图正阳长青东方星辰卓越安信同济顺成佳美广源"
TRADES = (
    "科技", "贸易", "机械", "电子", "精密制造", "供应链", "网络科技", "新材料", "医疗器械", "自动化设备", "食品", "包装", "化工",
    "物流", "建筑工程", "软件",
)  # fmt: skip
SUFFIXES = ("有限公司", "有限公司", "有限公司", "股份有限公司", "集团有限公司")
LEVELS, SOURCES = (
    ("key", "important", "ordinary", "low"),
    ("referral", "exhibition", "website", "phone", "partner", None),
)
STATES, SELLERS, RICH = ("open", "open", "open", "dealt"), 200, 100
CONTACTS, HISTORY, FOLLOWUPS, TEAM = 20, 60, 30, 8
COLUMNS = (
    "id", "owner_id", "department_id", "version", "spelled", "initials", "terms", "custom", "created_at", "created_by", "updated_at",
    "last_followed_at", "name", "level", "source", "deal_state", "industry", "phone", "credit_limit",
)  # fmt: skip


@cache
def _sound(sign: str) -> str:
    return sound_of(sign)[0].split(" ")[0]


def sounds(name: str) -> tuple[str, str, str]:
    """(spelled, initials, terms) as the product has them, sign by sign: a dictionary look-up for each whole name takes a minute."""
    syllables = [_sound(sign) for sign in name]
    spelled = " ".join("".join(syllables[at:]) for at in range(min(len(syllables), 8)))
    initials = "".join(one[0] for one in syllables)
    return spelled, initials, word_index.terms_for(name, spelled, initials)


def make_field(engine: Engine) -> int:
    """A number that an administrator added: `c` and this id."""
    words = json.dumps({"zh-Hans": "年采购额", "en": "Bought a year"}, ensure_ascii=False)
    row = {
        "kind": "customer",
        "type": "number",
        "cls": "basic",
        "words": words,
        "choices": "[]",
        "last_choice": 0,
    }
    more = {"is_required": False, "position": 1, "version": 1, "created_at": NOW}
    with engine.begin() as connection:
        made = insert(RecordField).values(**row, **more).returning(RecordField.id)
        return int(connection.execute(made).scalar_one())


def make_customers(engine: Engine, company: Company, first: int, count: int, field: int) -> None:
    """Ids from `first` on. The index of words is made behind them, as one does with millions."""
    dice = random.Random(company.seed * 1_000_003 + first)
    bought: list[tuple[int, int]] = []

    def rows() -> Iterator[tuple[object, ...]]:
        sellers = company.people[1 : SELLERS + 1]
        for record in range(first, first + count):
            name = _name(dice, record)
            seller = dice.choice(sellers)
            made = NOW - timedelta(minutes=dice.randrange(1_000_000))
            moved = made + timedelta(minutes=dice.randrange(500_000))
            custom = "{}"
            if dice.random() < 0.4:
                value = dice.randrange(1, 5_000) * 10_000
                bought.append((record, value))
                custom = json.dumps({f"c{field}": value})
            yield (
                record, seller, company.departments_of[seller][0], 1, *sounds(name), custom, made, seller, moved,
                moved if dice.random() < 0.7 else None, name, dice.choices(LEVELS, (5, 15, 50, 30))[0], dice.choice(SOURCES),
                dice.choice(STATES), dice.choice(INDUSTRIES), f"+861{dice.randrange(3 * 10**9, 10**10)}",
                dice.randrange(100) * 10**8 or None,
            )  # fmt: skip

    without_words(engine, CUSTOMER.table, lambda: insert_many(engine, CUSTOMER.table, COLUMNS, rows()))
    values = ((field, record, value) for record, value in bought)
    insert_many(engine, CustomValue, ("field_id", "record_id", "number"), values)
    settle(engine, RecordField, CUSTOMER.table)


def _industries() -> tuple[str, ...]:
    field = next(one for one in CUSTOMER.fields if one.name == "industry")
    return tuple(one.code for one in field.choices)


INDUSTRIES = _industries()


def _name(dice: random.Random, record: int) -> str:
    brand = dice.choice(SIGNS) + dice.choice(SIGNS) + (dice.choice(SIGNS) if record % 3 == 0 else "")
    return f"{dice.choice(CITIES)}{brand}{dice.choice(TRADES)}{dice.choice(SUFFIXES)}"


def without_words(engine: Engine, table: Table, fill: Callable[[], object]) -> None:
    """Fills the table and makes its index of words afterwards, as the product's own statements make it."""
    name = f"search_terms_{table.name}"
    index = next(one for one in table.indexes if one.name == f"ix_{name}")
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            index.drop(connection, checkfirst=True)
        else:
            for end in ("put", "out", "new"):
                connection.execute(text(f"DROP TRIGGER {name}_{end}"))
    fill()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            index.create(connection)
            return
        connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('rebuild')"))
        for statement in word_index.sqlite_statements(table.name)[1:]:
            connection.exec_driver_sql(statement)


def make_rich(engine: Engine, company: Company, ids: list[int]) -> None:
    """These customers get contacts, a team, a history and follow-ups."""
    dice = random.Random(company.seed + 7)
    with engine.connect() as connection:
        rows = connection.execute(
            select(CUSTOMER.table.c.id, CUSTOMER.table.c.owner_id).where(CUSTOMER.table.c.id.in_(ids))
        ).all()
    owners = {row.id: row.owner_id for row in rows}

    def contacts() -> Iterator[tuple[object, ...]]:
        for record, owner in owners.items():
            for _ in range(CONTACTS):
                name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
                yield (
                    record,
                    owner,
                    1,
                    *sounds(name),
                    "{}",
                    NOW,
                    owner,
                    NOW,
                    name,
                    f"+861{dice.randrange(3 * 10**9, 10**10)}",
                )

    columns = (
        "customer", "owner_id", "version", "spelled", "initials", "terms", "custom", "created_at", "created_by", "updated_at", "name",
        "mobile",
    )  # fmt: skip
    insert_many(engine, CONTACT.table, columns, contacts())
    about = ((record, owner) for record, owner in owners.items() for _ in range(HISTORY))
    changes = json.dumps([["level", "ordinary", "key"]])
    insert_many(
        engine,
        RecordHistory,
        ("kind", "record_id", "at", "actor_id", "act", "reason", "changes"),
        (("customer", record, NOW, owner, "changed", "", changes) for record, owner in about),
    )
    insert_many(
        engine,
        RecordFollowup,
        ("kind", "record_id", "at", "actor_id", "sort", "text"),
        (
            ("customer", record, NOW, owner, "call", "电话沟通，约下周演示。")
            for record, owner in owners.items()
            for _ in range(FOLLOWUPS)
        ),
    )
    insert_many(
        engine,
        RecordTeam,
        ("kind", "record_id", "person_id", "role", "access", "since", "added_by"),
        (
            ("customer", record, person, "member", "read", NOW, owner)
            for record, owner in owners.items()
            for person in islice((one for one in company.people[300:] if one != owner), TEAM)
        ),
    )
    settle(engine, RecordHistory, RecordFollowup, CONTACT.table)
