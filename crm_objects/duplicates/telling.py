"""What somebody is told of the likes of their record (W16): a record that they may read as they see it; of others only that something is
there, and whose it is where the company says so. Not how many, not in what state."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
from sqlalchemy import select

from crm_objects.duplicates.matching import Match
from crm_objects.duplicates.settings import names_owner
from crm_objects.engine.present import RecordView
from crm_objects.engine.reading import Desk, Found, found, people_of, views
from server.events.envelope import Change
from server.people.present import person_puts_for

SHOWN, OWNERS = 5, 3


class DuplicateView(msgspec.Struct, frozen=True):
    """Something is like it in `field`. `strength` hard: it cannot be saved; soft: with a verdict. `record` is null where I may not read
    it; then `owner` is whose it is, where the company lets that be told."""

    field: str
    strength: Literal["hard", "soft"]
    record: RecordView | None
    owner: int | None


class Duplicates(msgspec.Struct, frozen=True):
    """Empty: nothing is like it."""

    items: list[DuplicateView]
    also: list[Change]


def told(desk: Desk, matches: Sequence[Match]) -> Duplicates:
    """At most five records of each field, and of the others one line, or one for each of three owners."""
    t = desk.kind.table
    ids = {one.record_id for one in matches}
    mine = {row.id: found(desk, row) for row in desk.conn.execute(desk.readable().where(t.c.id.in_(ids)))}
    closed = {one.record_id for one in matches if not _is_open(desk, mine, one)}
    owners = _owners(desk, closed)
    seen = {view.id: view for view in views(desk, list(mine.values()))}
    items: dict[tuple[str, bool, int | None], DuplicateView] = {}
    for one in matches:
        is_open = _is_open(desk, mine, one)
        owner = None if is_open else owners.get(one.record_id)
        place = (one.field, is_open, one.record_id if is_open else owner)
        if sum(key[:2] == place[:2] for key in items) < (SHOWN if is_open else OWNERS):
            strength: Literal["hard", "soft"] = "hard" if one.is_hard else "soft"
            record = seen[one.record_id] if is_open else None
            items.setdefault(place, DuplicateView(one.field, strength, record, owner))
    told_of = {view.record.id for view in items.values() if view.record}
    named = [view.owner for view in items.values() if view.owner]
    people = [
        *people_of(desk, [mine[one] for one in told_of]),
        *person_puts_for(desk.conn, desk.actor, named),
    ]
    return Duplicates(list(items.values()), list({(one.kind, one.id): one for one in people}.values()))


def _is_open(desk: Desk, mine: Mapping[int, Found], one: Match) -> bool:
    """Whether it may be told which record this is: not to who does not see the field on it at all."""
    record = mine.get(one.record_id)
    return record is not None and record.rights.sees(desk.shape.fields[one.field].cls) != "hidden"


def _owners(desk: Desk, ids: set[int]) -> dict[int, int | None]:
    """Whose these are, where that may be told."""
    if not ids or not names_owner(desk.conn):
        return {}
    t = desk.kind.table
    rows = desk.conn.execute(select(t.c.id, t.c.owner_id).where(t.c.id.in_(ids)))
    return {row.id: row.owner_id for row in rows}
