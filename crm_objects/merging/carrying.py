"""What names a merged record goes along to the survivor, and back again: by the declared pointers, a few statements for each, however much
there is. Every row that moved is noted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Table, delete, insert, literal, or_, select, update

from crm_objects.access.models import AccessRequest, RecordShare
from crm_objects.access.sharing import JOB as END_SHARE
from crm_objects.engine.belongings import RecordRegistration, RecordRelation
from crm_objects.engine.models import RecordTeam
from crm_objects.engine.reading import Desk
from crm_objects.engine.record_type import RecordType
from crm_objects.merging.models import RecordMergeRow
from crm_objects.merging.pointers import pointers_of
from server.db.base import table
from server.db.keyset import moment_of
from server.work.work import Work

_ROWS = table(RecordMergeRow)
TEAM, SHARES, ASKED = table(RecordTeam), table(RecordShare), table(AccessRequest)
REGISTERED, RELATED = table(RecordRegistration), table(RecordRelation)


@dataclass(frozen=True)
class Move:
    """One merge: what names `other` names `into` from then on."""

    work: Work
    desk: Desk
    merge_id: int
    into: int
    other: int

    @property
    def kind(self) -> RecordType:
        return self.desk.kind

    def note(self, at: str, row_id: int, was: Any = None) -> None:
        row = {"merge_id": self.merge_id, "at": at, "row_id": row_id}
        said = "" if was is None else msgspec.json.encode(was).decode()
        self.work.conn.execute(insert(_ROWS).values(**row, was=said))

    def noted(self, at: str) -> list[tuple[int, Any]]:
        """(row, what it was) of such a pointer."""
        mine = (_ROWS.c.merge_id == self.merge_id, _ROWS.c.at == at)
        query = select(_ROWS.c.row_id, _ROWS.c.was).where(*mine).order_by(_ROWS.c.id)
        rows = self.work.conn.execute(query)
        return [(row.row_id, msgspec.json.decode(row.was) if row.was else None) for row in rows]

    def of(self, t: Table, record_id: int, column: str = "record_id") -> ColumnElement[bool]:
        here = t.c[column] == record_id
        return (t.c.kind == self.kind.kind) & here if "kind" in t.c else here

    def shift(self, at: str, rows: ColumnElement[bool], key: "Column[Any]", column: str, **more: Any) -> None:
        """Notes these rows by `key`, and has them name the survivor."""
        t, conn = key.table, self.work.conn
        assert isinstance(t, Table)
        noted = select(literal(self.merge_id), literal(at), key, literal("")).where(rows).order_by(key)
        conn.execute(insert(_ROWS).from_select(["merge_id", "at", "row_id", "was"], noted))
        conn.execute(update(t).where(rows).values({column: self.into, **more}))

    def unshift(self, at: str, key: "Column[Any]", column: str, **more: Any) -> None:
        """Has the noted rows that still name the survivor name the other again."""
        t = key.table
        assert isinstance(t, Table)
        noted = select(_ROWS.c.row_id).where(_ROWS.c.merge_id == self.merge_id, _ROWS.c.at == at)
        mine = self.of(t, self.into, column) & key.in_(noted)
        self.work.conn.execute(update(t).where(mine).values({column: self.other, **more}))


def carry(move: Move, owners: tuple[int | None, int | None]) -> list[int]:
    """`owners` of the survivor and of the other. Answers who may read the survivor by it now."""
    for one in pointers_of(move.work.company.modules):
        t = one.table if one.how in ("moved", "united") else None
        if t is not None and one.how == "moved":
            move.shift(one.at, move.of(t, move.other, one.column), t.c.id, one.column)
        elif t is not None:
            theirs = select(t.c[one.by]).where(move.of(t, move.into, one.column))
            rows = move.of(t, move.other, one.column) & t.c[one.by].not_in(theirs)
            move.shift(one.at, rows, t.c[one.by], one.column)
    _asked(move)
    _registration(move)
    _relations(move)
    return [*_team(move, owners), *_shares(move)]


def bring_back(move: Move) -> list[int]:
    """Answers who may have read the survivor by what is taken back."""
    people = [*_team_back(move), *_shares_back(move)]
    for one in pointers_of(move.work.company.modules):
        if one.how == "moved":
            move.unshift(one.at, one.table.c.id, one.column)
        elif one.how == "united":
            move.unshift(one.at, one.table.c[one.by], one.column)
    move.unshift("access_request.record_id", ASKED.c.id, "record_id")
    for _, (provider, ref) in move.noted("record_registration.record_id"):
        same = (REGISTERED.c.provider == provider) & (REGISTERED.c.ref == ref)
        moved = update(REGISTERED).where(move.of(REGISTERED, move.into), same)
        move.work.conn.execute(moved.values(record_id=move.other))
    _relations_back(move)
    return people


# --- who takes part


def _team(move: Move, owners: tuple[int | None, int | None]) -> list[int]:
    """The other's team joins, its owner as one who writes; the stronger place of two wins."""
    owner, former = owners
    conn = move.work.conn
    now = {row.person_id: row for row in conn.execute(select(TEAM).where(move.of(TEAM, move.into)))}
    theirs = conn.execute(select(TEAM).where(move.of(TEAM, move.other)).order_by(TEAM.c.person_id)).all()
    fresh = []
    for row in theirs:
        person = row.person_id
        if person == owner:
            continue
        if person not in now and person != former:
            here = move.of(TEAM, move.other) & (TEAM.c.person_id == person)
            move.shift("record_team.record_id", here, TEAM.c.person_id, "record_id")
            fresh.append(person)
        elif row.access == "write":
            _raise(move, now.get(person))
    if former is not None and former != owner:
        if former in now:
            _raise(move, now[former])
        else:
            place = {"person_id": former, "role": "co_follower", "access": "write", "since": move.work.now}
            more = {"kind": move.kind.kind, "record_id": move.into, "added_by": move.desk.actor.id}
            conn.execute(insert(TEAM).values(**place, **more))
            move.note("record_team.owner", former)
            fresh.append(former)
    return fresh


def _raise(move: Move, row: Any) -> None:
    if row is not None and row.access == "read":
        here = move.of(TEAM, move.into) & (TEAM.c.person_id == row.person_id)
        move.work.conn.execute(update(TEAM).where(here).values(access="write"))
        move.note("record_team.access", row.person_id)


def _team_back(move: Move) -> list[int]:
    """What somebody was given since stays theirs."""
    conn, mine = move.work.conn, move.of(TEAM, move.into)
    for person, _ in move.noted("record_team.access"):
        conn.execute(
            update(TEAM)
            .where(mine, TEAM.c.person_id == person, TEAM.c.access == "write")
            .values(access="read")
        )
    came = [person for person, _ in move.noted("record_team.owner")]
    conn.execute(
        delete(TEAM).where(
            mine, TEAM.c.person_id.in_(came), TEAM.c.role == "co_follower", TEAM.c.access == "write"
        )
    )
    move.unshift("record_team.record_id", TEAM.c.person_id, "record_id")
    return [*came, *(person for person, _ in move.noted("record_team.record_id"))]


def _shares(move: Move) -> list[int]:
    """The longer of two wins."""
    conn = move.work.conn
    now = {row.person_id: row for row in conn.execute(select(SHARES).where(move.of(SHARES, move.into)))}
    theirs = conn.execute(select(SHARES).where(move.of(SHARES, move.other)).order_by(SHARES.c.id)).all()
    fresh, ends = [], set()
    for row in theirs:
        kept = now.get(row.person_id)
        if kept is None:
            move.shift("record_share.record_id", SHARES.c.id == row.id, SHARES.c.id, "record_id")
            fresh.append(row.person_id)
        elif kept.ends < row.ends:
            conn.execute(update(SHARES).where(SHARES.c.id == kept.id).values(ends=row.ends))
            move.note("record_share.ends", kept.id, [kept.ends, row.ends])
        else:
            continue
        ends.add(row.ends)
    _end_shares(move, move.into, ends)
    return fresh


def _end_shares(move: Move, record_id: int, ends: set[int]) -> None:
    """Somebody hears when they are over, under whichever id they lie then."""
    for one in sorted(ends):
        key = f"{END_SHARE}/{move.kind.kind}/{record_id}/{one}"
        args = {"kind": move.kind.kind, "id": record_id}
        move.work.enqueue(END_SHARE, args, key=key, at=moment_of(one))


def _shares_back(move: Move) -> list[int]:
    conn = move.work.conn
    for share, (before, after) in move.noted("record_share.ends"):
        conn.execute(update(SHARES).where(SHARES.c.id == share, SHARES.c.ends == after).values(ends=before))
        _end_shares(move, move.into, {before})
    moved = [share for share, _ in move.noted("record_share.record_id")]
    back = conn.execute(select(SHARES).where(SHARES.c.id.in_(moved), move.of(SHARES, move.into))).all()
    move.unshift("record_share.record_id", SHARES.c.id, "record_id")
    _end_shares(move, move.other, {row.ends for row in back})
    return [row.person_id for row in back]


def _asked(move: Move) -> None:
    """Who asked for both has one open question: the survivor's."""
    open_here = select(ASKED.c.person_id).where(move.of(ASKED, move.into), ASKED.c.state == "open")
    one_only = or_(ASKED.c.state != "open", ASKED.c.person_id.not_in(open_here))
    rows = move.of(ASKED, move.other) & one_only
    move.shift("access_request.record_id", rows, ASKED.c.id, "record_id")


# --- what it has besides


def _registration(move: Move) -> None:
    """The other's, where the survivor has none."""
    theirs = move.of(REGISTERED, move.other)
    row = move.work.conn.execute(select(REGISTERED).where(theirs)).first()
    if row is not None and not is_registered(move.desk, move.into):
        move.work.conn.execute(update(REGISTERED).where(theirs).values(record_id=move.into))
        move.note("record_registration.record_id", move.other, [row.provider, row.ref])


def is_registered(desk: Desk, record_id: int) -> bool:
    here = (REGISTERED.c.kind == desk.kind.kind) & (REGISTERED.c.record_id == record_id)
    return desk.conn.execute(select(REGISTERED.c.ref).where(here)).first() is not None


def _relations(move: Move) -> None:
    """A relation between the two, and one that the survivor has already, would say nothing: it is put aside."""
    conn, r = move.work.conn, RELATED.c
    touching = or_(r.from_id == move.other, r.to_id == move.other)
    for row in conn.execute(select(RELATED).where(r.kind == move.kind.kind, touching).order_by(r.id)).all():
        start, end = (move.into if one == move.other else one for one in (row.from_id, row.to_id))
        start, end = _in_order(move, row.sort, start, end)
        same = (r.kind == row.kind, r.from_id == start, r.to_id == end, r.sort == row.sort)
        if start == end or conn.execute(select(r.id).where(*same)).first() is not None:
            whole = [row.from_id, row.to_id, row.sort, row.created_at, row.created_by]
            conn.execute(delete(RELATED).where(r.id == row.id))
            move.note("record_relation", row.id, whole)
        else:
            conn.execute(update(RELATED).where(r.id == row.id).values(from_id=start, to_id=end))
            at = "from_id" if row.from_id == move.other else "to_id"
            move.note(f"record_relation.{at}", row.id)


def _relations_back(move: Move) -> None:
    conn, r = move.work.conn, RELATED.c
    moved = [one for at in ("from_id", "to_id") for one, _ in move.noted(f"record_relation.{at}")]
    for row in conn.execute(select(RELATED).where(r.id.in_(moved)).order_by(r.id)).all():
        if move.into not in (row.from_id, row.to_id):
            continue
        start, end = (move.other if one == move.into else one for one in (row.from_id, row.to_id))
        start, end = _in_order(move, row.sort, start, end)
        conn.execute(update(RELATED).where(r.id == row.id).values(from_id=start, to_id=end))
    for _, (start, end, sort, at, by) in move.noted("record_relation"):
        if _is_there(move, start) and _is_there(move, end):
            created = msgspec.convert(at, type=datetime)
            values = {"kind": move.kind.kind, "from_id": start, "to_id": end, "sort": sort}
            conn.execute(insert(RELATED).values(**values, created_at=created, created_by=by))


def _in_order(move: Move, sort: str, start: int, end: int) -> tuple[int, int]:
    both = any(one.code == sort and one.both_ways for one in move.kind.relations)
    return (min(start, end), max(start, end)) if both else (start, end)


def _is_there(move: Move, record_id: int) -> bool:
    t = move.kind.table
    return move.work.conn.execute(select(t.c.id).where(t.c.id == record_id)).first() is not None
