"""A colleague as a card."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from server.cards.cards import CardView
from server.db.hot import Hot, among
from server.kit.module import Module
from server.org.models import Department, Person
from server.people.policies import MAY_READ_PEOPLE
from server.people.present import persons
from server.permissions.actor import Actor
from server.permissions.models import PersonRole, RoleCapability

_PATHS = Hot(select(Department.id, Department.path).where(among(Department.id, "ids")))


def seen_by(conn: Connection, actor: Actor, modules: Sequence[Module], person_id: int) -> ColumnElement[bool]:
    """For whoever sees the directory."""
    reading = (
        select(PersonRole.person_id)
        .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
        .where(RoleCapability.capability == MAY_READ_PEOPLE.capability)
    )
    return Person.id.in_(reading)


def cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    """Name, and main department with title below it."""
    views = persons(conn, ids)
    mains = {view.department_ids[0] for view in views if view.department_ids}
    paths: dict[int, str] = dict(_PATHS.rows(conn, {"ids": mains}))
    return [
        CardView(
            "person",
            view.id,
            False,
            view.name,
            " · ".join(
                part for part in (paths.get(next(iter(view.department_ids), 0), ""), view.title) if part
            ),
            person_id=view.id,
            state=view.state,
            version=view.version,
        )
        for view in views
    ]
