"""Letting somebody read one record for some time (CHAT-08, CHAT-09): listed on its page, taken back there, over by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from crm_objects.access.events import access_changed
from crm_objects.access.lasting import lasts
from crm_objects.access.models import RecordShare
from crm_objects.access.present import Shared, ShareView
from crm_objects.access.readers import Readers
from crm_objects.engine import events, history
from crm_objects.engine.changing import must_not_be_voided
from crm_objects.engine.reading import Desk, must_find
from crm_objects.engine.record_type import RecordType, kinds_of
from server.api.route import Items
from server.db.base import table
from server.db.keyset import micros_of, moment_of
from server.kit.problems import Forbidden, NotFound, invalid
from server.org.models import Person
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work

_SHARES = table(RecordShare)
JOB = "end_share"
MOST = 500


def share(work: Work, desk: Desk, record_id: int, whom: ColumnElement[bool], days: int) -> Shared:
    """Those of these people who may not read it may, for so many days; a longer share stays. Raises `NotFound`, `Forbidden`, `WrongState`,
    `Invalid` on `people`."""
    one = must_find(desk, record_id, lock=True)
    if not one.rights.may_write:
        raise Forbidden("Its owner and who may change it let others read it.", next_step="ask_owner")
    must_not_be_voided(one)
    readers = Readers(desk.conn, desk.kinds, desk.kind, record_id)
    there = whom & (Person.state != "left") & (Person.kind != "bot")
    blind = select(Person.id).where(there, ~readers.reading(shared=False)).order_by(Person.id).limit(MOST + 1)
    people = list(work.conn.execute(blind).scalars())
    if len(people) > MOST:
        raise invalid("people", "too_many", f"At most {MOST} people at once.", limit=MOST)
    until = work.now + timedelta(days=days)
    return Shared(len(give(work, desk, record_id, people, until)), until)


def give(work: Work, desk: Desk, record_id: int, people: Sequence[int], until: datetime) -> list[int]:
    """Under the record's lock. Answers who may read it longer than before."""
    ends = micros_of(until)
    mine = (_SHARES.c.kind == desk.kind.kind) & (_SHARES.c.record_id == record_id)
    known = work.conn.execute(
        select(_SHARES.c.person_id, _SHARES.c.ends).where(mine, _SHARES.c.person_id.in_(people))
    )
    before: dict[int, int] = {row.person_id: row.ends for row in known}
    wanted = [one for one in dict.fromkeys(people) if before.get(one, 0) < ends]
    if not wanted:
        return []
    renewed = [one for one in wanted if one in before]
    fresh = [one for one in wanted if one not in before]
    given = {"ends": ends, "granted_by": desk.actor.id, "granted_at": work.now}
    if renewed:
        work.conn.execute(update(_SHARES).where(mine, _SHARES.c.person_id.in_(renewed)).values(**given))
    if fresh:
        row = {"kind": desk.kind.kind, "record_id": record_id, **given}
        work.conn.execute(insert(_SHARES), [{**row, "person_id": one} for one in fresh])
    key = f"{JOB}/{desk.kind.kind}/{record_id}/{ends}"
    work.enqueue(JOB, {"kind": desk.kind.kind, "id": record_id}, key=key, at=until)
    changes = [("share", None, _said(one, ends)) for one in wanted]
    _told(work, desk.actor, desk.kind, record_id, "shared", changes)
    access_changed(work, desk.kind, record_id, wanted)
    work.audit(
        "record.shared",
        (desk.kind.kind, record_id),
        people=wanted[:50],
        count=len(wanted),
        until=until.isoformat(),
    )
    return wanted


def listed(desk: Desk, record_id: int) -> Items[ShareView]:
    """Who may read it by a share, the first to end first. Raises `NotFound`."""
    must_find(desk, record_id)
    rows = desk.conn.execute(
        select(_SHARES)
        .where(_SHARES.c.kind == desk.kind.kind, _SHARES.c.record_id == record_id, lasts())
        .order_by(_SHARES.c.ends, _SHARES.c.person_id)
        .limit(MOST)
    ).all()
    views = [ShareView(row.person_id, moment_of(row.ends), row.granted_by, row.granted_at) for row in rows]
    named = {one for view in views for one in (view.person, view.granted_by)}
    return Items(views, None, list(person_puts_for(desk.conn, desk.actor, sorted(named))))


def take_back(work: Work, desk: Desk, record_id: int, person_id: int) -> None:
    """By who may change the record, by who gave it, by oneself; what has ended is as if taken back. Raises `NotFound`, `Forbidden`."""
    one = must_find(desk, record_id, lock=True)
    mine = (
        (_SHARES.c.kind == desk.kind.kind)
        & (_SHARES.c.record_id == record_id)
        & (_SHARES.c.person_id == person_id)
    )
    row = work.conn.execute(select(_SHARES).where(mine)).first()
    may = one.rights.may_write or person_id == desk.actor.id
    if not may and (row is None or row.granted_by != desk.actor.id):
        raise Forbidden("Its owner and who may change it take this back.", next_step="ask_owner")
    if row is None:
        if work.conn.execute(select(Person.id).where(Person.id == person_id)).first() is None:
            raise NotFound()
        return
    work.conn.execute(delete(_SHARES).where(mine))
    changes = [("share", _said(person_id, row.ends), None)]
    _told(work, desk.actor, desk.kind, record_id, "unshared", changes)
    access_changed(work, desk.kind, record_id, [person_id], ends=True)
    work.audit("record.share_ended", (desk.kind.kind, record_id), person=person_id, how="taken_back")


async def end(company: Company, args: dict[str, Any]) -> None:
    """The job at the end of shares: their right is over already, now everybody knows. Once, whatever happens to it."""
    kind = kinds_of(company.modules)[args["kind"]]
    await company.write(lambda work: end_now(work, kind, int(args["id"])))


def end_now(work: Work, kind: RecordType, record_id: int) -> None:
    """All shares of this record that have ended."""
    t = kind.table
    work.conn.execute(select(t.c.id).where(t.c.id == record_id).with_for_update())
    over = delete(_SHARES).where(
        _SHARES.c.kind == kind.kind, _SHARES.c.record_id == record_id, _SHARES.c.ends <= micros_of(work.now)
    )
    rows = work.conn.execute(over.returning(_SHARES.c.person_id, _SHARES.c.ends, _SHARES.c.granted_by)).all()
    for row in sorted(rows, key=lambda one: one.person_id):
        # Nobody pressed: it stands under the name of whose share it was.
        whose = Actor(row.person_id, "employee", "", 0)
        _told(
            work, whose, kind, record_id, "share_expired", [("share", _said(row.person_id, row.ends), None)]
        )
        access_changed(work, kind, record_id, [row.person_id], ends=True)
        work.audit("record.share_ended", (kind.kind, record_id), person=row.person_id, how="expired")


def _said(person_id: int, ends: int) -> dict[str, object]:
    return {"person": person_id, "until": moment_of(ends).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _told(
    work: Work, actor: Actor, kind: RecordType, record_id: int, act: str, changes: list[history.Change]
) -> None:
    history.write(work, actor, kind, record_id, act, changes)
    version = select(kind.table.c.version).where(kind.table.c.id == record_id)
    events.tell(work, kind, record_id, work.conn.execute(version).scalar_one(), actor.id)
