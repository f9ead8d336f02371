"""Scopes over persons: each is one query condition on `Person.id`, used for one person and for lists alike."""

from sqlalchemy import ColumnElement, false, or_, select, true

from server.org.lines import below, colleagues_of, managers_of, members_of
from server.org.models import Person, PersonDepartment
from server.permissions.actor import Actor


def people_within(actor: Actor, capability: str) -> ColumnElement[bool]:
    """The persons over whom the actor holds this capability."""
    parts = [_condition(actor, scope) for scope in sorted(actor.scopes(capability))]
    return or_(*parts) if parts else false()


def _condition(actor: Actor, scope: str) -> ColumnElement[bool]:
    match scope:
        case "all":
            return true()
        case "own":
            return Person.id == actor.id
        case "below":
            return Person.id.in_(below(actor.id))
        case "own_line":
            return Person.id.in_(below(actor.id)) | Person.id.in_(managers_of(actor.id))
        case "own_department":
            return Person.id.in_(colleagues_of(actor.id))
        case "department_below":
            own = select(PersonDepartment.department_id).where(PersonDepartment.person_id == actor.id)
            return Person.id.in_(members_of(own))
        case "headed_below":
            headed = select(PersonDepartment.department_id).where(
                PersonDepartment.person_id == actor.id, PersonDepartment.is_head
            )
            return Person.id.in_(members_of(headed))
        case _:
            return false()
