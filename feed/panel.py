"""The receipts panel: the author sees all rows, a manager those of the people below, others counts only (W21)."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select, true

from feed import answers
from feed.models import Receipt, ReceiptAsk
from feed.policies import receipts_seen_by
from feed.present import ANSWER, ReceiptPanel, ReceiptRow, tally
from feed.questions import answer_of
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change
from server.kit.problems import Forbidden, NotFound
from server.org.lines import below
from server.people.present import person_puts_for
from server.permissions.actor import Actor

_COLUMNS: Final[dict[str, ColumnElement[bool]]] = {
    "confirmed": Receipt.state == "done",
    "read": (Receipt.state == "open") & Receipt.read_at.is_not(None),
    "unread": (Receipt.state == "open") & Receipt.read_at.is_(None),
}


def panel(
    conn: Connection, actor: Actor, post_id: int, column: str | None, limit: int | None, cursor: str
) -> ReceiptPanel:
    """Raises `NotFound` for who may not read the post or where nothing is asked, `Forbidden` for who may not see even the counts."""
    names = receipts_seen_by(conn, actor, post_id)
    size = page_size(limit, 100)
    after = decode_cursor(cursor, int)
    asked = asked_of(conn, post_id)
    if names is None:
        raise Forbidden("The author sees who has confirmed.", next_step="ask_author")
    if names == "none":
        return ReceiptPanel(names, tally(asked), [], None, [])
    whose = Receipt.person_id.in_(below(actor.id)) if names == "below" else true()
    shown = whose & _COLUMNS[column] if column is not None else whose
    if after is not None:
        shown = shown & (Receipt.person_id > after[0])
    rows = rows_of(conn, asked, shown, size + 1)
    items = rows[:size]
    following = encode_cursor(items[-1].person_id) if len(rows) > size else None
    named = [row.person_id for row in items] + [row.by_id for row in items if row.by_id is not None]
    also: list[Change] = list(person_puts_for(conn, actor, named))
    return ReceiptPanel(names, tally(asked), items, following, also, answers.summary(conn, asked, whose))


def rows_of(
    conn: Connection, asked: Any, which: ColumnElement[bool], limit: int | None = None
) -> list[ReceiptRow]:
    """The rows of this ask of which that is true, by person."""
    rows = conn.execute(
        select(
            Receipt.person_id,
            Receipt.state,
            Receipt.read_at,
            Receipt.done_at,
            Receipt.by_id,
            Receipt.confirmed,
            ANSWER,
        )
        .where(Receipt.post_id == asked.post_id, Receipt.version == asked.version, which)
        .order_by(Receipt.person_id)
        .limit(limit)
    )
    return [
        ReceiptRow(
            row.person_id,
            row.state,
            row.read_at,
            row.done_at,
            row.by_id,
            row.confirmed,
            answer_of(row.answer),
        )
        for row in rows
    ]


def asked_of(conn: Connection, post_id: int) -> Any:
    """The newest ask's row. Raises `NotFound`."""
    asked = conn.execute(
        select(ReceiptAsk.__table__)
        .where(ReceiptAsk.post_id == post_id)
        .order_by(ReceiptAsk.version.desc())
        .limit(1)
    ).first()
    if asked is None:
        raise NotFound("This post asks for no receipts.")
    return asked
