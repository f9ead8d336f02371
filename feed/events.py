"""Facts of the feed, named in the past: who hears them and what changes."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from feed.present import AskView, PostView, ReceiptView, TallyView, receipt_put, tally_put
from server.events.envelope import Change, Drop, Event, Put, person_stream


class ReminderView(msgspec.Struct, frozen=True):
    """That those pending were reminded, and by whom."""

    post_id: int
    version: int
    at: datetime
    by: int


def watch_stream(post_id: int) -> str:
    """Heard only while somebody who may see the counts has the panel open."""
    return f"receipts:{post_id}"


def post_published(view: PostView, subjects: Sequence[str], ask: AskView | None) -> Event:
    """One event for all readers, whoever and however many they are."""
    changes = [Put("post", view.id, view)]
    if ask is not None:
        changes.append(Put("receipt_ask", view.id, ask))
    streams = [subject for subject in subjects if not subject.startswith("author:")]
    return Event("post.published", [*streams, person_stream(view.author_id)], changes, actor=view.author_id)


def post_changed(view: PostView, streams: Sequence[str], ask: AskView | None) -> Event:
    """With the ask when those who had confirmed are asked again."""
    changes = [Put("post", view.id, view)]
    if ask is not None:
        changes.append(Put("receipt_ask", view.id, ask))
    return Event("post.changed", streams, changes, actor=view.author_id)


def post_details_changed(actor: int | None, view: PostView, streams: Sequence[str]) -> Event:
    """What its kind shows of it has changed, not what it says."""
    return Event("post.details_changed", streams, [Put("post", view.id, view)], actor=actor)


def receipt_told(person_id: int, change: Change) -> Event:
    """To somebody for whom an ask that was sent to all says too much or too little: theirs as it is."""
    return Event("receipt.told", [person_stream(person_id)], [change])


def post_deleted(actor: int, post_id: int, streams: Sequence[str]) -> Event:
    """Gone for every reader, with what was asked of them on it."""
    kinds = ("post", "receipt", "receipt_ask", "tally/receipts")
    return Event("post.deleted", streams, [Drop(kind, post_id) for kind in kinds], actor=actor)


def post_taken_away(
    actor: int, post_id: int, streams: Sequence[str], closed: Sequence[str], people: Sequence[int]
) -> Event:
    """It is no longer addressed to these people: gone from their screens, and nothing more is heard of it."""
    closes = dict.fromkeys(closed, people)
    return Event("post.taken_away", streams, [Drop("post", post_id)], actor=actor, closes=closes)


def receipts_released(actor: int, post_id: int, people: Sequence[int]) -> Event:
    """They no longer see what they had to confirm."""
    streams = [person_stream(one) for one in people]
    changes = [Drop(kind, post_id) for kind in ("receipt", "receipt_ask", "tally/receipts")]
    return Event("receipts.released", streams, changes, actor=actor)


def post_marked(person_id: int, change: Change) -> Event:
    """To one's own devices."""
    return Event("post.marked", [person_stream(person_id)], [change], actor=person_id)


def receipt_given(person_id: int, view: ReceiptView) -> Event:
    """To the devices of who gave it; the author sees only the tally move."""
    return Event("receipt.given", [person_stream(person_id)], [receipt_put(view)], actor=person_id)


def receipt_returned(person_id: int, view: ReceiptView) -> Event:
    """To somebody who has come back and is asked again."""
    return Event("receipt.returned", [person_stream(person_id)], [receipt_put(view)])


def receipt_withdrawn(actor: int, person_id: int, view: ReceiptView) -> Event:
    return Event(
        "receipt.withdrawn",
        [person_stream(person_id)],
        [receipt_put(view)],
        actor=actor,
        closes={watch_stream(view.post_id): [person_id]},
    )


def receipt_reminded(actor: int, view: ReminderView) -> Event:
    """To the author's devices; who is missing gets a notice because of it."""
    streams = [person_stream(actor)]
    return Event("receipt.reminded", streams, [Put("receipt_reminder", view.post_id, view)], actor=actor)


def receipts_counted(author_id: int, view: TallyView) -> Event:
    """To the author and who watches; hubs push the newest at most four times a second."""
    return Event(
        "receipts.counted",
        [person_stream(author_id), watch_stream(view.post_id)],
        [tally_put(view)],
        merge=f"tally/receipts/{view.post_id}",
    )
