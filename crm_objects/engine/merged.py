"""What was merged into another (W42): its id goes on naming something, the survivor. Cards, watches and reading one record lead there;
everything else by the old id is refused and says where to go."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from crm_objects.engine.record_type import RecordType
from server.kit.problems import WrongState

STEPS = 20


class Merged(WrongState):
    """`into` is the record that it is part of now, which the actor may read."""

    def __init__(self, kind: RecordType, into: int) -> None:
        super().__init__(
            "This was merged into another.",
            reason="merged",
            kind=kind.kind,
            into=into,
            next_step="open_survivor",
        )
        self.into = into


def survivors(conn: Connection, kind: RecordType, ids: Sequence[int]) -> dict[int, int]:
    """Those of these that were merged away → what they are now, over any number of merges. One query where none was."""
    t = kind.table
    found: dict[int, int] = {}
    asked = set(ids)
    for _ in range(STEPS if kind.can_merge else 0):
        query = select(t.c.id, t.c.merged_into).where(t.c.id.in_(asked), t.c.merged_into.is_not(None))
        steps = {row.id: row.merged_into for row in conn.execute(query)}
        if not steps:
            break
        found = {one: steps.get(into, into) for one, into in found.items()} | {
            one: into for one, into in steps.items() if one in ids
        }
        asked = set(steps.values())
    return found


def survivor(conn: Connection, kind: RecordType, record_id: int) -> int:
    """The record itself, or what it was merged into."""
    return survivors(conn, kind, [record_id]).get(record_id, record_id)


def away(conn: Connection, kind: RecordType, record_id: int) -> list[int]:
    """Everything that leads to this record, in the order of ids. One query where nothing was merged into it."""
    t = kind.table
    found: list[int] = []
    level = [record_id]
    while level and kind.can_merge:
        level = list(conn.execute(select(t.c.id).where(t.c.merged_into.in_(level))).scalars())
        found += level
    return sorted(found)
