"""Instructions on the wire."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from server.events.envelope import Change

AnswerState = Literal["open", "received", "done", "withdrawn", "left"]


class InstructionView(msgspec.Struct, frozen=True, tag_field="kind", tag="instruction"):
    """What all its readers see: who is where they do not."""

    due_at: datetime | None


class InstructionReply(msgspec.Struct, frozen=True):
    """The reader's own answer; its id on the wire is the post's."""

    post_id: int
    state: AnswerState
    received_at: datetime | None
    done_at: datetime | None


class InstructionTally(msgspec.Struct, frozen=True):
    """`asked` = not yet received + received + done; `received` are those who have not done it yet."""

    post_id: int
    asked: int
    received: int
    done: int


class InstructionRow(msgspec.Struct, frozen=True):
    person_id: int
    state: AnswerState
    received_at: datetime | None
    done_at: datetime | None


class InstructionPanel(msgspec.Struct):
    """`names`: all (who asked), below (a manager's people), none (counts only)."""

    names: Literal["all", "below", "none"]
    counts: InstructionTally
    items: list[InstructionRow]
    next: str | None
    also: list[Change]


def answer(row: Any) -> InstructionReply:
    return InstructionReply(row.post_id, row.state, row.received_at, row.done_at)


def tally(row: Any) -> InstructionTally:
    return InstructionTally(row.post_id, row.asked, row.received, row.done)
