"""The only row → JSON of ladders."""

from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, select

from feed.ladder.models import LadderStep, ReceiptLadder
from server.events.envelope import Change

StepName = Literal["nudge", "deputy", "manager"]


class LadderTally(msgspec.Struct, frozen=True):
    """How many steps of this round were taken."""

    post_id: int
    is_on: bool
    round: int
    nudge: int
    deputy: int
    manager: int


class PlanView(msgspec.Struct, frozen=True):
    """When each step would fall due; people's own quiet hours come on top, unless it is urgent."""

    nudge: datetime
    deputy: datetime
    manager: datetime


class ComingPerson(msgspec.Struct, frozen=True):
    person_id: int
    told_id: int


class ComingView(msgspec.Struct, frozen=True):
    """What comes at a time: a step about so many, the first few by name."""

    step: StepName
    at: datetime
    count: int
    people: list[ComingPerson]


class StepRow(msgspec.Struct, frozen=True):
    """`told_id` was told of it at `at`; of a nudge that is the person."""

    id: int
    step: StepName
    person_id: int
    told_id: int
    at: datetime


class LadderPanel(msgspec.Struct):
    """`coming`: everybody's next step as of now, the soonest first; `items`: the steps that were taken, the newest first."""

    is_on: bool
    urgent: bool
    due_at: datetime | None
    counts: LadderTally
    coming: list[ComingView]
    items: list[StepRow]
    next: str | None
    also: list[Change]


def tally(conn: Connection, post_id: int) -> LadderTally:
    ladder = conn.execute(
        select(ReceiptLadder.is_on, ReceiptLadder.round).where(ReceiptLadder.post_id == post_id)
    ).first()
    if ladder is None:
        return LadderTally(post_id, False, 0, 0, 0, 0)
    rows = conn.execute(
        select(LadderStep.step, func.count())
        .where(LadderStep.post_id == post_id, LadderStep.round == ladder.round)
        .group_by(LadderStep.step)
    )
    counted = {row[0]: int(row[1]) for row in rows}
    return LadderTally(
        post_id,
        ladder.is_on,
        ladder.round,
        counted.get("nudge", 0),
        counted.get("deputy", 0),
        counted.get("manager", 0),
    )
