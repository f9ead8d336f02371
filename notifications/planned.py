"""Reminders that a domain sets by itself, for people who are to come: they fire as those that people set (`reminders.py`)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from notifications import reminders
from notifications.events import reminder_changed, reminder_left
from notifications.models import Reminder, ReminderPerson
from server.cards.cards import Ref
from server.work.work import Work


def plan(work: Work, made_by: int, about: Ref, at: datetime, people: Sequence[int]) -> int:
    """A reminder at a time that lies ahead; its id. Who may not see the thing when it fires is not reminded."""
    return reminders.keep(work, made_by, about, at, people, "").id


def withdraw(work: Work, ids: Sequence[int]) -> None:
    """They do not fire any more, and what they opened is closed."""
    gone = work.conn.execute(
        update(Reminder)
        .where(Reminder.id.in_(ids), Reminder.state != "cancelled")
        .values(state="cancelled")
        .returning(Reminder.id)
    ).scalars()
    for one in sorted(gone):
        work.record(reminder_changed(reminders.view_of(work.conn, one)))


def join(work: Work, ids: Sequence[int], person_id: int) -> None:
    """This person is reminded too, by those that still wait."""
    there = select(ReminderPerson.reminder_id).where(ReminderPerson.person_id == person_id)
    waiting = select(Reminder.id).where(
        Reminder.id.in_(ids), Reminder.state == "waiting", Reminder.id.not_in(there)
    )
    found = work.conn.execute(waiting.order_by(Reminder.id)).scalars().all()
    for one in found:
        work.conn.execute(insert(ReminderPerson).values(reminder_id=one, person_id=person_id))
        work.record(reminder_changed(reminders.view_of(work.conn, one)))


def leave(work: Work, ids: Sequence[int], person_id: int) -> None:
    """This person is not reminded any more."""
    gone = work.conn.execute(
        delete(ReminderPerson)
        .where(ReminderPerson.reminder_id.in_(ids), ReminderPerson.person_id == person_id)
        .returning(ReminderPerson.reminder_id)
    ).scalars()
    for one in sorted(gone):
        work.record(reminder_left(person_id, one))
