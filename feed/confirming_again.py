"""Having a changed post confirmed again: who had confirmed must again, what they gave is kept apart (N4)."""

from typing import Any

from sqlalchemy import insert, literal, select, update

from feed.ladder import setting
from feed.models import EarlierReceipt, Receipt, ReceiptAsk
from feed.policies import readers_of
from server.kit.problems import invalid
from server.org.models import Person
from server.work.work import Work

_NOT_GIVEN: dict[str, Any] = {"done_at": None, "by_id": None, "read_at": None, "confirmed": literal(0)}


def ask_again(work: Work, post_id: int, version: int) -> Any:
    """Who had confirmed must again, as far as they still see it; who has not yet, still must. The newest ask's row.

    Receipts before their tally, in key order: as everybody locks them who gives receipts.
    """
    asked = newest_ask(work, post_id)
    if asked is None:
        raise invalid("confirm_again", "nothing_asked", "This post asks for no receipts.")
    of_it = (Receipt.post_id == post_id) & (Receipt.version == asked.version)
    rows = work.conn.execute(
        select(Receipt.person_id, Receipt.state).where(of_it).order_by(Receipt.person_id).with_for_update()
    ).all()
    given = of_it & (Receipt.state == "done")
    work.conn.execute(
        insert(EarlierReceipt).from_select(
            ["post_id", "person_id", "confirmed", "done_at", "by_id"],
            select(
                Receipt.post_id, Receipt.person_id, Receipt.confirmed, Receipt.done_at, Receipt.by_id
            ).where(given),
        )
    )
    seeing = Receipt.person_id.in_(select(Person.id).where(readers_of(work.conn, post_id)))
    gone = work.conn.execute(
        update(Receipt).where(given, ~seeing).values(state="withdrawn", **_NOT_GIVEN)
    ).rowcount
    anew = of_it & Receipt.state.in_(("open", "done"))
    work.conn.execute(update(Receipt).where(anew).values(state="open", **_NOT_GIVEN))
    done = sum(one.state == "done" for one in rows)
    work.conn.execute(
        update(ReceiptAsk)
        .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == asked.version)
        .values(
            asked=ReceiptAsk.asked - gone,
            withdrawn=ReceiptAsk.withdrawn + gone,
            done=ReceiptAsk.done - done,
            read=0,
            counts_from=version,
        )
    )
    setting.restart(work, post_id, asked.due_at)
    return newest_ask(work, post_id)


def newest_ask(work: Work, post_id: int) -> Any:
    query = select(ReceiptAsk.__table__).where(ReceiptAsk.post_id == post_id)
    return work.conn.execute(query.order_by(ReceiptAsk.version.desc()).limit(1)).first()
