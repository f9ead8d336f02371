"""Typed bodies and queries of logs and their templates."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from feed.log.periods import Rhythm
from server.api.inputs import EntityId, Line, Prose
from server.api.paging import Page

MOST_FIELDS, MOST_RECIPIENTS = 20, 20
DueDays = Annotated[int, Meta(ge=0, le=10)]


class LogInput(msgspec.Struct, forbid_unknown_fields=True):
    """`period` is any day of it, `values` what was filled in by the fields' keys: a number as `12.5`, a choice as it is called.

    `recipients` left out: one's manager. They see it besides whom it is addressed to.
    """

    template: EntityId
    period: date
    values: dict[str, Prose] = {}
    recipients: Annotated[list[EntityId], Meta(max_length=MOST_RECIPIENTS)] | None = None


class ChangedLog(msgspec.Struct, forbid_unknown_fields=True):
    """`version` is the post's that was changed; `text` is what was written besides the fields."""

    version: EntityId
    values: dict[str, Prose]
    text: Prose = ""


class ScoreInput(msgspec.Struct, forbid_unknown_fields=True):
    score: Annotated[int, Meta(ge=1, le=5)]


class FieldInput(msgspec.Struct, forbid_unknown_fields=True):
    """`key` left out: a new field. `choices` of a choice, `unit` behind a number, `hint` while it is empty."""

    title: Line
    type: Literal["text", "number", "choice"]
    key: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    required: bool = False
    choices: Annotated[list[Line], Meta(max_length=20)] = []
    unit: Line = ""
    hint: Line = ""


Fields = Annotated[list[FieldInput], Meta(max_length=MOST_FIELDS)]


class NewTemplate(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    rhythm: Rhythm
    due_days: DueDays
    fields: Fields


class ChangedTemplate(msgspec.Struct, forbid_unknown_fields=True):
    """All of it; `version` is the one that was changed. `is_active` false: no longer offered."""

    version: EntityId
    name: Line
    due_days: DueDays
    fields: Fields
    is_active: bool


class HandInPage(Page, forbid_unknown_fields=True):
    """`state` left out: all of them."""

    state: Literal["on_time", "late", "missing", "open", "off"] | None = None
