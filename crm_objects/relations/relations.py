"""Relations between records of a kind, seen from one of them or from what they belong to. An end that one may not read has no words."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, and_, delete, func, insert, or_, select

from crm_objects.engine import events, history
from crm_objects.engine.belongings import RecordRelation
from crm_objects.engine.changing import must_not_be_voided, must_write
from crm_objects.engine.present import RecordView
from crm_objects.engine.reading import Desk, Found, desk_of, found, must_find, people_of, views
from crm_objects.engine.record_type import RecordType
from server.db.base import table
from server.events.envelope import Change
from server.kit.problems import Duplicate, FieldError, NotFound, WrongState, invalid
from server.work.work import Work

_RELATIONS = table(RecordRelation)
MOST, MOST_SHOWN = 50, 200


class RelationEdge(msgspec.Struct, frozen=True):
    """`sort` as the kind declares it, read from `from` to `to`."""

    id: int
    start: int = msgspec.field(name="from")
    end: int = msgspec.field(name="to")
    sort: str


class Relations(msgspec.Struct, frozen=True):
    """Records of `kind` and how they stand to each other. An end that is not among `rows` is one that I may not read."""

    kind: str
    rows: list[RecordView]
    edges: list[RelationEdge]
    also: list[Change] = []


def around(desk: Desk, record_id: int) -> Relations:
    """Of a kind with relations: those of this record, and between its neighbours; else those of what belongs to it. Raises `NotFound`."""
    must_find(desk, record_id)
    if desk.kind.relations:
        near = _neighbours(desk, desk.kind, [record_id])
        return _shown(desk, near, _edges(desk, desk.kind, near, both=True))
    member = _member_kind(desk)
    if member is None:
        raise NotFound()
    other = desk_of(desk.conn, desk.actor, desk.kinds, member)
    link = member.parent
    assert link is not None
    t = member.table
    mine = (
        select(t.c.id)
        .where(t.c[link.name] == record_id, t.c.voided_at.is_(None), other.rights.readable())
        .order_by(t.c.id)
        .limit(MOST_SHOWN)
    )
    ids = list(desk.conn.execute(mine).scalars())
    edges = _edges(desk, member, ids, both=False)
    return _shown(other, [*ids, *(end for edge in edges for end in (edge.start, edge.end))], edges)


def _member_kind(desk: Desk) -> RecordType | None:
    """The kind whose records follow this one and stand to each other."""
    return next(
        (
            one
            for one in desk.kinds.values()
            if one.relations and one.parent is not None and one.parent.to == desk.kind.kind
        ),
        None,
    )


def _neighbours(desk: Desk, kind: RecordType, ids: Sequence[int]) -> list[int]:
    edges = _edges(desk, kind, ids, both=False)
    return list(dict.fromkeys([*ids, *(end for edge in edges for end in (edge.start, edge.end))]))


def _edges(desk: Desk, kind: RecordType, ids: Sequence[int], *, both: bool) -> list[RelationEdge]:
    """That touch one of these, or lie between `both`."""
    if not ids:
        return []
    r, these = _RELATIONS.c, list(ids)[: MOST_SHOWN * 2]
    here = (
        and_(r.from_id.in_(these), r.to_id.in_(these))
        if both
        else or_(r.from_id.in_(these), r.to_id.in_(these))
    )
    query: Select[Any] = select(r.id, r.from_id, r.to_id, r.sort).where(r.kind == kind.kind, here)
    return [RelationEdge(*row) for row in desk.conn.execute(query.order_by(r.id).limit(MOST_SHOWN * 2))]


def _shown(desk: Desk, ids: Iterable[int], edges: list[RelationEdge]) -> Relations:
    """Only what may be read, and no edge between two that may not."""
    t = desk.kind.table
    wanted = list(dict.fromkeys(ids))
    named = desk.readable().where(t.c.id.in_(wanted)).order_by(t.c.id)
    rows = [found(desk, row) for row in desk.conn.execute(named)]
    seen = {one.id for one in rows}
    kept = [edge for edge in edges if edge.start in seen or edge.end in seen]
    return Relations(desk.kind.kind, views(desk, rows), kept, people_of(desk, rows))


def relate(work: Work, desk: Desk, record_id: int, to: int, sort: str, *, turned: bool) -> RelationEdge:
    """«This record `sort` `to`», or `turned` the other way. Who writes this record and reads the other. Raises `NotFound`, `Forbidden`,
    `WrongState`, `Invalid` on `to` or `sort`, `Duplicate`."""
    declared = next((one for one in desk.kind.relations if one.code == sort), None)
    if declared is None:
        raise invalid("sort", "choice", "There is no such relation between records of this kind.")
    if to == record_id:
        raise invalid("to", "self", "Another one than this.")
    one, other = _ends(desk, record_id, to)
    must_write(one)
    must_not_be_voided(other)
    start, end = (to, record_id) if turned else (record_id, to)
    if declared.both_ways:
        start, end = sorted((record_id, to))
    values = {"kind": desk.kind.kind, "from_id": start, "to_id": end, "sort": sort}
    r = _RELATIONS.c
    same = select(r.id).where(*(r[name] == value for name, value in values.items()))
    if work.conn.execute(same).first() is not None:
        raise Duplicate(
            "That is there already.", errors=(FieldError("sort", "duplicate", "That is there already."),)
        )
    count = select(func.count()).where(
        r.kind == desk.kind.kind, or_(r.from_id == record_id, r.to_id == record_id)
    )
    if work.conn.execute(count).scalar_one() >= MOST:
        raise WrongState(f"At most {MOST} relations.", reason="relations_full", limit=MOST)
    more = {"created_at": work.now, "created_by": desk.actor.id}
    made = work.conn.execute(insert(_RELATIONS).values(**values, **more).returning(r.id)).scalar_one()
    _told(work, desk, one, other, "related")
    return RelationEdge(made, start, end, sort)


def _ends(desk: Desk, record_id: int, to: int) -> tuple[Found, Found]:
    """Both locked, the smaller id first, so that two who relate them at once wait and do not fall over each other."""
    locked: dict[int, Found] = {}
    for each in sorted((record_id, to)):
        try:
            locked[each] = must_find(desk, each, lock=True)
        except NotFound:
            if each == record_id:
                raise
            raise invalid("to", "not_found", "There is no such thing, or you may not see it.") from None
    return locked[record_id], locked[to]


def one(desk: Desk, record_id: int, relation_id: int) -> RelationEdge:
    """Raises `NotFound`."""
    must_find(desk, record_id)
    r = _RELATIONS.c
    here = (r.id == relation_id, r.kind == desk.kind.kind, or_(r.from_id == record_id, r.to_id == record_id))
    row = desk.conn.execute(select(r.id, r.from_id, r.to_id, r.sort).where(*here)).first()
    if row is None:
        raise NotFound()
    return RelationEdge(*row)


def part(work: Work, desk: Desk, record_id: int, relation_id: int) -> None:
    """Who writes this record, whether or not they read the other. Raises `NotFound`, `Forbidden`, `WrongState`."""
    this = must_find(desk, record_id, lock=True)
    edge = one(desk, record_id, relation_id)
    must_write(this)
    gone = work.conn.execute(delete(_RELATIONS).where(_RELATIONS.c.id == edge.id)).rowcount
    if not gone:
        raise NotFound()
    other = edge.end if edge.start == record_id else edge.start
    t = desk.kind.table
    row = work.conn.execute(select(t.c.id, t.c.version).where(t.c.id == other)).first()
    _tell(work, desk, this.id, this.row.version, "unrelated")
    if row is not None:
        _tell(work, desk, row.id, row.version, "unrelated")


def _told(work: Work, desk: Desk, this: Found, other: Found, act: str) -> None:
    for each in (this, other):
        _tell(work, desk, each.id, each.row.version, act)


def _tell(work: Work, desk: Desk, record_id: int, version: int, act: str) -> None:
    """To whom, the history does not say: who reads the one may not read the other."""
    history.write(work, desk.actor, desk.kind, record_id, act)
    events.tell(work, desk.kind, record_id, version, desk.actor.id)
