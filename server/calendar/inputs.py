"""Typed bodies and queries of the calendar."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import Line

Year = Annotated[int, Meta(ge=2000, le=2100)]
Weekday = Annotated[int, Meta(ge=1, le=7)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)")]


class YearQuery(msgspec.Struct, forbid_unknown_fields=True):
    year: Year | None = None


class DayChange(msgspec.Struct, forbid_unknown_fields=True):
    """`until` makes it a range; a holiday needs a name."""

    kind: Literal["holiday", "workday"]
    name: Line = ""
    until: date | None = None


class WeekChange(msgspec.Struct, forbid_unknown_fields=True):
    days: Annotated[list[Weekday], Meta(max_length=7)]
    begins: Clock
    ends: Clock
    version: Annotated[int, Meta(ge=0, le=2**31 - 2)]
