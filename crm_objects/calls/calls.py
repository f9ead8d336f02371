"""A number that was dialled by one tap, logged without asking. Whether somebody answered is asked afterwards, and is a follow-up (W7)."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from crm_objects.engine import followups, history
from crm_objects.engine.belongings import RecordCall
from crm_objects.engine.changing import must_not_be_voided
from crm_objects.engine.models import RecordHistory
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.engine.revealing import SHOWN_FOR
from server.db.base import table
from server.kit.problems import Forbidden, NotFound, WrongState, invalid
from server.work.work import Work

_CALLS = table(RecordCall)
# That somebody answered counts by itself (W7): whatever else the company wants said, a word suffices.
SAYING = 2


class CallView(msgspec.Struct, frozen=True):
    """`connected` is null until its caller said so."""

    id: int
    at: datetime
    actor: int
    field: str
    connected: bool | None


def dialled(work: Work, desk: Desk, record_id: int, name: str) -> CallView:
    """By who sees the number in clear, or had it revealed a moment ago. Raises `NotFound`, `Forbidden`, `WrongState`, `Invalid` on
    `field`."""
    one = must_find(desk, record_id, lock=True)
    must_not_be_voided(one)
    field = desk.shape.fields.get(name)
    seen = one.rights.sees(field.cls) if field is not None else "hidden"
    if field is None or field.type != "phone" or seen == "hidden" or one.stored[name] is None:
        raise invalid("field", "choice", "There is no number to dial in this field.")
    if seen != "clear" and not _just_revealed(work, desk, one, name):
        raise Forbidden("This number is masked for you.", next_step="reveal")
    made = work.conn.execute(
        insert(_CALLS)
        .values(kind=desk.kind.kind, record_id=record_id, at=work.now, actor_id=desk.actor.id, field=name)
        .returning(_CALLS.c.id)
    ).scalar_one()
    history.write(work, desk.actor, desk.kind, record_id, "called", [(name, None, None)])
    return view(desk, record_id, made)


def _just_revealed(work: Work, desk: Desk, one: Found, name: str) -> bool:
    """Twice as long as it is shown: who dials looks at it until the end."""
    h = table(RecordHistory).c
    mine = select(h.changes).where(
        h.kind == desk.kind.kind,
        h.record_id == one.id,
        h.act == "revealed",
        h.actor_id == desk.actor.id,
        h.at > work.now - 2 * SHOWN_FOR,
    )
    return any(msgspec.json.decode(changes)[0][0] == name for changes in work.conn.execute(mine).scalars())


def view(desk: Desk, record_id: int, call_id: int) -> CallView:
    """Raises `NotFound`, for others' too."""
    return _view(_mine(desk, record_id, call_id))


def _mine(desk: Desk, record_id: int, call_id: int) -> Any:
    must_find(desk, record_id)
    c = _CALLS.c
    here = (c.id == call_id, c.kind == desk.kind.kind, c.record_id == record_id, c.actor_id == desk.actor.id)
    row = desk.conn.execute(select(_CALLS).where(*here)).first()
    if row is None:
        raise NotFound()
    return row


def settle(work: Work, desk: Desk, record_id: int, call_id: int, connected: bool, text: str) -> CallView:
    """Said once. One that was answered is a follow-up with this text, and moves the clock, where the caller may write; the same again
    changes nothing. Raises `NotFound`, `WrongState` when the other was said, `Invalid` on `text`."""
    row = _mine(desk, record_id, call_id)
    c = _CALLS.c
    said = update(_CALLS).where(c.id == row.id, c.connected.is_(None)).values(connected=connected)
    if not work.conn.execute(said).rowcount:
        now = _mine(desk, record_id, call_id)
        if now.connected != connected:
            raise WrongState("You said how it went already.", reason="call_settled")
        return _view(now)
    one = must_find(desk, record_id)
    if connected and one.rights.may_write and one.row.voided_at is None:
        followups.add(work, desk, record_id, "call", text, least=SAYING)
    return view(desk, record_id, call_id)


def _view(row: Any) -> CallView:
    return CallView(row.id, row.at, row.actor_id, row.field, row.connected)
