"""Records that hang below others of their kind (W41): never in a circle; summed up together, each viewer over what they may read."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select

from crm_objects.engine import exact_sums
from crm_objects.engine.fields import LinkField
from crm_objects.engine.followup_rights import told_to
from crm_objects.engine.models import RecordFollowup
from crm_objects.engine.number_fields import MoneyField
from crm_objects.engine.reading import Desk, desk_of, must_find, titles_of
from crm_objects.engine.record_type import RecordType
from crm_objects.engine.rights import Rights
from crm_objects.engine.wrong import Wrong, gathered
from server.db.base import table

DEEPEST, MOST = 20, 500
# Whoever hangs a record below another holds this until COMMIT (PostgreSQL; SQLite has one writer anyhow).
TREE_LOCK = 7_041


class FamilyMember(msgspec.Struct, frozen=True):
    """`title` is null where I may not read it."""

    id: int
    title: str | None


class Amount(msgspec.Struct, frozen=True):
    """The sum of a money field, over the records on which I see it in clear."""

    field: str
    sum: str
    currency: str


class FamilyCount(msgspec.Struct, frozen=True):
    """Records of `kind` that belong to one of the family."""

    kind: str
    count: int
    sums: list[Amount]


class Family(msgspec.Struct, frozen=True):
    """`above`: from the top down to the one it hangs below, as far as I may read; `below` every record further down that I may read, with
    their number of levels below this one; `counts` and `followups` over this record and those."""

    above: list[FamilyMember]
    below: list["Descendant"]
    is_whole: bool
    counts: list[FamilyCount]
    followups: int


class Descendant(msgspec.Struct, frozen=True):
    id: int
    title: str
    parent: int
    depth: int


def must_not_circle(desk: Desk, record_id: int, changed: Mapping[str, Any]) -> None:
    """Raises `Invalid` on the link that would hang a record below itself, also when two do it at once."""
    link = desk.kind.tree
    above = changed.get(link.name) if link else None
    if link is None or above is None:
        return
    if desk.conn.dialect.name == "postgresql":
        desk.conn.execute(select(func.pg_advisory_xact_lock(TREE_LOCK, desk.kind.number)))
    t, steps = desk.kind.table, 0
    while above is not None and above != record_id and steps <= DEEPEST:
        above = desk.conn.execute(select(t.c[link.name]).where(t.c.id == above)).scalar()
        steps += 1
    if above is not None:
        raise gathered({link.name: Wrong("record_cycle", "It would hang below itself, or too deep.")})


def family(desk: Desk, record_id: int) -> Family:
    """A bounded number of statements. Raises `NotFound`."""
    one = must_find(desk, record_id)
    link = desk.kind.tree
    if link is None:
        return Family([], [], True, [], 0)
    below, is_whole = _below(desk, link, record_id)
    ids = [record_id, *(each.id for each in below)]
    return Family(
        _above(desk, link, one.stored[link.name]), below, is_whole, _counts(desk, ids), _followups(desk, ids)
    )


def _above(desk: Desk, link: LinkField, parent: int | None) -> list[FamilyMember]:
    """What somebody may not read has no title, and what stands above it is not looked for."""
    found: list[FamilyMember] = []
    t = desk.kind.table
    while parent is not None and len(found) < DEEPEST:
        title = titles_of(desk, desk.kind, [parent]).get(parent)
        found.insert(0, FamilyMember(parent, title))
        if title is None:
            break
        parent = desk.conn.execute(select(t.c[link.name]).where(t.c.id == parent)).scalar()
    return found


def _below(desk: Desk, link: LinkField, record_id: int) -> tuple[list[Descendant], bool]:
    """Level by level; below what somebody may not read nothing is shown."""
    t = desk.kind.table
    found: list[Descendant] = []
    level, depth = [record_id], 0
    while level and depth < DEEPEST and len(found) < MOST:
        depth += 1
        query = (
            select(t.c.id, t.c[desk.kind.title].label("title"), t.c[link.name].label("parent"))
            .where(t.c[link.name].in_(level), t.c.voided_at.is_(None), desk.rights.readable())
            .order_by(t.c.spelled, t.c.id)
            .limit(MOST + 1 - len(found))
        )
        rows = [Descendant(row.id, row.title, row.parent, depth) for row in desk.conn.execute(query)]
        found += rows
        level = [row.id for row in rows]
    return found[:MOST], len(found) <= MOST


def _counts(desk: Desk, ids: Sequence[int]) -> list[FamilyCount]:
    """Of every kind that belongs to this one, but not of this kind itself."""
    counts = []
    for kind in desk.kinds.values():
        links = [one for one in kind.fields if one.limits.get("link") == desk.kind.kind]
        if kind is not desk.kind and links:
            counts.append(_of_kind(desk, kind, links[0].name, ids))
    return counts


def _of_kind(desk: Desk, kind: RecordType, link: str, ids: Sequence[int]) -> FamilyCount:
    other = desk_of(desk.conn, desk.actor, desk.kinds, kind)
    t = kind.table
    here = (
        t.c[link].in_(list(ids)),
        t.c.voided_at.is_(None),
        Rights(desk.actor, kind, desk.kinds).readable(),
    )
    count = desk.conn.execute(select(func.count()).select_from(t).where(*here)).scalar_one()
    sums = []
    for name in kind.summed:
        field = kind.by_name[name]
        if not isinstance(field, MoneyField):
            continue
        halves = [func.coalesce(func.sum(half), 0) for half in exact_sums.halves(t.c[name])]
        row = desk.conn.execute(select(*halves).where(*here, other.rights.clear(field))).one()
        sums.append(Amount(name, str(field.shown(exact_sums.whole(row[0], row[1]))), field.currency))
    return FamilyCount(kind.kind, int(count), sums)


def _followups(desk: Desk, ids: Sequence[int]) -> int:
    f = table(RecordFollowup).c
    here = (f.kind == desk.kind.kind, f.record_id.in_(list(ids)), told_to(desk.conn, desk.actor))
    query = select(func.count()).where(*here)
    return int(desk.conn.execute(query).scalar_one())
