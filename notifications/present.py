"""The only row → JSON of notices and reminders."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from server.cards.cards import CardView, Ref
from server.events.envelope import Put


class NoticeView(msgspec.Struct, frozen=True):
    """Something that concerns the reader. `title` is the thing's own, as the reader may see it now; empty when no longer.

    `alert`: to be said aloud when it arrives.
    """

    id: int
    kind: str
    at: datetime
    actor_id: int | None
    about: Ref
    within: Ref | None
    number: int | None
    title: str
    alert: bool
    urgent: bool = False


class InboxView(msgspec.Struct, frozen=True):
    """Notices up to `read_id` have been read."""

    read_id: int


class TimedReminder(msgspec.Struct, frozen=True):
    """A reminder as who made it, or is reminded by it, sees it. `urgent`, once it has fired: what it is about is marked so."""

    id: int
    about: Ref
    at: datetime
    note: str
    made_by: int
    people: list[int]
    state: Literal["waiting", "fired", "cancelled"]
    urgent: bool = False


def notice(row: Any, card: CardView | None, alert: bool) -> NoticeView:
    """From a row of `notice`; without a card nothing of the thing is shown."""
    return NoticeView(
        row.id,
        row.kind,
        row.created_at,
        row.actor_id,
        Ref(row.about_kind, row.about_id),
        Ref(row.within_kind, row.within_id) if row.within_kind else None,
        row.number,
        card.title if card is not None else "",
        alert,
        row.urgent,
    )


def notice_put(view: NoticeView) -> Put:
    return Put("notice", view.id, view)


def inbox_put(person_id: int, read_id: int) -> Put:
    return Put("inbox", person_id, InboxView(read_id))


def reminder(row: Any, people: list[int]) -> TimedReminder:
    return TimedReminder(
        row.id, Ref(row.about_kind, row.about_id), row.at, row.note, row.made_by, people, row.state
    )
