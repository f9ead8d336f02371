"""The records that are like what somebody has: by their keys, by index, whoever may read them. What is told of them: `telling.py`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select, union_all

from crm_objects.duplicates.filling import is_whole
from crm_objects.duplicates.hashes import KEYS, Valued, fields_of, valued
from crm_objects.engine.reading import Desk
from server.secrets.box import Secrets

MOST = 20


@dataclass(frozen=True)
class Match:
    """`field` as it was asked for; the record may hold the value in another field of the same key."""

    field: str
    is_hard: bool
    record_id: int


def matches(
    desk: Desk,
    secrets: Secrets,
    stored: Mapping[str, Any],
    fields: Collection[str],
    record_id: int | None,
    hard: Collection[str],
) -> list[Match]:
    """Other records than `record_id` that are like `stored` in one of `fields`: the newest few of each value, in the order of fields."""
    asked = [one for one in valued(desk.shape, secrets, stored) if one.field in fields]
    found: dict[Match, None] = {}
    if not asked:
        return []
    parts = [
        _holders(desk, one, hashed, stored, record_id) for one in asked for hashed in one.hashes.values()
    ]
    by_hash: dict[tuple[str, bytes], list[int]] = {}
    for row in desk.conn.execute(union_all(*parts)):
        by_hash.setdefault((row.field, row.hash), []).append(row.record_id)
    whole = is_whole(desk.conn, desk.kind, secrets)
    for one in asked:
        is_hard = one.key.name in hard
        ids = [other for hashed in one.hashes.values() for other in by_hash.get((one.key.name, hashed), [])]
        if is_hard and not whole:
            ids += _in_columns(desk, one, str(stored[one.field]), record_id)
        found |= dict.fromkeys(Match(one.field, is_hard, other) for other in ids)
    return list(found)


def _holders(desk: Desk, one: Valued, hashed: bytes, stored: Mapping[str, Any], record_id: int | None) -> Any:
    """The newest records with one hash; a select of its own, so that each walks the index backwards."""
    c = KEYS.c
    query = select(c.field, c.hash, c.record_id).where(
        c.kind == desk.kind.kind, c.field == one.key.name, c.hash == hashed
    )
    if record_id is not None:
        query = query.where(c.record_id != record_id)
    link = desk.kind.parent
    if one.key.apart_from_siblings and link is not None and stored.get(link.name) is not None:
        t = desk.kind.table
        query = query.where(~exists().where(t.c.id == c.record_id, t.c[link.name] == stored[link.name]))
    return select(query.order_by(c.record_id.desc()).limit(MOST).subquery())


def _in_columns(desk: Desk, one: Valued, value: str, record_id: int | None) -> Sequence[int]:
    """While keys are not filled yet: who has just this value in a column."""
    t = desk.kind.table
    written = {value, value.upper(), value.lower()}
    found: list[int] = []
    for name in fields_of(desk.shape, one.key):
        if name in t.c:
            here = (t.c[name].in_(written), t.c.id != (record_id or 0), t.c.merged_into.is_(None))
            found += desk.conn.execute(select(t.c.id).where(*here).limit(MOST)).scalars()
    return found
