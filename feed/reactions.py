"""What the feed does when somebody leaves or comes back: their open receipts no longer wait, or wait again (RCPT-15)."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, update

from feed.events import receipt_returned
from feed.ladder import climbing
from feed.models import Receipt, ReceiptAsk
from feed.present import RECEIPT_COLUMNS, receipt
from feed.receipts import count
from server.events.envelope import Event
from server.people.leaving import whom
from server.work.work import Work


def take_away(work: Work, event: Event) -> None:
    """The receipts that the leaver still owed are «left»: counted apart, no longer pending, and their authors see it at once."""
    rows = _locked(work, whom(event), "open")
    _move(work, rows, whom(event), "left", -1)


def give_back(work: Work, event: Event) -> None:
    """What was asked of them is asked again: they are here, and the author's question stands."""
    rows = _locked(work, whom(event), "left")
    _move(work, rows, whom(event), "open", 1)
    for row in rows:
        view = msgspec.structs.replace(receipt(row), state="open")
        work.record(receipt_returned(whom(event), view))
        climbing.wake(work, row.post_id)


def count_open(conn: Connection, person_id: int) -> int:
    return conn.execute(
        select(func.count()).where(Receipt.person_id == person_id, Receipt.state == "open")
    ).scalar_one()


def _locked(work: Work, person_id: int, state: str) -> Sequence[Any]:
    """Receipts before their tallies, in key order: as everybody who gives receipts locks them."""
    return work.conn.execute(
        select(*RECEIPT_COLUMNS)
        .join(ReceiptAsk, (ReceiptAsk.post_id == Receipt.post_id) & (ReceiptAsk.version == Receipt.version))
        .where(Receipt.person_id == person_id, Receipt.state == state)
        .order_by(Receipt.post_id, Receipt.version)
        .with_for_update(of=Receipt)
    ).all()


def _move(work: Work, rows: Sequence[Any], person_id: int, state: str, step: int) -> None:
    if not rows:
        return
    before = rows[0].state
    work.conn.execute(
        update(Receipt).where(Receipt.person_id == person_id, Receipt.state == before).values(state=state)
    )
    for row in rows:
        work.conn.execute(
            update(ReceiptAsk)
            .where(ReceiptAsk.post_id == row.post_id, ReceiptAsk.version == row.version)
            .values(
                asked=ReceiptAsk.asked + step,
                left=ReceiptAsk.left - step,
                read=ReceiptAsk.read + (step if row.read_at is not None else 0),
            )
        )
        count(work, row.post_id, row.version)
