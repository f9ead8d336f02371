"""What somebody who leaves still holds: each domain says how much of its own (declared as `HandoverPart`). Shown before it is confirmed.

Later the same parts say to whom it goes: the seam for records and to-dos of issues F and on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, func, select

from server.kit.problems import NotFound
from server.org.models import Person
from server.people.leaving import refusal_of
from server.permissions.actor import Actor
from server.permissions.guard import editors


@dataclass(frozen=True)
class HandoverPart:
    """`kind` is translated by the client (`leaving.part_KIND`); `count` says how many such things the person holds."""

    kind: str
    count: Callable[[Connection, int], int]


class HandoverItem(msgspec.Struct, frozen=True):
    kind: str
    count: int


class HandoverPlan(msgspec.Struct, frozen=True):
    """`refusal`: why this person cannot leave (`oneself`, `left_already`, `last_editor`) or an empty text.

    `manager_id`: to whom the reports would pass.
    """

    person_id: int
    refusal: str
    manager_id: int | None
    items: list[HandoverItem]


def plan(conn: Connection, actor: Actor, person_id: int, parts: Sequence[HandoverPart]) -> HandoverPlan:
    """Only what there is more than none of. Raises `NotFound`."""
    row = conn.execute(select(Person.state, Person.manager_id).where(Person.id == person_id)).first()
    if row is None:
        raise NotFound()
    counted = [HandoverItem(part.kind, part.count(conn, person_id)) for part in parts]
    return HandoverPlan(
        person_id,
        refusal_of(row.state, actor.id == person_id, editors(conn) == [person_id]),
        row.manager_id,
        [item for item in counted if item.count],
    )


def count_reports(conn: Connection, person_id: int) -> int:
    return conn.execute(
        select(func.count()).where(Person.manager_id == person_id, Person.state != "left")
    ).scalar_one()
