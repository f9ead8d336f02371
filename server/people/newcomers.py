"""Adding one person at a time: invited from the directory, or let in after asking. Called by `inviting` and `server/joining`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from server.api.inputs import EntityId, Line
from server.events.envelope import EVERYONE, Event
from server.kit.problems import FieldError, Invalid, invalid
from server.kit.text import clean
from server.org.known import must_be_departments
from server.org.models import Person, SignInName
from server.people import cell_values
from server.people.cell_values import sign_in_key
from server.people.founding import NewPerson, make_people
from server.people.present import person_puts
from server.permissions.automatic import settle_managers
from server.work.work import Work


class Place(msgspec.Struct, forbid_unknown_fields=True):
    """Where somebody new sits. The main department first; externals are in none of «everyone»'s posts."""

    department_ids: list[EntityId] = []
    manager_id: EntityId | None = None
    title: Line = ""
    kind: Literal["employee", "external"] = "employee"


class Names(msgspec.Struct, forbid_unknown_fields=True):
    """One of phone, staff number and e-mail at least."""

    name: Line
    phone: Line = ""
    staff_number: Line = ""
    email: Line = ""


def drawn(names: Names, place: Place) -> NewPerson:
    """The person as stored. Raises `Invalid` naming each wrong field."""
    name = clean(names.name, "name", limit=cell_values.MAX_NAME, single_line=True)
    title = clean(place.title, "title", limit=cell_values.MAX_TITLE, required=False, single_line=True)
    phone, email, number = names.phone.strip(), names.email.strip(), names.staff_number.strip()
    errors = []
    if phone and (phone := cell_values.phone(phone) or "") == "":
        errors.append(FieldError("phone", "phone_invalid", "Not a phone number."))
    if email and (email := cell_values.email(email) or "") == "":
        errors.append(FieldError("email", "email_invalid", "Not an e-mail address."))
    number = cell_values.staff_number(number)
    if len(number) > cell_values.MAX_STAFF_NUMBER or not cell_values.is_storable(number):
        errors.append(FieldError("staff_number", "too_long", "This cannot be a staff number."))
    if not errors and not (phone or email or number):
        errors.append(FieldError("phone", "identifier_missing", "A phone, an e-mail or a staff number."))
    if len(place.department_ids) > cell_values.MAX_DEPARTMENTS:
        errors.append(FieldError("department_ids", "too_many", "Too many departments."))
    if errors:
        raise Invalid(errors[0].detail, errors=tuple(errors))
    ids = list(dict.fromkeys(place.department_ids))
    return NewPerson(name, number, phone, email, title, ids, kind=place.kind, manager_id=place.manager_id)


def add(work: Work, by: int, person: NewPerson) -> int:
    """Makes the person; colleagues see it at once. Raises `Invalid` for names that are taken, or a place that is not there."""
    _must_be_free(work.conn, person)
    must_be_departments(work.conn, person.department_ids, "department_ids")
    if person.manager_id is not None:
        _must_be_manager(work.conn, person.manager_id)
    role = "external" if person.kind == "external" else "member"
    made = make_people(work, [person], [role])[0]
    if person.manager_id is not None:
        settle_managers(work, {person.manager_id})
    work.record(Event("person.changed", [EVERYONE], person_puts(work.conn, [made]), actor=by))
    return made


def _must_be_free(conn: Connection, person: NewPerson) -> None:
    """Which of the names somebody already signs in with; the one who adds sees the directory anyway."""
    given = {"phone": person.phone, "staff_number": person.staff_number, "email": person.email}
    keys = {field: sign_in_key(value) for field, value in given.items() if value}
    taken = taken_names(conn, list(keys.values()))
    errors = tuple(
        FieldError(field, "sign_in_name_taken", "Somebody already signs in with this.")
        for field, key in keys.items()
        if key in taken
    )
    if errors:
        raise Invalid(errors[0].detail, errors=errors)


def taken_names(conn: Connection, keys: Sequence[str]) -> set[str]:
    return set(conn.execute(select(SignInName.name).where(SignInName.name.in_(keys))).scalars())


def _must_be_manager(conn: Connection, manager_id: int) -> None:
    row = conn.execute(select(Person.kind, Person.state).where(Person.id == manager_id)).first()
    if row is None or row.kind != "employee" or row.state == "left":
        raise invalid("manager_id", "not_found", "This colleague is not here (any more).")


def with_password(person: NewPerson, password_hash: str, language: str) -> NewPerson:
    """Somebody who chose a password already, and is therefore active at once."""
    return replace(person, password_hash=password_hash, language=language)
