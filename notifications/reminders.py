"""Reminders of anything at a time: for oneself or named people who may see the thing (NOTI-02, FEED-19)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, exists, insert, or_, select, update

from notifications.events import reminder_changed, reminder_done, reminder_fired
from notifications.models import Reminder, ReminderPerson
from notifications.policies import REMINDED
from notifications.present import TimedReminder, reminder
from notifications.todos import TodoKind, TodoView
from server.cards.cards import CardKind, CardView, Ref, cards_of
from server.db.hot import Hot
from server.kit.clock import real_now
from server.kit.module import Module, every
from server.kit.problems import NotFound, RecipientsLackAccess, WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor, load_actor
from server.work.company import Company
from server.work.work import Work

JOB = "fire_reminder"
LATEST = timedelta(days=3_650)
MOST_PEOPLE = 50
MAX_NOTE = 200
MOST_COUNTED = 500
_WAITING = Hot(
    select(Reminder.__table__)
    .join(ReminderPerson, ReminderPerson.reminder_id == Reminder.id)
    .where(
        ReminderPerson.person_id == bindparam("person"),
        ReminderPerson.done_at.is_(None),
        Reminder.state == "fired",
    )
    .order_by(Reminder.at.desc(), Reminder.id.desc())
    .limit(bindparam("limit"))
)


def make(
    work: Work, actor: Actor, about: Ref, at: datetime, people: Sequence[int], note: str
) -> TimedReminder:
    """Without people oneself. Raises `NotFound` for a thing one may not see, `RecipientsLackAccess` naming who may not, `Invalid`."""
    if about.kind not in {one.kind for one in every(work.company.modules, CardKind)}:
        raise invalid("about.kind", "choice", "Nobody can be reminded of this kind of thing.")
    _must_lie_ahead(work, at)
    wanted = list(dict.fromkeys(people)) or [actor.id]
    if len(wanted) > MOST_PEOPLE:
        raise invalid("people", "too_many", f"At most {MOST_PEOPLE} people.", limit=MOST_PEOPLE)
    if _card(work.conn, work.company, actor, about).restricted:
        raise NotFound()
    blind = [one for one in wanted if not _may_see(work.conn, work.company, one, about)]
    if blind:
        raise RecipientsLackAccess("Some of these people may not see it.", ids=blind)
    said = clean(note, "note", limit=MAX_NOTE, required=False, single_line=True)
    return keep(work, actor.id, about, at, wanted, said)


def keep(
    work: Work, made_by: int, about: Ref, at: datetime, people: Sequence[int], note: str
) -> TimedReminder:
    """Writes it, queues it and tells whom it concerns. The caller has checked everything."""
    row = work.conn.execute(
        insert(Reminder)
        .values(
            about_kind=about.kind,
            about_id=about.id,
            made_by=made_by,
            made_at=work.now,
            at=at,
            note=note,
            state="waiting",
        )
        .returning(*Reminder.__table__.columns)
    ).one()
    work.conn.execute(insert(ReminderPerson), [{"reminder_id": row.id, "person_id": one} for one in people])
    _queue(work, row.id, at)
    view = reminder(row, list(people))
    work.record(reminder_changed(view))
    return view


def _must_lie_ahead(work: Work, at: datetime) -> None:
    if at.tzinfo is None:
        raise invalid("at", "time_zone", "The time needs a time zone.")
    if at <= work.now:
        raise invalid("at", "past", "This time has passed already.")
    if at > work.now + LATEST:
        raise invalid("at", "range", "At most ten years from now.")


def _queue(work: Work, reminder_id: int, at: datetime) -> None:
    """A job for each time that was ever chosen: one that comes too early finds nothing due."""
    work.enqueue(JOB, {"id": reminder_id}, key=f"reminder/{reminder_id}/{int(at.timestamp())}", at=at)


def move(work: Work, actor: Actor, reminder_id: int, at: datetime) -> TimedReminder:
    """Another time, also for one that has fired: it waits again, for everybody. Raises `NotFound`, `Invalid`, `WrongState` (cancelled)."""
    _must_lie_ahead(work, at)
    _mine(work.conn, actor, reminder_id)
    moved = work.conn.execute(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.state != "cancelled")
        .values(at=at, state="waiting")
    )
    if moved.rowcount != 1:
        raise WrongState("This reminder was cancelled.")
    work.conn.execute(
        update(ReminderPerson).where(ReminderPerson.reminder_id == reminder_id).values(done_at=None)
    )
    _queue(work, reminder_id, at)
    view = view_of(work.conn, reminder_id)
    work.record(reminder_changed(view))
    return view


def cancel(work: Work, actor: Actor, reminder_id: int) -> None:
    """The maker takes it back; open to-dos of it go away."""
    _mine(work.conn, actor, reminder_id)
    work.conn.execute(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.state != "cancelled")
        .values(state="cancelled")
    )
    work.record(reminder_changed(view_of(work.conn, reminder_id)))


def done(work: Work, actor: Actor, reminder_id: int) -> None:
    """Oneself is done with it, once. Raises `NotFound` for who is not reminded, `WrongState` before it has fired or once cancelled."""
    query = (
        select(Reminder.state)
        .join(ReminderPerson, ReminderPerson.reminder_id == Reminder.id)
        .where(Reminder.id == reminder_id, ReminderPerson.person_id == actor.id)
        .with_for_update(of=Reminder)
    )
    state = work.conn.execute(query).scalar()
    if state is None:
        raise NotFound()
    if state != "fired":
        raise WrongState(
            "This reminder was cancelled." if state == "cancelled" else "This reminder has not come up yet."
        )
    ended = work.conn.execute(
        update(ReminderPerson)
        .where(
            ReminderPerson.reminder_id == reminder_id,
            ReminderPerson.person_id == actor.id,
            ReminderPerson.done_at.is_(None),
        )
        .values(done_at=work.now)
    )
    if ended.rowcount:
        work.record(reminder_done(actor.id, reminder_id))


def mine(conn: Connection, actor: Actor, limit: int) -> list[TimedReminder]:
    """Those that wait, made by me or for me, the next one first."""
    for_me = exists().where(ReminderPerson.reminder_id == Reminder.id, ReminderPerson.person_id == actor.id)
    rows = conn.execute(
        select(Reminder.__table__)
        .where(Reminder.state == "waiting", or_(Reminder.made_by == actor.id, for_me))
        .order_by(Reminder.at, Reminder.id)
        .limit(limit)
    ).all()
    people = _people(conn, [row.id for row in rows])
    return [reminder(row, people[row.id]) for row in rows]


async def fire(company: Company, args: dict[str, Any]) -> None:
    """The job: opens the to-do of everybody who may still see the thing. Once, whatever happens to the job."""
    await company.write(lambda work: fire_now(work, int(args["id"])))


def fire_now(work: Work, reminder_id: int) -> None:
    fired = work.conn.execute(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.state == "waiting", Reminder.at <= work.now)
        .values(state="fired")
    )
    if fired.rowcount != 1:
        return
    view = view_of(work.conn, reminder_id)
    seeing = [one for one in view.people if _may_see(work.conn, work.company, one, view.about)]
    if not seeing:
        return
    actor = load_actor(work.conn, seeing[0])
    assert actor is not None
    card = _card(work.conn, work.company, actor, view.about)
    fired_view = msgspec.structs.replace(view, urgent=card.urgent)
    work.record(reminder_fired(fired_view, todo(view, card), seeing))


def todo(view: TimedReminder, card: CardView) -> TodoView:
    return TodoView(
        Ref("reminder", view.id),
        "reminder",
        view.note or card.title,
        view.made_by,
        view.at,
        None,
        False,
        "open",
        None,
        view.about,
    )


def reminder_todo(modules: Sequence[Module]) -> TodoKind:
    """Built where all kinds of cards are known: a reminder of a thing that one no longer sees does not wait."""

    def open_for(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
        rows = _WAITING.named(conn, {"person": actor.id, "limit": limit})
        views = [reminder(row, [actor.id]) for row in rows]
        cards = cards_of(conn, actor, modules, [view.about for view in views])
        return [todo(view, cards[view.about]) for view in views if not cards[view.about].restricted]

    return TodoKind(
        "reminder",
        REMINDED,
        open_for,
        lambda conn, actor: len(open_for(conn, actor, real_now(), MOST_COUNTED)),
    )


def _mine(conn: Connection, actor: Actor, reminder_id: int) -> None:
    query = select(Reminder.id).where(Reminder.id == reminder_id, Reminder.made_by == actor.id)
    if conn.execute(query).first() is None:
        raise NotFound()


def view_of(conn: Connection, reminder_id: int) -> TimedReminder:
    row = conn.execute(select(Reminder.__table__).where(Reminder.id == reminder_id)).one()
    return reminder(row, _people(conn, [reminder_id])[reminder_id])


def _people(conn: Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {one: [] for one in ids}
    rows = conn.execute(
        select(ReminderPerson.reminder_id, ReminderPerson.person_id)
        .where(ReminderPerson.reminder_id.in_(list(ids)))
        .order_by(ReminderPerson.person_id)
    )
    for row in rows:
        found[row.reminder_id].append(row.person_id)
    return found


def _may_see(conn: Connection, company: Company, person_id: int, about: Ref) -> bool:
    actor = load_actor(conn, person_id)
    return actor is not None and not _card(conn, company, actor, about).restricted


def _card(conn: Connection, company: Company, actor: Actor, about: Ref) -> CardView:
    return cards_of(conn, actor, company.modules, [about])[about]
