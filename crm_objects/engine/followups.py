"""What was done with or for a customer: by the owner and the writing team; it moves the record's clock (W7, M49)."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import insert, select, update

from crm_objects.engine import events, history
from crm_objects.engine.changing import must_write
from crm_objects.engine.models import RecordFollowup
from crm_objects.engine.reading import Desk, must_find
from server.api.route import Items
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.problems import NotFound, invalid
from server.kit.text import clean
from server.people.present import person_puts_for
from server.work.work import Work

_FOLLOWUPS = table(RecordFollowup)
LEAST, MOST = 2, 5_000
Sort = Literal["visit", "call", "online", "training", "installation", "other"]


class FollowupView(msgspec.Struct, frozen=True):
    """`by`: who pressed, when for another."""

    id: int
    at: datetime
    actor: int
    by: int | None
    sort: Sort
    text: str


def add(work: Work, desk: Desk, record_id: int, sort: Sort, text: str) -> FollowupView:
    """An empty note is none (M49). The clock moves for the owner and the writing team alone. Raises `NotFound`, `Forbidden`,
    `WrongState`, `Invalid` on `text`."""
    one = must_find(desk, record_id, lock=True)
    must_write(one)
    said = clean(text, "text", limit=MOST)
    if len(said) < LEAST:
        raise invalid("text", "too_short", f"At least {LEAST} characters.", minimum=LEAST)
    made = work.conn.execute(
        insert(_FOLLOWUPS)
        .values(
            kind=desk.kind.kind,
            record_id=record_id,
            at=work.now,
            actor_id=desk.actor.id,
            by_id=desk.actor.by or None,
            sort=sort,
            text=said,
        )
        .returning(_FOLLOWUPS.c.id)
    ).scalar_one()
    version = one.row.version + 1
    t = desk.kind.table
    clock = {"last_followed_at": work.now} if one.rights.hands else {}
    work.conn.execute(
        update(t).where(t.c.id == record_id).values(version=version, updated_at=work.now, **clock)
    )
    history.write(work, desk.actor, desk.kind, record_id, "followed_up")
    events.tell(work, desk.kind, record_id, version, desk.actor.id)
    return view(desk, record_id, made)


def view(desk: Desk, record_id: int, followup_id: int) -> FollowupView:
    """Raises `NotFound`."""
    must_find(desk, record_id)
    row = desk.conn.execute(
        select(_FOLLOWUPS).where(
            _FOLLOWUPS.c.id == followup_id,
            _FOLLOWUPS.c.kind == desk.kind.kind,
            _FOLLOWUPS.c.record_id == record_id,
        )
    ).first()
    if row is None:
        raise NotFound()
    return _view(row)


def page(desk: Desk, record_id: int, limit: int | None, cursor: str) -> Items[FollowupView]:
    """Newest first, for everyone who reads the record. Raises `NotFound`."""
    must_find(desk, record_id)
    size = page_size(limit)
    before = decode_cursor(cursor, int)
    query = select(_FOLLOWUPS).where(_FOLLOWUPS.c.kind == desk.kind.kind, _FOLLOWUPS.c.record_id == record_id)
    if before:
        query = query.where(_FOLLOWUPS.c.id < before[0])
    rows = desk.conn.execute(query.order_by(_FOLLOWUPS.c.id.desc()).limit(size + 1)).all()
    shown = [_view(row) for row in rows[:size]]
    named = {one for view in shown for one in (view.actor, view.by) if one is not None}
    following = encode_cursor(shown[-1].id) if len(rows) > size else None
    return Items(shown, following, list(person_puts_for(desk.conn, desk.actor, sorted(named))))


def _view(row: Any) -> FollowupView:
    return FollowupView(row.id, row.at, row.actor_id, row.by_id, row.sort, row.text)
