"""Typed bodies and queries of schedule items."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from feed.schedule.repeating import Repeat
from server.api.inputs import EntityId, Line

MOST_GUESTS, MOST_REMINDERS, EARLIEST_REMINDER = 100, 5, 7 * 24 * 60


class TimesInput(msgspec.Struct, forbid_unknown_fields=True):
    """From moment to moment, or whole days (the company's), both included. `reminders`: minutes before; of whole days before 9:00."""

    begins_at: datetime | None = None
    ends_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: Line = ""
    reminders: Annotated[
        list[Annotated[int, Meta(ge=0, le=EARLIEST_REMINDER)]], Meta(max_length=MOST_REMINDERS)
    ] = []
    repeat: Repeat | None = None


class ScheduleInput(TimesInput, forbid_unknown_fields=True):
    """`people` are invited, and are among those who see it."""

    people: Annotated[list[EntityId], Meta(max_length=MOST_GUESTS)] = []


class InvitationAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """`sequence` is the one of the item that was before the eyes of who answers."""

    answer: Literal["accepted", "tentative", "declined"]
    sequence: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    word: Line = ""


class ScheduleRange(msgspec.Struct, forbid_unknown_fields=True):
    """Days of the company, both included; left out: the seven from today, or from `since`, on."""

    since: date | None = None
    until: date | None = None
