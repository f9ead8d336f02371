"""What was done to a record (OBJ-12): written whole in the act, read by each viewer as far as they see the fields."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select

from crm_objects.engine import present
from crm_objects.engine.fields import Field
from crm_objects.engine.models import RecordHistory
from crm_objects.engine.reading import Desk, must_find, titles_of
from crm_objects.engine.record_type import RecordType
from crm_objects.engine.rights import RowRights
from server.api.route import Items
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.work import Work

_HISTORY = table(RecordHistory)
# What is told of besides fields: who reads the record sees it.
OPEN = frozenset({"owner", "team", "stage", "share", "merged"})
Change = tuple[str, Any, Any]


class RecordChangeView(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """One field, or `owner`, `stage`, `team`, `share` or `merged` (`{number, title}`,
    `title` null for who may not read it). Values as in the record, for this viewer."""

    field: str
    before: Any
    after: Any


class RecordHistoryView(msgspec.Struct, frozen=True):
    """`act`: created, changed, owner_changed, team_changed, shared, unshared, share_expired, stage_changed, state_changed, locked,
    unlocked, voided, restored, followed_up, followup_ended, revealed, called, related, unrelated, merged, unmerged,
    kept_as_different, kept_as_same. `by`: who pressed for another."""

    id: int
    at: datetime
    actor: int
    by: int | None
    act: str
    reason: str
    changes: list[RecordChangeView]


def write(
    work: Work,
    actor: Actor,
    kind: RecordType,
    record_id: int,
    act: str,
    changes: Iterable[Change] = (),
    reason: str = "",
) -> None:
    """`changes` are (field, stored before, stored after), values as JSON keeps them."""
    work.conn.execute(
        insert(_HISTORY).values(
            kind=kind.kind,
            record_id=record_id,
            at=work.now,
            actor_id=actor.id,
            by_id=actor.by or None,
            act=act,
            reason=reason,
            changes=json.dumps(list(changes), ensure_ascii=False),
        )
    )


def page(desk: Desk, record_id: int, limit: int | None, cursor: str) -> Items[RecordHistoryView]:
    """Newest first. An entry of which the viewer would see nothing is left out. Raises `NotFound`."""
    one = must_find(desk, record_id)
    size = page_size(limit)
    before = decode_cursor(cursor, int)
    query = select(_HISTORY).where(_HISTORY.c.kind == desk.kind.kind, _HISTORY.c.record_id == record_id)
    if before:
        query = query.where(_HISTORY.c.id < before[0])
    rows = desk.conn.execute(query.order_by(_HISTORY.c.id.desc()).limit(size + 1)).all()
    shown = [view for row in rows[:size] if (view := _view(desk, row, one.rights)) is not None]
    shown = _with_titles(desk, shown)
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    return Items(shown, following, list(person_puts_for(desk.conn, desk.actor, _people(shown))))


def _view(desk: Desk, row: Any, rights: RowRights) -> RecordHistoryView | None:
    written = json.loads(row.changes)
    changes = [view for one in written if (view := _change(desk, one, rights)) is not None]
    if written and not changes:
        return None
    if row.act in ("revealed", "called"):
        changes = [RecordChangeView(one.field, None, None) for one in changes]
    return RecordHistoryView(row.id, row.at, row.actor_id, row.by_id, row.act, row.reason, changes)


def _change(desk: Desk, written: list[Any], rights: RowRights) -> RecordChangeView | None:
    name, before, after = written
    if name in OPEN:
        return RecordChangeView(name, before, after)
    field = desk.shape.fields.get(name)
    seen = rights.sees(field.cls) if field else "hidden"
    if field is None or seen == "hidden":
        return None
    return RecordChangeView(name, _value(field, before, seen), _value(field, after, seen))


def _value(field: Field, kept: Any, seen: str) -> Any:
    return present.masked(field, None if kept is None else field.from_kept(kept), seen, {})


def _with_titles(desk: Desk, entries: list[RecordHistoryView]) -> list[RecordHistoryView]:
    """Links with what they are called, where the viewer may know it: one query for each kind. What was merged and is a record of its own
    again keeps its name from who may not read it."""
    wanted: dict[str, set[int]] = {}
    for value in (
        one for entry in entries for change in entry.changes for one in (change.before, change.after)
    ):
        if isinstance(value, dict) and value.keys() == {"kind", "id", "title"}:
            wanted.setdefault(value["kind"], set()).add(value["id"])
        if _is_merged(value):
            wanted.setdefault(desk.kind.kind, set()).add(_id_of(value))
    titles = {kind: titles_of(desk, desk.kinds[kind], ids) for kind, ids in wanted.items()}

    def named(value: Any) -> Any:
        if isinstance(value, dict) and value.keys() == {"kind", "id", "title"}:
            return {**value, "title": titles[value["kind"]].get(value["id"])}
        if _is_merged(value) and _id_of(value) not in titles[desk.kind.kind]:
            return {**value, "title": None}
        return value

    if not wanted:
        return entries
    return [
        msgspec.structs.replace(
            entry,
            changes=[
                RecordChangeView(one.field, named(one.before), named(one.after)) for one in entry.changes
            ],
        )
        for entry in entries
    ]


def _is_merged(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"number", "title"}


def _id_of(merged: Mapping[str, str]) -> int:
    """As `RecordType.number_of` says it."""
    return int(merged["number"].rpartition("-")[2])


def _people(entries: Iterable[RecordHistoryView]) -> list[int]:
    found: dict[int, None] = {}
    for entry in entries:
        for one in (entry.actor, entry.by):
            if one is not None:
                found[one] = None
        for change in entry.changes:
            for value in (change.before, change.after):
                if change.field == "owner" and isinstance(value, int):
                    found[value] = None
                if change.field in ("team", "share") and isinstance(value, dict):
                    found[value["person"]] = None
    return list(found)
