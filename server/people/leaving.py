"""Somebody leaves the company, or comes back (SEC-06, SEC-07). Nothing they made goes away; whatever let them in does, within the act.

What the other domains do about it (sessions end, receipts no longer wait, groups get another owner) are their `Within` reactions to
`person.left` and `person.returned`.
"""

from typing import Any

from sqlalchemy import select, update

from server.events.envelope import EVERYONE, Event
from server.kit.problems import NotFound, SignedOut, WrongState
from server.kit.text import clean
from server.org.models import Person
from server.people import delegations, versions
from server.people.membership import settle
from server.people.present import PersonView, person_puts, persons
from server.permissions.actor import Actor
from server.permissions.automatic import settle_managers
from server.permissions.guard import editors, lock_roles
from server.work.work import Work

MAX_REASON = 200
LEFT, RETURNED = "person.left", "person.returned"


def whom(event: Event) -> int:
    """The person that `person.left` or `person.returned` is about."""
    return event.changes[0].id


def leave(
    work: Work, actor: Actor | None, person_id: int, *, reason: str, pass_reports_up: bool
) -> PersonView:
    """From now on nobody signs in as this person; without `actor` the operator says so.

    Raises `NotFound`, `WrongState` with `reason` oneself | left_already | last_editor, `SignedOut` for who was disabled meanwhile.

    `pass_reports_up`: whoever reported to this person reports to this person's manager now.
    """
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True, required=False)
    by = actor.id if actor else None
    row = _locked(work, by, person_id)
    refusal = refusal_of(row.state, by == person_id, editors(work.conn) == [person_id])
    if refusal:
        raise WrongState(_SENTENCES[refusal], reason=refusal)
    work.conn.execute(update(Person).where(Person.id == person_id).values(state="left", left_at=work.now))
    moved: list[int] = []
    if pass_reports_up:
        moved = list(
            work.conn.execute(
                update(Person)
                .where(Person.manager_id == person_id)
                .values(manager_id=row.manager_id)
                .returning(Person.id)
            ).scalars()
        )
        versions.bump(work.conn, {one: ["manager_id"] for one in moved})
    _settle_line(work, row)
    delegations.end_all_of(work, by, person_id)
    work.audit("person.left", ("person", person_id), reason=said, reports_moved=len(moved))
    puts = person_puts(work.conn, [person_id, *sorted(moved)])
    settle(work, work.record(Event(LEFT, [EVERYONE], puts, actor=by)), [person_id])
    return persons(work.conn, [person_id])[0]


def come_back(work: Work, actor: Actor | None, person_id: int) -> PersonView:
    """Active again with the password they had, or invited when they never set one; in both cases signed in nowhere.

    Raises `NotFound`, `WrongState` with `reason` not_left.
    """
    by = actor.id if actor else None
    row = _locked(work, by, person_id)
    if row.state != "left":
        raise WrongState("This person has not left.", reason="not_left")
    work.conn.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(state="active" if row.password_hash else "invited", left_at=None)
    )
    _settle_line(work, row)
    work.audit("person.returned", ("person", person_id))
    event = Event(RETURNED, [EVERYONE], person_puts(work.conn, [person_id]), actor=by)
    settle(work, work.record(event), [person_id])
    return persons(work.conn, [person_id])[0]


def refusal_of(state: str, is_oneself: bool, is_last_editor: bool) -> str:
    """Why this person cannot be made to leave, or an empty text."""
    if state == "left":
        return "left_already"
    if is_oneself:
        return "oneself"
    return "last_editor" if is_last_editor else ""


_SENTENCES = {
    "left_already": "This person has left already.",
    "oneself": "Nobody disables themselves: ask another administrator.",
    "last_editor": "Then nobody could edit roles any more: give somebody else that role first.",
}


def _settle_line(work: Work, row: Any) -> None:
    """Whoever has one report fewer, or more, may be no manager any more, or one again."""
    settle_managers(work, [one for one in (row.id, row.manager_id) if one is not None])


def _locked(work: Work, by: int | None, person_id: int) -> Any:
    """The person's row, under the lock of whatever changes who may what: of two who disable each other one is first."""
    lock_roles(work.conn)
    ids = {person_id} if by is None else {by, person_id}
    rows = {
        row.id: row
        for row in work.conn.execute(
            select(Person.id, Person.state, Person.manager_id, Person.password_hash)
            .where(Person.id.in_(ids))
            .order_by(Person.id)
            .with_for_update()
        )
    }
    if by is not None and rows[by].state != "active":
        raise SignedOut("You have been disabled meanwhile.")
    if person_id not in rows:
        raise NotFound()
    return rows[person_id]
