"""Planning (WORK-18): an item of one's own or shared, moved, cancelled, as a whole or one occurrence. The invited are asked anew when
the time moves."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from feed import audience, details
from feed.kinds import Begun, Changed
from feed.policies import must_lock
from feed.present import PostView, posts
from feed.schedule import events, guests, turns
from feed.schedule.inputs import ScheduleInput, TimesInput
from feed.schedule.models import Schedule, ScheduleGuest
from feed.schedule.occurrences import occurrences, skipped_of, stored
from feed.schedule.present import ScheduleView, guests_of, invitation, schedule, tallies
from feed.schedule.times import checked_times, must_lie_ahead, place_of, reminders_of, times_of
from server.events.envelope import Change, Drop, Put
from server.kit.problems import Forbidden, NotFound, WrongState, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work

KIND = events.KIND


def begin(work: Work, actor: Actor, begun: Begun, fields: ScheduleInput) -> ScheduleView:
    """Raises `Invalid` on a field: a time that makes no sense or has passed, invited people who would not see it."""
    times = checked_times(work, fields, "details.")
    must_lie_ahead(work, times, "details.")
    people = _invited(work, actor, begun, fields.people)
    work.conn.execute(
        insert(Schedule).values(
            **times.columns,
            post_id=begun.post_id,
            author_id=actor.id,
            uid=secrets.token_hex(16),
            place=place_of(fields, "details."),
            skipped="",
            reminders=stored(reminders_of(fields)),
            state="planned",
            sequence=0,
            changed_at=work.now,
            asking=1,
            asked_at=work.now,
        )
    )
    if people:
        rows = [{"post_id": begun.post_id, "person_id": one, "state": "open"} for one in people]
        work.conn.execute(insert(ScheduleGuest), rows)
    return schedule(work.conn, begun.post_id)


def _invited(work: Work, actor: Actor, begun: Begun, ids: Sequence[int]) -> list[int]:
    """Not the author, who comes anyway."""
    people = sorted(set(ids) - {actor.id})
    if not people:
        return []
    named = Person.id.in_(people) & (Person.state != "left") & (Person.kind != "bot")
    here = set(work.conn.execute(select(Person.id).where(named)).scalars())
    if len(here) < len(people):
        raise invalid("details.people", "not_found", "Some of these people are not here (any more).")
    to = begun.audience
    seeing = audience.people_in(to.everyone, to.departments, to.people)
    outside = work.conn.execute(select(Person.id).where(named, ~seeing)).scalars().all()
    if outside:
        raise invalid("details.people", "outside_audience", "Who is invited must see it.", ids=list(outside))
    return people


def follow(work: Work, view: PostView) -> None:
    """It waits for the invited, and is reminded of."""
    row = _row(work.conn, view.id)
    guests.ask(work, row)
    guests.count(work, view.id, row.author_id)
    turns.look_ahead(work, row)


def change(work: Work, actor: Actor, post_id: int, wanted: TimesInput) -> PostView:
    """Another time, place, or other reminders. The same again changes nothing. Raises `NotFound`, `Forbidden`, `WrongState`, `Invalid`."""
    row = _locked(work, actor, post_id)
    times, place, reminders = checked_times(work, wanted), place_of(wanted), stored(reminders_of(wanted))
    moved = times != times_of(row)
    if moved:
        must_lie_ahead(work, times)
    if not moved and (place, reminders) == (row.place, row.reminders):
        return posts(work.conn, [post_id])[0]
    values: dict[str, Any] = {"place": place, "reminders": reminders, "changed_at": work.now}
    if moved or place != row.place:
        values["sequence"] = row.sequence + 1
    if moved:
        values |= times.columns | {"skipped": "", "asking": row.asking + 1, "asked_at": work.now}
    work.conn.execute(update(Schedule).where(Schedule.post_id == post_id).values(**values))
    if moved or reminders != row.reminders:
        turns.take_back_all(work, post_id)
    changed = _row(work.conn, post_id)
    if moved:
        again = (ScheduleGuest.post_id == post_id) & ScheduleGuest.state.in_(("answered", "ended"))
        work.conn.execute(update(ScheduleGuest).where(again).values(state="open"))
        guests.ask(work, changed)
        _tell(work, "schedule.moved", row)
    turns.look_ahead(work, changed)
    return _shown(work, actor, post_id)


def cancel(work: Work, actor: Actor, post_id: int) -> PostView:
    """It does not take place; everybody invited is told. Twice is the same. Raises `NotFound`, `Forbidden`."""
    row = _locked(work, actor, post_id, cancelled=True)
    if row.state == "cancelled":
        return posts(work.conn, [post_id])[0]
    work.conn.execute(
        update(Schedule)
        .where(Schedule.post_id == post_id)
        .values(state="cancelled", sequence=row.sequence + 1, changed_at=work.now)
    )
    turns.take_back_all(work, post_id)
    guests.end(work, post_id)
    _tell(work, "schedule.cancelled", row)
    return _shown(work, actor, post_id)


def cancel_one(work: Work, actor: Actor, post_id: int, day: date) -> PostView:
    """One occurrence of what repeats does not take place. Twice is the same. Raises `NotFound` for a day without one, `Forbidden`,
    `WrongState` for one that is over."""
    row = _locked(work, actor, post_id)
    skipped = skipped_of(row)
    if day in skipped:
        return posts(work.conn, [post_id])[0]
    if not row.repeat:
        raise NotFound()
    since = row.begins_at - timedelta(days=1) + (day - row.begins_at.date())
    found = next((one for one in occurrences(row, since - timedelta(days=1)) if one.day >= day), None)
    if found is None or found.day != day:
        raise NotFound()
    if found.ends_at <= work.now:
        raise WrongState("This one is over.", reason="over")
    work.conn.execute(
        update(Schedule)
        .where(Schedule.post_id == post_id)
        .values(skipped=stored(sorted([*skipped, day])), sequence=row.sequence + 1, changed_at=work.now)
    )
    turns.take_back_one(work, post_id, found.begins_at)
    _tell(work, "schedule.cancelled", row)
    turns.look_ahead(work, _row(work.conn, post_id))
    return _shown(work, actor, post_id)


def mine(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    """My invitation, or none; how many come, where I am invited or have invited."""
    rows = conn.execute(
        select(ScheduleGuest.__table__).where(
            ScheduleGuest.person_id == actor.id, ScheduleGuest.post_id.in_(post_ids)
        )
    )
    invited = {row.post_id: invitation(row) for row in rows}
    own = conn.execute(
        select(Schedule.post_id).where(Schedule.post_id.in_(post_ids), Schedule.author_id == actor.id)
    ).scalars()
    counts = tallies(conn, sorted({*invited, *own}))
    return [
        *[
            Put("invitation", one, invited[one]) if one in invited else Drop("invitation", one)
            for one in post_ids
        ],
        *[Put("tally/schedule", one, tally) for one, tally in counts.items() if tally.asked],
    ]


def readdressed(work: Work, actor: Actor, changed: Changed) -> None:
    """Who is invited goes on seeing it. Raises `Invalid` on `audience`."""
    left_out = [one for one in guests.here(work, changed.post_id) if one in changed.lost]
    if left_out:
        raise invalid("audience", "needed", "Who is invited must see it.", ids=left_out)


def close(work: Work, post_id: int, hearing: Sequence[str]) -> None:
    """The post is deleted: nobody is asked, nobody is reminded."""
    row, people = _row(work.conn, post_id), guests_of(work.conn, post_id)
    turns.take_back_all(work, post_id)
    waiting = (ScheduleGuest.post_id == post_id) & (ScheduleGuest.state == "open")
    work.conn.execute(update(ScheduleGuest).where(waiting).values(state="ended"))
    work.record(events.withdrawn(post_id, [row.author_id, *people]))


def _tell(work: Work, type: str, row: Any) -> None:
    """Those who might come are told, and everybody sees the counts."""
    tally = guests.count(work, row.post_id, row.author_id)
    people = [one for one in guests.coming(work, row) if one != row.author_id]
    if people:
        work.record(events.changed(type, row.author_id, people, tally))


def _shown(work: Work, actor: Actor, post_id: int) -> PostView:
    details.tell(work, actor, post_id, schedule(work.conn, post_id))
    return posts(work.conn, [post_id])[0]


def _locked(work: Work, actor: Actor, post_id: int, *, cancelled: bool = False) -> Any:
    """The item's row behind its post's lock, for its author."""
    post = must_lock(work, actor, post_id, KIND)
    if post.author_id != actor.id:
        raise Forbidden("Only who planned it changes it.", next_step="ask_author")
    row = _row(work.conn, post_id)
    if row.state == "cancelled" and not cancelled:
        raise WrongState("It was cancelled.", reason="cancelled")
    return row


def _row(conn: Connection, post_id: int) -> Any:
    return conn.execute(select(Schedule.__table__).where(Schedule.post_id == post_id)).one()
