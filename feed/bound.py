"""Receipts bound to a department or to everyone (N6): who joins later is asked too, who leaves before confirming is released.

Worked out from the rows as they are now, not from what changed: however somebody came to sit where they sit, the outcome is the same.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from feed import audience, events
from feed.ladder import climbing
from feed.models import Post, Receipt, ReceiptAsk
from feed.policies import MAY_CONFIRM, readers_of
from feed.present import Named, my_receipts
from feed.receipts import count
from server.background.reactions import Effect, Fact, Reaction
from server.db.base import table
from server.events.envelope import Drop
from server.org.models import Person
from server.work.company import Company
from server.work.work import Work

MOVES = frozenset({"person.changed", "person.returned", "department.changed", "directory.changed"})


def prepare(conn: Connection, company: Company, facts: Sequence[Fact]) -> Effect | None:
    """Somebody may sit elsewhere: does any receipt depend on it?"""
    return reconcile if _posts(conn) else None


def reconcile(work: Work) -> None:
    """Each bound post in the order of ids, locked before its receipts as everywhere."""
    for post_id in _posts(work.conn):
        post = work.conn.execute(select(Post.deleted_at).where(Post.id == post_id).with_for_update()).one()
        if post.deleted_at is None:
            _one(work, post_id)


def _posts(conn: Connection) -> list[int]:
    query = select(ReceiptAsk.post_id).where(ReceiptAsk.bound).distinct().order_by(ReceiptAsk.post_id)
    return list(conn.execute(query).scalars())


def _one(work: Work, post_id: int) -> None:
    asked = work.conn.execute(
        select(table(ReceiptAsk))
        .where(ReceiptAsk.post_id == post_id)
        .order_by(ReceiptAsk.version.desc())
        .limit(1)
    ).one()
    named = msgspec.json.decode(asked.named, type=Named)
    # Whom the post is no longer addressed to cannot be asked.
    reached = audience.people_in(named.everyone, named.departments, named.people) & readers_of(
        work.conn, post_id
    )
    should = set(work.conn.execute(select(Person.id).where(reached, Person.id != asked.asked_by)).scalars())
    of_it = (Receipt.post_id == post_id) & (Receipt.version == asked.version)
    rows = work.conn.execute(
        select(Receipt.person_id, Receipt.state, Receipt.read_at)
        .where(of_it)
        .order_by(Receipt.person_id)
        .with_for_update()
    ).all()
    is_open = asked.due_at is None or asked.due_at > work.now
    joined = sorted(should - {row.person_id for row in rows}) if is_open else []
    gone = [row for row in rows if row.state == "open" and row.person_id not in should]
    if joined or gone:
        _move(work, asked, joined, gone)


def _move(work: Work, asked: Any, joined: Sequence[int], gone: Sequence[Any]) -> None:
    post_id, version = asked.post_id, asked.version
    if joined:
        climbing.wake(work, post_id)
        rows = [{"post_id": post_id, "version": version, "person_id": one, "state": "open"} for one in joined]
        work.conn.execute(insert(table(Receipt)), rows)
    released = [row.person_id for row in gone]
    work.conn.execute(
        delete(Receipt).where(
            Receipt.post_id == post_id, Receipt.version == version, Receipt.person_id.in_(released)
        )
    )
    work.conn.execute(
        update(ReceiptAsk)
        .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == version)
        .values(
            asked=ReceiptAsk.asked + len(joined) - len(gone),
            read=ReceiptAsk.read - sum(row.read_at is not None for row in gone),
        )
    )
    for person_id in joined:
        for mine in my_receipts(work.conn, person_id, [post_id]):
            work.record(events.receipt_told(person_id, mine))
    for person_id in released:
        work.record(events.receipt_told(person_id, Drop("receipt", post_id)))
    count(work, post_id, version)


BOUND = Reaction("bound receipts", MAY_CONFIRM, MOVES, prepare)
