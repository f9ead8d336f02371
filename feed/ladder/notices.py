"""How people want to hear of the ladder: neither can be switched off, both can be made quiet."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.events import ReminderView
from feed.ladder.policies import MAY_BE_TOLD
from feed.models import Post, Receipt, ReceiptAsk
from feed.policies import MAY_CONFIRM
from notifications.declared import NoticeKind, Telling, nothing_to_tell
from server.background.reactions import Fact
from server.cards.cards import Ref

_NOTHING: frozenset[str] = frozenset()
NUDGE = NoticeKind("receipt_nudge", MAY_CONFIRM, _NOTHING, nothing_to_tell, obligation=True)
MISSING = NoticeKind("receipt_missing", MAY_BE_TOLD, _NOTHING, nothing_to_tell, obligation=True)


def _reminded(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """«Remind pending»: whose receipt is open (RCPT-12)."""
    tellings = []
    for view in fact.of("receipt_reminder", ReminderView):
        urgent = conn.execute(
            select(Post.urgent).where(Post.id == view.post_id, Post.deleted_at.is_(None))
        ).scalar()
        if urgent is None:
            continue
        key = f"remind/{view.post_id}/{fact.seq}"
        people = sorted(_owing(conn, view.post_id))
        tellings.append(Telling(people, Ref("post", view.post_id), view.by, key, urgent=urgent))
    return tellings


def _still(conn: Connection, telling: Telling, people: Sequence[int]) -> set[int]:
    return _owing(conn, telling.about.id) & set(people)


def _owing(conn: Connection, post_id: int) -> set[int]:
    newest = select(ReceiptAsk.version).where(ReceiptAsk.post_id == post_id)
    version = newest.order_by(ReceiptAsk.version.desc()).limit(1).scalar_subquery()
    query = select(Receipt.person_id).where(
        Receipt.post_id == post_id, Receipt.version == version, Receipt.state == "open"
    )
    return set(conn.execute(query).scalars())


# Held back to the end of each one's quiet hours, unless the post is urgent (W46).
REMINDED = NoticeKind(
    "receipt_reminded",
    MAY_CONFIRM,
    frozenset({"receipt.reminded"}),
    _reminded,
    obligation=True,
    waits=True,
    still=_still,
)
