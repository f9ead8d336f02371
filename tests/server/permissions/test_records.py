"""Every declared kind × owner × relation × scopes × acts and field classes, as the reviewed rules say (record_rules.py), asked of the
very conditions and presentation that all routes go through. tests/crm_objects/test_rights.py holds the same against the routes."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from crm_objects.engine import filters, reading
from crm_objects.engine.fields import CLASSES as DECLARED_CLASSES
from crm_objects.engine.fields import Field, TextField
from crm_objects.engine.filters import Asked
from crm_objects.engine.models import RecordTeam
from crm_objects.engine.reading import Desk, desk_of
from crm_objects.engine.record_type import Kinds, RecordType, kinds_of
from crm_objects.pools.models import Pool, PoolDepartment, PoolPerson
from server.kit.clock import real_now
from server.org.models import Person, PersonDepartment
from server.permissions.actor import Actor
from server.work.work import Work
from tests.house import House
from tests.server.api.people import department_id
from tests.server.permissions import record_rules as rules
from tests.server.permissions.record_rules import (
    AT_HOME,
    CLASSES,
    IN_POOLS,
    NOBODY,
    OWNERS,
    REACH,
    RELATIONS,
    THROUGH_PARENT,
)

READ = "records.read"
OTHERS = (
    "records.write", "records.change_owner", "records.delete", "records.reveal", "records.see_financial", "records.see_internal",
)  # fmt: skip
OTHER_SCOPES = ("", "own", "below", "headed_below", "all")


@dataclass(frozen=True)
class Row:
    """One record of the matrix, and how A stands to it."""

    id: int
    owner: str
    relation: str
    voided: bool


def relations_of(kinds: Kinds, kind: RecordType) -> Iterator[tuple[str, str]]:
    """(owner, relation), as far as they can be together."""
    related = (*RELATIONS, *THROUGH_PARENT) if kind.parent else RELATIONS
    for owner, relation in itertools.product(OWNERS, related):
        if owner != "A" or relation not in (
            "reading team",
            "writing team",
        ):  # nobody is on the team of their own
            yield owner, relation
    if kind.pooled:
        yield from itertools.product(("A", "R", "E"), AT_HOME)
    if lies_in_pools(kinds, kind):
        loose = (one for one in related if one not in ("none", "owns the parent"))
        yield from itertools.product((NOBODY,), (*loose, *IN_POOLS))


def lies_in_pools(kinds: Kinds, kind: RecordType) -> bool:
    """Itself, or as what follows such a record."""
    return kind.pooled or (kind.parent is not None and kinds[kind.parent.to].pooled)


def shown_fields(kind: RecordType) -> dict[str, Field]:
    """One field of each class that the kind has."""
    found: dict[str, Field] = {}
    alone = {name for key in kind.keys if key.is_hard for name in key.fields}
    for field in kind.fields:
        if isinstance(field, TextField) and field.name not in alone:
            found.setdefault(field.cls, field)
    return found


class Undone(Exception):
    """The matrix's people and records are gone again after it."""


def _people(work: Work, sits: dict[str, int]) -> dict[str, int]:
    made: dict[str, int] = {}
    for name in "MAREBC":
        leader = {"A": made.get("M"), "R": made.get("A")}.get(name)
        row = {
            "kind": "employee",
            "state": "active",
            "name": f"矩阵{name}",
            "created_at": real_now(),
            "manager_id": leader,
        }
        made[name] = int(work.conn.execute(insert(Person).values(**row).returning(Person.id)).scalar_one())
        place = {"person_id": made[name], "department_id": sits[name], "is_main": True, "position": 0}
        work.conn.execute(insert(PersonDepartment).values(**place, since=real_now(), is_head=name == "A"))
    return made


def _pools(work: Work, kind: RecordType, people: dict[str, int], department: int) -> dict[str, int]:
    """How A stands to what lies in it → a pool. None has anybody else in it."""
    made: dict[str, int] = {}
    for relation in IN_POOLS:
        row = {
            "kind": kind.kind,
            "name": f"矩阵 {relation}",
            "created_at": work.now,
            "created_by": people["E"],
        }
        made[relation] = int(work.conn.execute(insert(Pool).values(**row).returning(Pool.id)).scalar_one())
    for relation, role in (("member of its pool", "member"), ("administrator of its pool", "admin")):
        place = {"pool_id": made[relation], "person_id": people["A"], "role": role, "since": work.now}
        work.conn.execute(insert(PoolPerson).values(**place))
    home = {"pool_id": made["of a department of its pool"], "department_id": department, "kind": kind.kind}
    work.conn.execute(insert(PoolDepartment).values(**home))
    return made


def _records(
    work: Work, kinds: Kinds, kind: RecordType, people: dict[str, int], pools: dict[str, dict[str, int]]
) -> Iterator[Row]:
    for (owner, relation), voided in itertools.product(relations_of(kinds, kind), (False, True)):
        values: dict[str, Any] = {field.name: "13800001234" for field in shown_fields(kind).values()}
        parent = kind.parent
        if parent is not None:
            above = kinds[parent.to]
            more: dict[str, Any] = {above.title: "上级"}
            whose = people["A" if relation == "owns the parent" else "E"] if owner != NOBODY else None
            if whose is None:
                more["pool_id"] = _pool_of(pools[above.kind], relation)
            values[parent.name] = _insert(work, above, whose, people["E"], False, more)
            if relation.startswith("parent's"):
                _join(work, above, values[parent.name], people, relation)
        elif owner == NOBODY or relation in AT_HOME:
            values["pool_id"] = _pool_of(pools[kind.kind], relation)
        maker = "A" if relation == "made it" else "E"
        values[kind.title] = "矩阵"
        made = _insert(work, kind, people.get(owner), people[maker], voided, values)
        if relation in ("reading team", "writing team"):
            _join(work, kind, made, people, relation)
        yield Row(made, owner, relation, voided)


def _pool_of(pools: dict[str, int], relation: str) -> int:
    """The one that this relation is about, else one that is not A's."""
    return pools.get(relation.replace("home", "pool"), pools["nobody of its pool"])


def _insert(
    work: Work, kind: RecordType, owner: int | None, maker: int, voided: bool, values: dict[str, Any]
) -> int:
    now = work.now
    more = {"created_at": now, "created_by": maker, "updated_at": now, "voided_at": now if voided else None}
    made = insert(kind.table).values(owner_id=owner, **more, **values).returning(kind.table.c.id)
    return int(work.conn.execute(made).scalar_one())


def _join(work: Work, kind: RecordType, record: int, people: dict[str, int], relation: str) -> None:
    access = "write" if "writing" in relation else "read"
    row = {
        "kind": kind.kind,
        "record_id": record,
        "person_id": people["A"],
        "role": "member",
        "access": access,
    }
    work.conn.execute(insert(RecordTeam).values(**row, since=work.now, added_by=people["E"]))


def actor_with(person: int, read: str, others: str) -> Actor:
    held = {READ: frozenset({read})} if read else {}
    if others:
        held |= dict.fromkeys(OTHERS, frozenset({others}))
    return Actor(person, "employee", "A", 0, held)


async def test_every_scope_relation_and_class_is_as_the_rules_say(shared: House) -> None:
    assert set(DECLARED_CLASSES) == set(CLASSES)
    kinds = kinds_of(shared.company.modules)
    upper, lower = await department_id(shared, "华东"), await department_id(shared, "华东/销售一部")
    elsewhere = await department_id(shared, "总部/财务部")
    sits = {"A": upper, "C": upper, "B": lower, "R": elsewhere, "M": elsewhere, "E": elsewhere}
    cells = 0
    wrong: list[str] = []

    def turn(work: Work) -> None:
        nonlocal cells
        people = _people(work, sits)
        pools = {name: _pools(work, kind, people, upper) for name, kind in kinds.items() if kind.pooled}
        for kind in kinds.values():
            rows = list(_records(work, kinds, kind, people, pools))
            for read, others in itertools.product(REACH, OTHER_SCOPES):
                desk = desk_of(work.conn, actor_with(people["A"], read, others), kinds, kind)
                there = _as_presented(desk, rows)
                clear = _filtered(Asked(desk, shared.company), rows)
                for row in rows:
                    wanted, found = _wanted(kind, row, read, others), there.get(row.id, {"found": False})
                    found |= {f"filter {cls}": row.id in ids for cls, ids in clear.items()}
                    cells += len(wanted)
                    about = f"{kind.kind} {row}, read {read or '-'}, others {others or '-'}"
                    wrong.extend(
                        f"{about}: {cell}: {found.get(cell)}, not {value}"
                        for cell, value in wanted.items()
                        if found.get(cell) != value
                    )
        raise Undone

    with pytest.raises(Undone):
        await shared.company.write(turn)
    print(f"{cells:,} cells over {', '.join(kinds)}")
    assert not wrong, "\n".join(
        [f"{len(wrong)} of {cells} cells are not as reviewed (record_rules.py):", *wrong[:40]]
    )
    assert cells >= 30_000


def _as_presented(desk: Desk, rows: list[Row]) -> dict[int, dict[str, Any]]:
    """What a list, a card or a page shows of each, from one query; lists and single look-ups agree."""
    t = desk.kind.table
    ids = [row.id for row in rows]
    found = [reading.found(desk, row) for row in desk.conn.execute(desk.readable().where(t.c.id.in_(ids)))]
    listed = select(func.count()).select_from(t).where(t.c.id.in_(ids), desk.rights.listed())
    assert desk.conn.execute(listed).scalar_one() == len(found)
    fields = shown_fields(desk.kind)
    shown = {}
    for view in reading.views(desk, found):
        cells: dict[str, Any] = {"found": True} | {act: act in view.may for act in rules.ACTS}
        for cls, field in fields.items():
            value = view.fields.get(field.name)
            cells[cls] = (
                rules.GONE if value is None else rules.PART if isinstance(value, dict) else rules.CLEAR
            )
        shown[view.id] = cells
    return shown


def _filtered(asked: Asked, rows: list[Row]) -> dict[str, set[int]]:
    """By class: the records that a filter on a field of it finds."""
    desk, t = asked.desk, asked.desk.kind.table
    found = {}
    for cls, field in shown_fields(desk.kind).items():
        if cls in ("basic", "identity"):
            continue
        where = filters.conditions(asked, [filters.Filter(field.name, "filled")])
        query = select(t.c.id).where(desk.rights.readable(), *where, t.c.id.in_([row.id for row in rows]))
        found[cls] = set(desk.conn.execute(query).scalars())
    return found


def _wanted(kind: RecordType, row: Row, read: str, others: str) -> dict[str, Any]:
    fields = shown_fields(kind)
    has = rules.is_found(read, row.owner, row.relation)
    asked = [cls for cls in fields if cls not in ("basic", "identity")]
    if not has:
        return {"found": False} | {f"filter {cls}": False for cls in asked}
    seen = {cls: rules.sees(cls, others, row.owner, row.relation) for cls in fields}
    acts = {
        act: rules.may(act, others, row.owner, row.relation, row.voided, set(fields)) for act in rules.ACTS
    }
    acts |= dict.fromkeys(rules.NEVER.get(kind.kind, ()), False)
    clear = {f"filter {cls}": seen[cls] == rules.CLEAR for cls in asked}
    return {"found": True, **acts, **seen, **clear}
