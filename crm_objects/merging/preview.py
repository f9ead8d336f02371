"""Before two records are merged: where they differ, as far as one sees it, and what will move; and afterwards, what was merged into one."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Select, func, or_, select

from crm_objects.engine import present, reading
from crm_objects.engine.belongings import RecordRelation
from crm_objects.engine.followup_rights import told_to
from crm_objects.engine.models import RecordFollowup, RecordTeam
from crm_objects.engine.present import RecordView
from crm_objects.engine.reading import Desk, must_find
from crm_objects.engine.rights import Rights
from crm_objects.merging import pairs
from crm_objects.merging.choosing import Side, differing, suggested
from crm_objects.merging.merging import MERGES
from crm_objects.merging.undoing import may_undo
from server.api.route import Items
from server.events.envelope import Change
from server.kit.problems import invalid
from server.people.present import person_puts_for
from server.work.company import Company


class MergeField(msgspec.Struct, frozen=True):
    """A field whose values differ, and that I see in clear on both. `suggested` is taken where I say nothing."""

    field: str
    mine: Any
    theirs: Any
    suggested: Side


class MergeMove(msgspec.Struct, frozen=True):
    """How many of the other's go along, as far as I may read them. `kind` of records that link to it, else empty."""

    what: Literal["record", "followup", "team", "relation"]
    kind: str
    count: int


class MergePreview(msgspec.Struct, frozen=True):
    """`mine` survives, with its id; `theirs` is merged into it."""

    mine: RecordView
    theirs: RecordView
    fields: list[MergeField]
    moves: list[MergeMove]
    also: list[Change] = []


class MergedView(msgspec.Struct, frozen=True):
    """What was merged into this record, until it can be undone no more."""

    other: int
    number: str
    title: str
    at: datetime
    by: int
    until: datetime
    may_undo: bool


def preview(desk: Desk, record_id: int, other_id: int | None) -> MergePreview:
    """Raises what merging them would be refused with."""
    if other_id is None:
        must_find(desk, record_id)
        raise invalid("other", "required", "Which other one?")
    both = pairs.two(desk, record_id, other_id, lock=False)
    survivor, other = both
    titles = reading.titles_for(desk, both)

    def shown(one: reading.Found, name: str) -> Any:
        return present.masked(desk.shape.fields[name], one.stored[name], "clear", titles)

    fields = [
        MergeField(one.name, shown(survivor, one.name), shown(other, one.name), suggested(survivor, one.name))
        for one in differing(desk, survivor, other)
    ]
    mine, theirs = reading.views(desk, both)
    return MergePreview(mine, theirs, fields, _moves(desk, other_id), reading.people_of(desk, both))


def _moves(desk: Desk, other_id: int) -> list[MergeMove]:
    found = [_linked(desk, name, other_id) for name in desk.kinds]
    f, t = RecordFollowup, RecordTeam
    heard = (f.kind == desk.kind.kind, f.record_id == other_id, told_to(desk.conn, desk.actor))
    found.append(MergeMove("followup", "", _count(desk, select(func.count()).select_from(f).where(*heard))))
    team = select(func.count()).where(t.kind == desk.kind.kind, t.record_id == other_id)
    found.append(MergeMove("team", "", _count(desk, team)))
    if desk.kind.relations:
        r = RecordRelation
        ends = or_(r.from_id == other_id, r.to_id == other_id)
        count = select(func.count()).where(r.kind == desk.kind.kind, ends)
        found.append(MergeMove("relation", "", _count(desk, count)))
    return [one for one in found if one.count]


def _count(desk: Desk, query: Select[int]) -> int:
    return desk.conn.execute(query).scalar_one()


def _linked(desk: Desk, name: str, other_id: int) -> MergeMove:
    kind = desk.kinds[name]
    t = kind.table
    links = [t.c[one.name] == other_id for one in kind.fields if one.limits.get("link") == desk.kind.kind]
    count = 0
    if links:
        mine = Rights(desk.actor, kind, desk.kinds).readable()
        query = select(func.count()).select_from(t).where(or_(*links), mine)
        count = desk.conn.execute(query).scalar_one()
    return MergeMove("record", name, count)


def listed(desk: Desk, company: Company, record_id: int) -> Items[MergedView]:
    """The newest first, of what can still be undone. Raises `NotFound`."""
    one = must_find(desk, record_id)
    mine = (MERGES.c.kind == desk.kind.kind, MERGES.c.record_id == record_id, MERGES.c.ended_at.is_(None))
    query = select(MERGES).where(*mine, MERGES.c.until > company.clock.now()).order_by(MERGES.c.id.desc())
    rows = desk.conn.execute(query).all()
    t, kind = desk.kind.table, desk.kind
    named = select(t.c.id, t.c[kind.title]).where(t.c.id.in_([row.other_id for row in rows]))
    titles = {row[0]: row[1] for row in desk.conn.execute(named)} if rows else {}
    views = [
        MergedView(
            row.other_id,
            kind.number_of(row.other_id),
            titles.get(row.other_id, ""),
            row.at,
            row.by_id,
            row.until,
            may_undo(desk, one, row.other_id),
        )
        for row in rows
    ]
    return Items(views, None, list(person_puts_for(desk.conn, desk.actor, [view.by for view in views])))
