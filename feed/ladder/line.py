"""Whom the next step about a person goes to, and when: never above who asked (W22), to the deputy of who is away (W35)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from feed.ladder.models import LadderStep, ReceiptLadder
from feed.ladder.plan import GAP, Hours, Plan, Step, plan
from feed.models import Post, Receipt, ReceiptAsk
from notifications.preferences import quiet_hours
from server.calendar.calendars import calendar_of
from server.db.base import table
from server.org.absence import standing_in
from server.org.lines import managers_of
from server.org.models import Person
from server.work.company import Company

_Manager = aliased(Person)


@dataclass(frozen=True)
class Next:
    """`told` hears of this step about the person, not before `at`."""

    step: Step
    person: int
    told: int
    at: datetime


@dataclass(frozen=True)
class Missing:
    """Who has not confirmed. `manager`: one who is here. `done`: the steps of this round about them."""

    person: int
    manager: int | None
    done: Mapping[Step, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """What decides about every step of one ladder. `deputies`: who is away today, and who stands in (None: nobody)."""

    asker: int
    above: frozenset[int]
    deputies: Mapping[int, int | None]
    plan: Plan
    hours: Hours

    def next(self, one: Missing) -> Next | None:
        """Not yet moved by hours. Who stands above the asker is nudged once, and that is all."""
        order: list[tuple[Step, int | None]] = [("nudge", one.person)]
        if one.person not in self.above:
            is_away = one.person in self.deputies
            order = [("deputy", self.deputies[one.person])] if is_away else order
            if one.manager != order[0][1]:
                order.append(("manager", one.manager))
        last = max(one.done.values(), default=None)
        for at, (step, told) in enumerate(order):
            later = {name for name, _ in order[at:]}
            if told is None or later & one.done.keys() or not self._may_hear(told, one.person):
                continue
            due = self.plan.at(step)
            return Next(step, one.person, told, due if last is None else max(due, last + GAP))
        return None

    def _may_hear(self, told: int, person: int) -> bool:
        return told == person or (told != self.asker and told not in self.above)


def climbing(conn: Connection, post_id: int) -> Any:
    """The ladder of a post that asks, or None: the post's author, urgency and version, the newest ask's due time, round and start."""
    query = (
        select(
            Post.id,
            Post.author_id,
            Post.urgent,
            Post.title,
            Post.text,
            Post.files,
            ReceiptAsk.version,
            ReceiptAsk.asked_by,
            ReceiptAsk.due_at,
            ReceiptLadder.is_on,
            ReceiptLadder.round,
            ReceiptLadder.started_at,
        )
        .join(ReceiptLadder, ReceiptLadder.post_id == Post.id)
        .join(ReceiptAsk, ReceiptAsk.post_id == Post.id)
        .where(Post.id == post_id, Post.deleted_at.is_(None))
        .order_by(ReceiptAsk.version.desc())
        .limit(1)
    )
    return conn.execute(query).first()


def line_of(conn: Connection, company: Company, row: Any) -> Line:
    """From a row of `climbing` with a due time."""
    calendar = None if row.urgent else calendar_of(conn, company)
    return Line(
        row.asked_by,
        frozenset(conn.execute(managers_of(row.asked_by)).scalars()),
        standing_in(conn, company.today()),
        plan(row.started_at, row.due_at, calendar),
        Hours(calendar, company.profile.time_zone, {} if row.urgent else quiet_hours(conn)),
    )


def missing(conn: Connection, row: Any, people: Any = None) -> list[Missing]:
    """Whose receipt is open, in the order of ids; of `people` (a subquery) where it is given. Two queries, however many they are."""
    of_it = (Receipt.post_id == row.id) & (Receipt.version == row.version) & (Receipt.state == "open")
    steps = (LadderStep.post_id == row.id) & (LadderStep.round == row.round)
    if people is not None:
        of_it, steps = of_it & Receipt.person_id.in_(people), steps & LadderStep.person_id.in_(people)
    done: dict[int, dict[Step, datetime]] = {}
    for one in conn.execute(select(LadderStep.person_id, LadderStep.step, LadderStep.at).where(steps)):
        done.setdefault(one.person_id, {})[one.step] = one.at
    rows = conn.execute(
        select(Receipt.person_id, Person.manager_id, _Manager.state)
        .join(Person, Person.id == Receipt.person_id)
        .outerjoin(_Manager, _Manager.id == Person.manager_id)
        .where(of_it)
        .order_by(Receipt.person_id)
    )
    return [
        Missing(one.person_id, one.manager_id if one.state == "active" else None, done.get(one.person_id, {}))
        for one in rows
    ]


def still_open(conn: Connection, row: Any, people: Sequence[int]) -> set[int]:
    """Those of these whose receipt is open, held until the act ends: who presses now waits for us, or was first."""
    locked = (
        select(Receipt.person_id)
        .where(
            Receipt.post_id == row.id,
            Receipt.version == row.version,
            Receipt.person_id.in_(people),
            Receipt.state == "open",
        )
        .order_by(Receipt.person_id)
        .with_for_update()
    )
    return set(conn.execute(locked).scalars())


def taken(conn: Connection, row: Any) -> list[Any]:
    """The steps of this round that still wait on who was told."""
    waits = (LadderStep.step != "nudge") & LadderStep.ended_at.is_(None)
    query = select(table(LadderStep)).where(
        LadderStep.post_id == row.id, LadderStep.round == row.round, waits
    )
    return list(conn.execute(query).all())
