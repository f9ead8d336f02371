"""Undoing a merge within seven days (W42): the other is a record again with everything that came from it; what was added to the survivor
since stays there, and so does every field that was changed since."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import select, update

from crm_objects.access.events import access_changed
from crm_objects.duplicates import hashes, in_turn, matching
from crm_objects.engine import changing, counting, events, history, reading
from crm_objects.engine.policies import WRITE
from crm_objects.engine.present import RecordItem
from crm_objects.engine.reading import Desk, Found, must_find
from crm_objects.merging import pairs
from crm_objects.merging.carrying import TEAM, Move, bring_back
from crm_objects.merging.choosing import leads_to
from crm_objects.merging.files import swap_files_back, with_added, without_gone
from crm_objects.merging.holding_again import hold_again
from crm_objects.merging.merging import MERGES, Kept
from crm_objects.merging.over import forget_rows
from server.kit.problems import NotFound, WrongState
from server.work.work import Work


def undo(work: Work, desk: Desk, record_id: int, other_id: int) -> RecordItem:
    """Raises `NotFound`, `Merged` where the survivor itself was merged since, `Forbidden`, `Locked`, `WrongState` for what is voided and,
    with `until`, when the time is over."""
    survivor, other = _both(desk, record_id, other_id)
    row = _merge_of(desk, record_id, other_id)
    for one in (survivor, other):
        pairs.must_lead(one)
    pairs.must_be_open(desk, survivor)
    if row.until <= work.now:
        raise WrongState("This can be undone no more.", reason="undo_over", until=row.until)
    move = Move(work, desk, row.id, record_id, other_id)
    linked = pairs.linked(desk, record_id, 0)
    kept = msgspec.json.decode(row.kept, type=Kept)
    hard = _hold_values(work, desk, other, kept)
    version = survivor.row.version + 1
    reach = _reach(work, desk, survivor, other)
    people = bring_back(move)
    _link_back(move, linked, reach)
    hold_again(move, survivor, other)
    back = _write(work, desk, survivor, other, kept, row.version, version)
    swap_files_back(move, back)
    _lead_back(work, desk, other, version, hard)
    _untie(desk, other)
    for each in (record_id, other_id):
        counting.wind(work, desk.kind, each)
    for one in (survivor, other):
        event = events.tell(work, desk.kind, one.id, version, desk.actor.id)
        event.asks_again = sorted({*reach, *people})
        access_changed(work, desk.kind, one.id, sorted(set(people)))
    ended = update(MERGES).where(MERGES.c.id == row.id)
    work.conn.execute(ended.values(ended_at=work.now, ended_by=desk.actor.id))
    forget_rows(work.conn, [row.id])
    work.audit("record.unmerged", (desk.kind.kind, record_id), other=other_id)
    return reading.show(desk, record_id)


def _both(desk: Desk, record_id: int, other_id: int) -> tuple[Found, Found]:
    """Held, the smaller id first. The other is nobody's to read by now: its rights are looked at all the same."""
    t = desk.kind.table
    ids = sorted((record_id, other_id))
    desk.conn.execute(select(t.c.id).where(t.c.id.in_(ids)).order_by(t.c.id).with_for_update())
    survivor = must_find(desk, record_id)
    row = desk.conn.execute(desk.query().where(t.c.id == other_id, t.c.merged_into == record_id)).first()
    if row is None:
        raise NotFound()
    return survivor, reading.found(desk, row)


def _merge_of(desk: Desk, record_id: int, other_id: int) -> Any:
    """Raises `WrongState` for one whose time is over."""
    mine = (
        MERGES.c.kind == desk.kind.kind,
        MERGES.c.record_id == record_id,
        MERGES.c.other_id == other_id,
    )
    row = desk.conn.execute(select(MERGES).where(*mine).order_by(MERGES.c.id.desc())).first()
    if row is None:
        raise NotFound()
    if row.ended_at is not None:
        raise WrongState("This can be undone no more.", reason="undo_over", until=row.until)
    return row


def _hold_values(work: Work, desk: Desk, other: Found, kept: Kept) -> set[str]:
    """What both are recognised by from now on; answers the hard keys."""
    names = list(hashes.keys_by_field(desk.shape))
    before = {
        name: desk.shape.fields[name].from_kept(value)
        for name, (value, _) in kept.fields.items()
        if name in names and value is not None
    }
    return in_turn.hold(desk, work.company.secrets, other.stored, before, fields=names)


def _reach(work: Work, desk: Desk, survivor: Found, other: Found) -> list[int]:
    """Who may read one of the two no more, when they are two."""
    team = select(TEAM.c.person_id).where(TEAM.c.kind == desk.kind.kind, TEAM.c.record_id == survivor.id)
    people = work.conn.execute(team).scalars().all()
    owners = (survivor.row.owner_id, survivor.row.created_by, other.row.owner_id, *people)
    pool = survivor.row._mapping.get("pool_id")
    return events.whose_reach_may_end(work.conn, *owners, pool=pool)


def _write(
    work: Work, desk: Desk, survivor: Found, other: Found, kept: Kept, merged_at: int, version: int
) -> dict[str, Any]:
    """Fields that are still as the merge left them go back, and files in any case; answers what went back."""
    versions: dict[str, int] = msgspec.json.decode(survivor.row.field_versions)
    back: dict[str, Any] = {}
    for name, (before, after) in kept.fields.items():
        field = desk.shape.fields.get(name)
        if field is None:
            continue
        now = changing.kept(desk, name, survivor.stored[name])
        if versions.get(name) == merged_at and now == after:
            back[name] = None if before is None else field.from_kept(before)
        elif field.type == "files":
            back[name] = with_added(before, after, now)
    tree = desk.kind.tree
    if tree is not None and leads_to(desk, back.get(tree.name), survivor.id):
        del back[tree.name]
    whole = changing.store(work, desk, survivor, versions, back, version)
    named = {"number": desk.kind.number_of(other.id), "title": other.stored[desk.kind.title]}
    said = [("merged", named, None), *changing.told(desk, survivor, whole)]
    history.write(work, desk.actor, desk.kind, survivor.id, "unmerged", said)
    return back


def _lead_back(work: Work, desk: Desk, other: Found, version: int, hard: Collection[str]) -> None:
    """It is recognised by its values again, but for what only one record can have and a third has by now."""
    secrets, names = work.company.secrets, list(hashes.keys_by_field(desk.shape))
    like = matching.matches(desk, secrets, other.stored, names, other.id, hard)
    gone: dict[str, Any] = {
        **dict.fromkeys(one.field for one in like if one.is_hard),
        **without_gone(desk, other),
    }
    versions: dict[str, int] = msgspec.json.decode(other.row.field_versions)
    changing.store(work, desk, other, versions, gone, version, {"merged_into": None})
    hashes.follow(work.conn, desk.shape, secrets, other.id, {**other.stored, **gone}, names)
    history.write(work, desk.actor, desk.kind, other.id, "unmerged")


def _link_back(move: Move, linked: pairs.Linked, reach: list[int]) -> None:
    for kind, name, rows in linked:
        at, t = f"{kind.kind}.{name}", kind.table
        noted = {row_id for row_id, _ in move.noted(at)}
        moved = [row for row in rows if row.id in noted]
        if moved:
            move.unshift(at, t.c.id, name, version=t.c.version + 1)
        for row in moved:
            event = events.tell(move.work, kind, row.id, row.version + 1, move.desk.actor.id)
            event.asks_again = reach


def _untie(desk: Desk, other: Found) -> None:
    """What it hung below may hang below it by now: then it hangs below nothing."""
    link, t = desk.kind.tree, desk.kind.table
    if link is not None and leads_to(desk, other.stored[link.name], other.id):
        desk.conn.execute(update(t).where(t.c.id == other.id).values({link.name: None}))


def may_undo(desk: Desk, survivor: Found, other_id: int) -> bool:
    """Whether the actor may: as far as can be seen without holding them."""
    t = desk.kind.table
    row = desk.conn.execute(desk.query().where(t.c.id == other_id)).first()
    if row is None or survivor.row.voided_at is not None or survivor.row.locked_at is not None:
        return False
    return all(one.rights.may(WRITE) for one in (survivor, reading.found(desk, row)))
