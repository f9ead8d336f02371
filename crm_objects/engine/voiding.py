"""Into the recycle bin (作废), back from it, and out of it for good (OBJ-09, OBJ-10)."""

from sqlalchemy import delete, false, func, select, update

from crm_objects.duplicates import hashes, verdicts
from crm_objects.engine import (
    belongings,
    custom_values,
    events,
    history,
    line_values,
    merged,
    reading,
    record_files,
)
from crm_objects.engine.changing import must_not_be_locked
from crm_objects.engine.models import RecordFollowup, RecordHistory, RecordStar, RecordTeam
from crm_objects.engine.policies import DELETE, WRITE
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk, Found, must_find
from server.kit.problems import Forbidden, WrongState
from server.kit.text import clean
from server.work.work import Work

MAX_REASON = 200


def void(work: Work, desk: Desk, record_id: int, reason: str) -> RecordItem:
    """It stays readable in the bin; voided already: nothing changes. Raises `NotFound`, `Forbidden`, `Locked`, `Invalid` on `reason`."""
    one = must_find(desk, record_id, lock=True)
    _must_lead(one)
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True, required=False)
    if one.row.voided_at is None:
        must_not_be_locked(desk, one)
        _mark(work, desk, one, voided=True)
        history.write(work, desk.actor, desk.kind, record_id, "voided", reason=said)
        work.audit("record.voided", (desk.kind.kind, record_id))
    return reading.show(desk, record_id)


def restore(work: Work, desk: Desk, record_id: int) -> RecordItem:
    """Raises `NotFound`, `Forbidden`."""
    one = must_find(desk, record_id, lock=True)
    _must_lead(one)
    if one.row.voided_at is not None:
        _mark(work, desk, one, voided=False)
        history.write(work, desk.actor, desk.kind, record_id, "restored")
        work.audit("record.restored", (desk.kind.kind, record_id))
    return reading.show(desk, record_id)


def erase(work: Work, desk: Desk, record_id: int) -> None:
    """For good, with its history. Raises `NotFound`, `Forbidden`, `WrongState` unless it is voided and nothing links to it."""
    one = must_find(desk, record_id, lock=True)
    if not one.rights.may(DELETE):
        raise Forbidden("Your roles do not let you delete this for good.", next_step="ask_boss")
    if one.row.voided_at is None:
        raise WrongState("Only what is in the recycle bin is deleted.", reason="not_voided", next_step="void")
    _must_stand_alone(desk, record_id)
    kind = desk.kind.kind
    for each in (*merged.away(work.conn, desk.kind, record_id), record_id):
        _forget(work, desk, each)
        work.record(events.record_deleted(desk.kind, each, one.row.version + 1, desk.actor.id))
    work.audit("record.deleted", (kind, record_id))
    work.record(events.lists_moved(desk.kind, work.now))


def _forget(work: Work, desk: Desk, record_id: int) -> None:
    kind = desk.kind.kind
    belongings.forget(work.conn, kind, record_id)
    hashes.forget(work.conn, kind, record_id)
    verdicts.forget(work.conn, kind, record_id)
    record_files.forget(work, kind, record_id)
    for shared in (RecordTeam, RecordHistory, RecordFollowup, RecordStar):
        work.conn.execute(delete(shared).where(shared.kind == kind, shared.record_id == record_id))
    custom_values.forget(work.conn, kind, record_id)
    line_values.forget(work.conn, desk.kind, record_id)
    work.conn.execute(delete(desk.kind.table).where(desk.kind.table.c.id == record_id))


def _must_stand_alone(desk: Desk, record_id: int) -> None:
    for kind in desk.kinds.values():
        for field in kind.fields:
            if field.limits.get("link") == desk.kind.kind:
                t = kind.table
                # What leads here goes with it.
                away = t.c.id.in_(merged.away(desk.conn, kind, record_id)) if kind is desk.kind else false()
                count = select(func.count()).select_from(t).where(t.c[field.name] == record_id, ~away)
                if desk.conn.execute(count).scalar_one():
                    raise WrongState(
                        "Other records still belong to this one.",
                        reason="still_linked",
                        kind=kind.kind,
                        next_step="delete_those_first",
                    )


def _must_lead(one: Found) -> None:
    if not one.rights.may(WRITE):
        raise Forbidden("The owner and who is over them do this.", next_step="ask_owner")


def _mark(work: Work, desk: Desk, one: Found, *, voided: bool) -> None:
    t = desk.kind.table
    version = one.row.version + 1
    work.conn.execute(
        update(t)
        .where(t.c.id == one.id)
        .values(voided_at=work.now if voided else None, version=version, updated_at=work.now)
    )
    events.tell(work, desk.kind, one.id, version, desk.actor.id)
