"""The only way from a row to the wire: what a viewer sees in clear, in part or not at all is decided here (security.md §1)."""

from datetime import datetime
from typing import Any

import msgspec

from crm_objects.engine import policies
from crm_objects.engine.fields import Field
from crm_objects.engine.record_type import RecordType
from crm_objects.engine.rights import RowRights
from crm_objects.engine.shape import Shape
from server.events.envelope import Change


class RecordLock(msgspec.Struct, frozen=True):
    """Since when, and by whom, nobody changes it."""

    at: datetime
    by: int


class RecordView(msgspec.Struct, frozen=True):
    """A record for one viewer. `fields`: absent what is hidden, `{"masked": …}` what is seen in part. `may`: write, stage, state,
    followup, owner, team, share, lock, unlock, merge, void, restore, delete, reveal. `owner` and `created_by` are persons, `department`
    a department. `pool`: where it lies while it has no owner, else its home. `moves_clock`: what this viewer writes of it counts as a
    follow-up."""

    kind: str
    id: int
    number: str
    title: str
    version: int
    owner: int | None
    department: int | None
    pool: int | None
    stage: str
    voided: bool
    locked: RecordLock | None
    starred: bool
    created_at: datetime
    created_by: int
    updated_at: datetime
    last_followed_at: datetime | None
    moves_clock: bool
    fields: dict[str, Any]
    may: list[str]


class RecordItem(msgspec.Struct, frozen=True):
    """`also` brings the persons that it names."""

    item: RecordView
    also: list[Change] = []


class OwnerChanged(msgspec.Struct, frozen=True):
    """`item` is null where the actor may not read the record any more."""

    item: RecordView | None
    also: list[Change]


class ChangedRecord(msgspec.Struct, frozen=True):
    """`merged`: fields that others changed meanwhile and that stay (W25)."""

    item: RecordView
    also: list[Change]
    merged: list[str]


class RecordTotal(msgspec.Struct, frozen=True):
    """Counted up to a bound: beyond it, `count` is the bound."""

    count: int
    is_exact: bool


class RecordList(msgspec.Struct, frozen=True):
    """`total` comes with the first page only."""

    items: list[RecordView]
    next: str | None
    also: list[Change]
    total: RecordTotal | None


class RecordMark(msgspec.Struct, frozen=True):
    """As a record is pushed: nothing of it. `gone`: deleted for good."""

    version: int
    gone: bool = False


class RecordListMark(msgspec.Struct, frozen=True):
    """Something in the lists of this kind moved."""

    kind: str
    moved: datetime


Titles = dict[tuple[str, int], str]


def masked(field: Field, stored: Any, seen: str, titles: Titles) -> Any:
    """The wire value of what is seen `clear` or `masked`. Empty is null either way."""
    if stored is None:
        return [] if field.type == "choices" and seen == "clear" else None
    if seen != "clear":
        return {"masked": field.masked(stored)}
    if field.type == "link":
        to = field.limits["link"]
        return {"kind": to, "id": stored, "title": titles.get((to, stored))}
    return field.shown(stored)


def record(row: Any, shape: Shape, stored: dict[str, Any], rights: RowRights, titles: Titles) -> RecordView:
    """`stored` are the fields' values of this row."""
    shown = {
        name: masked(field, stored[name], seen, titles)
        for name, field in shape.fields.items()
        if name in stored and (seen := rights.sees(field.cls)) != "hidden"
    }
    kind = shape.kind
    return RecordView(
        kind.kind,
        row.id,
        kind.number_of(row.id),
        stored[kind.title],
        row.version,
        row.owner_id,
        row.department_id,
        row.pool_id if kind.pooled else None,
        row.stage,
        row.voided_at is not None,
        None if row.locked_at is None else RecordLock(row.locked_at, row.locked_by),
        rights.is_starred,
        row.created_at,
        row.created_by,
        row.updated_at,
        row.last_followed_at,
        rights.hands,
        shown,
        acts(shape, stored, rights, row),
    )


def acts(shape: Shape, stored: dict[str, Any], rights: RowRights, row: Any) -> list[str]:
    """What the viewer may do with the record, in the order of the buttons."""
    own = rights.may(policies.WRITE)
    voided, locked = row.voided_at is not None, row.locked_at is not None
    writes, turns = rights.may_write and not voided, rights.may_write and rights.may(policies.LOCK)
    is_open = not voided and not locked
    kind = shape.kind
    hidden = any(
        rights.may_reveal(field.cls) and stored.get(name) is not None for name, field in shape.fields.items()
    )
    offered = (
        ("write", writes and not locked),
        ("stage", writes and not locked and bool(kind.stages)),
        ("state", writes and not locked and any(one.by_act for one in kind.fields)),
        ("followup", writes and kind.followed_up),
        ("owner", rights.may_give and is_open),
        ("team", own and is_open),
        ("share", writes),
        ("lock", turns and is_open),
        ("unlock", turns and locked and not voided),
        ("merge", own and is_open and kind.can_merge),
        ("void", own and is_open),
        ("restore", own and voided),
        ("delete", rights.may(policies.DELETE) and voided),
        ("reveal", hidden),
    )
    return [name for name, may in offered if may]


def title_of(kind: RecordType, row: Any) -> str:
    return str(row._mapping[kind.title])
