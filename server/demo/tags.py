"""The demo company has added a field to its customers: tags, several of a list that its administrators keep."""

import json
import random

from sqlalchemy import insert, select, update

from crm_objects.engine import custom_values
from crm_objects.engine.models import RecordField
from crm_objects.engine.shape import custom_field
from crm_objects.templates.base import CUSTOMER
from server.db.base import table
from server.work.company import Company
from server.work.work import Work

SEED = 2_028
TAGS = [
    ("老客户推荐", "Referred by a customer"), ("账期较长", "Long terms of payment"), ("需要到场", "Wants visits"), ("集团采购", "Group purchasing"),
    ("竞品在用", "Uses a competitor"), ("年度框架", "Yearly agreement"),
]  # fmt: skip


def put_tags(company: Company) -> None:
    company.write_now(_write)


def _write(work: Work) -> None:
    dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
    codes = [f"o{at}" for at in range(1, len(TAGS) + 1)]
    choices = [
        {"code": code, "words": {"zh-Hans": zh, "en": en}} for code, (zh, en) in zip(codes, TAGS, strict=True)
    ]
    field = {
        "kind": "customer",
        "type": "choices",
        "cls": "basic",
        "words": json.dumps({"zh-Hans": "标签", "en": "Tags"}, ensure_ascii=False),
        "choices": json.dumps(choices, ensure_ascii=False),
        "last_choice": len(codes),
        "is_required": False,
        "position": 1,
        "version": 1,
        "created_at": work.now,
    }
    added = table(RecordField)
    row = work.conn.execute(insert(added).values(**field).returning(added)).one()
    tags = custom_field(row)
    t = CUSTOMER.table
    for record in work.conn.execute(select(t.c.id).where(t.c.id % 5 < 2).order_by(t.c.id)).scalars().all():
        stored = tags.parse(dice.sample(codes, dice.choice((1, 1, 2, 3))))
        custom_values.write(work.conn, record, {tags: stored})
        kept = json.dumps({tags.name: stored})
        work.conn.execute(update(t).where(t.c.id == record).values(custom=kept))
