"""Logs on the wire: templates, what was filled in, scores, who has handed in."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from feed.log.periods import Rhythm
from server.events.envelope import Change, Drop, Put

FieldType = Literal["text", "number", "choice"]
HandInState = Literal["on_time", "late", "missing", "open", "off"]


class TemplateField(msgspec.Struct, frozen=True):
    """`key` is its own for ever, whatever it is called and wherever it stands."""

    key: int
    title: str
    type: FieldType
    required: bool
    choices: list[str]
    unit: str
    hint: str


class LogTemplateView(msgspec.Struct, frozen=True):
    """`due_days`: in time until the end of so many working days after the period."""

    id: int
    rhythm: Rhythm
    name: str
    due_days: int
    fields: list[TemplateField]
    is_active: bool
    version: int


class FilledField(msgspec.Struct, frozen=True):
    """A field as it was asked for at that time, and what was filled in («» for nothing)."""

    key: int
    title: str
    type: FieldType
    required: bool
    choices: list[str]
    unit: str
    value: str


class LogView(msgspec.Struct, frozen=True, tag_field="kind", tag="log"):
    """What all its readers see. `period` to `until` are its days, `remark` what was written besides the fields."""

    template_id: int
    template: str
    rhythm: Rhythm
    period: date
    until: date
    recipients: list[int]
    fields: list[FilledField]
    remark: str


class ScoreView(msgspec.Struct, frozen=True):
    person_id: int
    score: int
    at: datetime


class LogScores(msgspec.Struct, frozen=True):
    """To the writer and to whom it was handed in, nobody else; its id on the wire is the post's."""

    post_id: int
    scores: list[ScoreView]


class MyLog(msgspec.Struct, frozen=True):
    template_id: int
    period: date
    post_id: int


class LogTemplates(msgspec.Struct):
    """`mine`: what I handed in for periods that can still be written about; `today` is the company's day."""

    items: list[LogTemplateView]
    mine: list[MyLog]
    today: date
    next: str | None = None


class HandInRow(msgspec.Struct, frozen=True):
    """`post_id` only where the reader may read it; `reminded_at`: when this person was last called for it."""

    person_id: int
    state: HandInState
    at: datetime | None
    post_id: int | None
    reminded_at: datetime | None


class HandInCounts(msgspec.Struct, frozen=True):
    """`open`: not handed in and still in time; `off`: not asked, because none of its days was a working day of theirs."""

    on_time: int
    late: int
    missing: int
    open: int
    off: int


class HandInPanel(msgspec.Struct):
    """Of the people below the reader. `due`: the last day in time; `remind_at`: when a reminder reaches somebody, null: now or nobody."""

    template_id: int
    period: date
    until: date
    due: date
    counts: HandInCounts
    items: list[HandInRow]
    remind_at: datetime | None
    next: str | None
    also: list[Change]


_fields = msgspec.json.Decoder(list[TemplateField])


def fields_of(text: str) -> list[TemplateField]:
    return _fields.decode(text)


def template(row: Any) -> LogTemplateView:
    """From a row of all its columns."""
    return LogTemplateView(
        row.id, row.rhythm, row.name, row.due_days, fields_of(row.fields), row.is_active, row.version
    )


def scores_put(view: LogScores) -> Put:
    return Put("log_scores", view.post_id, view)


def scores_drop(post_id: int) -> Drop:
    return Drop("log_scores", post_id)
