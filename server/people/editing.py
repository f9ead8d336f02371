"""An administrator changes one person: name, title, sign-in names, departments, manager, kind. Also several moved at once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from server.kit.problems import Forbidden, NotFound, WrongState, invalid
from server.kit.text import clean
from server.org.known import must_be_departments
from server.org.models import Department, Person
from server.people import cell_values as values
from server.people import sign_in_names
from server.people.cell_values import sign_in_key
from server.people.manager_chain import must_not_circle
from server.people.membership import hold_org
from server.people.places import head, seat
from server.people.present import departments_of
from server.people.spelling import sound_of
from server.people.standing import change_kind
from server.people.telling import tell
from server.people.versions import bump, check_fresh
from server.permissions import roles
from server.permissions.actor import Actor
from server.permissions.automatic import settle_managers
from server.permissions.scopes import people_within
from server.work.work import Work

IDENTIFIERS: Final = ("staff_number", "phone", "email")
MOST_AT_ONCE: Final = 100


def change(work: Work, actor: Actor, person_id: int, version: int, fields: Mapping[str, Any]) -> None:
    """`fields` by name, as `PersonChange` holds them. Fields that somebody else changed meanwhile are refused, others merge."""
    hold_org(work.conn)
    row = editable(work.conn, actor, person_id)
    now = {name: getattr(row, name) or "" for name in ("name", "title", *IDENTIFIERS)}
    seats = departments_of(work.conn, [person_id])[person_id]
    now |= {"manager_id": row.manager_id, "kind": row.kind, "department_ids": seats}
    wanted = {name: _tidy(name, value) for name, value in fields.items()}
    check_fresh(version, row.version, row.field_versions, wanted, now)
    changed = {name: value for name, value in wanted.items() if value != now[name]}
    if not changed:
        return
    _check(work.conn, actor, row, changed, now | changed)
    _write(work, row, changed, now | changed)
    led = set()
    if "kind" in changed:
        change_kind(work, person_id, changed["kind"])
        led = head(work, {person_id: ()}) if changed["kind"] == "external" else set()
    if "department_ids" in changed:
        led |= seat(work, {person_id: changed["department_ids"]})
    managers = {row.manager_id, changed["manager_id"]} if "manager_id" in changed else set()
    settle_managers(work, {one for one in managers if one is not None})
    bump(work.conn, {person_id: changed})
    details: dict[str, Any] = {"fields": sorted(changed)}
    for name in ("department_ids", "manager_id", "kind"):
        if name in changed:
            details[name] = {"before": now[name], "after": changed[name]}
    work.audit("person.changed", ("person", person_id), **details)
    moved = [person_id] if {"department_ids", "kind"} & set(changed) else []
    tell(work, actor.id, people=[person_id], departments=led, moved=moved)


def editable(conn: Connection, actor: Actor, person_id: int) -> Row[Any]:
    """The person, within the actor's scope of `people.edit`. Raises `NotFound`; robots are not edited here."""
    row = conn.execute(
        select(Person.__table__).where(Person.id == person_id, people_within(actor, "people.edit"))
    ).first()
    if row is None:
        raise NotFound()
    if row.kind == "bot":
        raise WrongState("A robot is changed where it is set up.")
    return row


def move(work: Work, actor: Actor, department_id: int, people: Sequence[int], *, as_main: bool) -> int:
    """Several people come to a department: it takes the place of their main one, or is added behind. Answers how many it changed."""
    hold_org(work.conn)
    if not 1 <= len(people) <= MOST_AT_ONCE:
        raise invalid("people", "range", f"1 to {MOST_AT_ONCE} people.", minimum=1, maximum=MOST_AT_ONCE)
    target = select(Department.id).where(Department.id == department_id, Department.removed_at.is_(None))
    if work.conn.execute(target).first() is None:
        raise NotFound()
    found = select(Person.id).where(
        Person.id.in_(people),
        Person.kind != "bot",
        Person.state != "left",
        people_within(actor, "people.edit"),
    )
    missing = set(people) - set(work.conn.execute(found).scalars())
    if missing:
        raise invalid("people", "not_found", "Some of these people are not there.", ids=sorted(missing)[:20])
    seats = departments_of(work.conn, people)
    wanted = {one: _seats_after(seats[one], department_id, as_main) for one in people}
    wanted = {one: after for one, after in wanted.items() if after != seats[one]}
    if any(len(after) > values.MAX_DEPARTMENTS for after in wanted.values()):
        raise invalid(
            "people",
            "too_many_departments",
            f"At most {values.MAX_DEPARTMENTS}.",
            limit=values.MAX_DEPARTMENTS,
        )
    if not wanted:
        return 0
    led = seat(work, wanted)
    bump(work.conn, {one: ["department_ids"] for one in wanted})
    work.audit(
        "person.moved", ("department", department_id), people=sorted(wanted), how="main" if as_main else "add"
    )
    tell(work, actor.id, people=list(wanted), departments=led, moved=wanted)
    return len(wanted)


def _seats_after(seats: Sequence[int], department_id: int, as_main: bool) -> list[int]:
    if as_main:
        return [department_id, *(one for one in seats[1:] if one != department_id)]
    return list(dict.fromkeys([*seats, department_id]))


def _tidy(name: str, value: Any) -> Any:
    """A field as it is stored, or `Invalid` naming it."""
    if name == "name":
        return clean(value, name, limit=values.MAX_NAME, single_line=True)
    if name == "title":
        return clean(value, name, limit=values.MAX_TITLE, required=False, single_line=True)
    if name == "staff_number":
        number = values.staff_number(clean(value, name, limit=300, required=False, single_line=True))
        if len(number) > values.MAX_STAFF_NUMBER:
            raise invalid(name, "too_long", "Too long.", limit=values.MAX_STAFF_NUMBER)
        return number
    if name in ("phone", "email"):
        text = clean(value, name, limit=300, required=False, single_line=True)
        read = values.phone(text) if name == "phone" else values.email(text)
        if text and read is None:
            raise invalid(name, f"{name}_invalid", "This is no such number or address.")
        return read or ""
    if name == "department_ids":
        return list(dict.fromkeys(value))
    return value


def _check(
    conn: Connection, actor: Actor, row: Row[Any], changed: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """What the database alone would not refuse in words."""
    names = [name for name in IDENTIFIERS if name in changed]
    if (
        (names or "kind" in changed)
        and not actor.can("roles.edit")
        and roles.holds(conn, row.id, "roles.edit")
    ):
        # With another's sign-in name comes the account: who decides about rights is touched only by their like.
        raise Forbidden("Only somebody who may edit roles changes how this person signs in.")
    if names:
        _check_sign_in(conn, row, changed, after)
    if changed.get("manager_id") is not None:
        must_not_circle(conn, row.id, changed["manager_id"])
    if "department_ids" in changed:
        if len(changed["department_ids"]) > values.MAX_DEPARTMENTS:
            raise invalid("department_ids", "too_many_departments", "Too many.", limit=values.MAX_DEPARTMENTS)
        must_be_departments(conn, changed["department_ids"], "department_ids")
    if "kind" in changed and row.id == actor.id:
        raise invalid("kind", "oneself", "Nobody makes an outsider of themselves.")


def _check_sign_in(
    conn: Connection, row: Row[Any], changed: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    if not any(after[name] for name in IDENTIFIERS):
        raise invalid("staff_number", "identifier_missing", "One way to sign in must remain.")
    for name in IDENTIFIERS:
        if changed.get(name):
            owner = sign_in_names.owner_of(conn, sign_in_key(changed[name]))
            if owner not in (None, row.id):
                raise invalid(name, "sign_in_name_taken", "Another person already signs in with this.")


def _write(work: Work, row: Row[Any], changed: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    columns: dict[str, Any] = {
        name: changed[name] for name in ("name", "title", "manager_id") if name in changed
    }
    columns |= {name: changed[name] or None for name in IDENTIFIERS if name in changed}
    if "name" in changed:
        columns["pinyin"], columns["initials"] = sound_of(changed["name"])
    if columns:
        work.conn.execute(update(Person).where(Person.id == row.id).values(columns))
    if any(name in changed for name in IDENTIFIERS):
        keys = {sign_in_key(after[name]) for name in IDENTIFIERS if after[name]}
        sign_in_names.write(work, {row.id: keys})
