"""Says while somebody composes who will not see this (N2): the mentioned whom the audience leaves out, and for each card how many of the
audience may not see what it shows. A few counting statements, whatever the company's size; nothing is told that the author may not see.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from feed import audience
from feed.reach.inputs import ReachInput
from feed.reach.present import CardReach, ClassReach, DepartmentOutside, Reach
from server.cards import blind, carrying
from server.cards.cards import Ref, parts_of, seen_by
from server.kit.module import Module
from server.org.models import DepartmentClosure, Person, PersonDepartment
from server.people.present import person_puts_for
from server.permissions.actor import Actor


def reach(conn: Connection, actor: Actor, modules: Sequence[Module], wish: ReachInput) -> Reach:
    """Raises `AudienceEmpty`, `Invalid` on the audience, or on `cards[n]` for one that the author does not see."""
    to = audience.known(conn, wish.audience)
    cards = carrying.carried(conn, modules, carrying.wanted(actor, wish.cards))
    inside = audience.people_in(to.everyone, to.departments, to.people)
    reading = inside & (Person.id != actor.id)
    people = _outside(conn, wish.people, inside, actor)
    shown = [_card(conn, actor, modules, Ref(one.kind, one.id), reading) for one in cards]
    named = sorted({*people, *(one for card in shown for one in card.people)})
    return Reach(
        conn.execute(select(func.count()).select_from(Person).where(reading)).scalar_one(),
        people,
        _departments_outside(conn, wish.departments, inside, actor),
        shown,
        list(person_puts_for(conn, actor, named)),
    )


def _outside(conn: Connection, people: Sequence[int], inside: ColumnElement[bool], actor: Actor) -> list[int]:
    """In the order in which they are mentioned."""
    if not people:
        return []
    there = Person.id.in_(people) & (Person.state != "left") & (Person.id != actor.id)
    found = set(conn.execute(select(Person.id).where(there, ~inside)).scalars())
    return [one for one in dict.fromkeys(people) if one in found]


def _departments_outside(
    conn: Connection, departments: Sequence[int], inside: ColumnElement[bool], actor: Actor
) -> list[DepartmentOutside]:
    if not departments:
        return []
    above = DepartmentClosure.ancestor_id
    rows = conn.execute(
        select(above, func.count(Person.id.distinct()))
        .select_from(DepartmentClosure)
        .join(PersonDepartment, PersonDepartment.department_id == DepartmentClosure.descendant_id)
        .join(Person, Person.id == PersonDepartment.person_id)
        .where(above.in_(departments), Person.state != "left", Person.id != actor.id, ~inside)
        .group_by(above)
    )
    counted = {row[0]: row[1] for row in rows}
    return [DepartmentOutside(one, counted[one]) for one in dict.fromkeys(departments) if one in counted]


def _card(
    conn: Connection, actor: Actor, modules: Sequence[Module], ref: Ref, reading: ColumnElement[bool]
) -> CardReach:
    seeing = seen_by(conn, actor, modules, ref)
    if seeing is None:
        return CardReach(ref.kind, ref.id, None, [])
    count, first = blind.count(conn, reading & ~seeing)
    parts = parts_of(conn, actor, modules, ref)
    if parts is None:
        return CardReach(ref.kind, ref.id, count, first)
    missed = [
        ClassReach(cls, blind.count(conn, reading & seeing & ~clear)[0]) for cls, clear in parts.clear.items()
    ]
    partly = [one for one in missed if one.people]
    return CardReach(ref.kind, ref.id, count, first, partly, parts.may_grant)
