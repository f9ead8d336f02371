"""What following the demo company's customers has cost: an expense or two with every third of them (CUST-11)."""

import json
import random
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from crm_objects.engine.creating import sounds
from crm_objects.engine.models import RecordHistory
from crm_objects.templates.base import CUSTOMER, EXPENSE
from server.db.base import table
from server.db.ids import Ids
from server.work.company import Company
from server.work.work import Work

SEED = 2_027
ZH = [
    ("高铁往返及住宿", "travel", 1_260), ("市内打车拜访", "travel", 86), ("项目沟通午餐", "meal", 438), ("中秋伴手礼", "gift", 320),
    ("寄送样品两箱", "sample", 175), ("行业展会门票", "event", 600), ("现场培训资料打印", "other", 94),
]  # fmt: skip
EN = [
    ("Train and one night", "travel", 1_420), ("Taxi to the customer", "travel", 92), ("Lunch with purchasing", "meal", 510),
    ("Samples by courier", "sample", 230), ("Tickets to the trade fair", "event", 780), ("Training handouts printed", "other", 105),
]  # fmt: skip


def put_expenses(company: Company) -> None:
    company.write_now(_write)


def _write(work: Work) -> None:
    dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
    c = CUSTOMER.table.c
    known = select(c.id, c.owner_id, c.department_id, c.created_at, c.address)
    rows: list[dict[str, Any]] = []
    for customer in work.conn.execute(known.where(c.id % 3 == 0, c.owner_id.is_not(None)).order_by(c.id)):
        said = ZH if customer.address.startswith("中国") else EN
        for purpose, category, about in dice.sample(said, dice.choice((1, 1, 2))):
            at = customer.created_at + timedelta(days=dice.randrange(1, 20))
            spent = about * 10_000 + dice.randrange(100) * 100
            rows.append(
                {
                    "owner_id": customer.owner_id,
                    "department_id": customer.department_id,
                    "created_at": at,
                    "created_by": customer.owner_id,
                    "updated_at": at,
                    "version": 1,
                    "purpose": purpose,
                    **sounds(purpose),
                    "customer": customer.id,
                    "category": category,
                    "amount": spent,
                    "spent_on": at.date(),
                }
            )
    for row, number in zip(rows, Ids(EXPENSE.table).take(work.conn, len(rows)), strict=True):
        row["id"] = number
    work.conn.execute(insert(EXPENSE.table), rows)
    made = [
        {
            "kind": EXPENSE.kind,
            "record_id": row["id"],
            "at": row["created_at"],
            "actor_id": row["owner_id"],
            "act": "created",
            "reason": "",
            "changes": json.dumps([("purpose", None, row["purpose"])], ensure_ascii=False),
        }
        for row in rows
    ]
    work.conn.execute(insert(table(RecordHistory)), made)
