"""The secret address of somebody's calendar, for calendar programs: made, shown once, renewed, revoked; what it answers."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from feed.schedule import ical
from feed.schedule.calendar import items_of
from feed.schedule.models import CalendarFeed
from feed.schedule.occurrences import MORNING, minutes_of, repeat_of, skipped_of
from feed.schedule.present import FeedView
from feed.schedule.todo import title_of
from server.db.upsert import insert_into
from server.kit.clock import real_now
from server.kit.mentions import plain
from server.kit.problems import NotFound
from server.people.invitations import hash_token
from server.permissions.actor import Actor, load_actor
from server.work.company import Company
from server.work.work import Work

ENDING = ".ics"
# What is older is of no interest to a calendar program, and what is farther ahead will be asked for later.
BEHIND, AHEAD = timedelta(days=180), timedelta(days=730)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def show(conn: Connection, actor: Actor) -> FeedView:
    made = select(CalendarFeed.made_at).where(CalendarFeed.person_id == actor.id)
    return FeedView("", conn.execute(made).scalar())


def renew(work: Work, actor: Actor) -> FeedView:
    """A new address, to be shown this once; an earlier one is dead."""
    token, now = secrets.token_urlsafe(32), real_now()
    values = {"token_hash": hash_token(token), "made_at": now}
    work.conn.execute(
        insert_into(work.conn, CalendarFeed)
        .values(person_id=actor.id, **values)
        .on_conflict_do_update(index_elements=[CalendarFeed.person_id], set_=values)
    )
    work.audit("calendar_feed.made", ("person", actor.id))
    return FeedView(f"{work.company.settings.public_url}/api/calendar/feeds/{token}{ENDING}", now)


def revoke(work: Work, actor: Actor) -> None:
    """Twice is the same."""
    gone = work.conn.execute(delete(CalendarFeed).where(CalendarFeed.person_id == actor.id))
    if gone.rowcount:
        work.audit("calendar_feed.revoked", ("person", actor.id))


def read(conn: Connection, company: Company, name: str) -> tuple[bytes, str]:
    """The calendar behind `TOKEN.ics` and its ETag. Raises `NotFound` for any address but a living one of somebody active."""
    token = name.removesuffix(ENDING)
    if not _TOKEN.fullmatch(token):
        raise NotFound()
    owner = select(CalendarFeed.person_id).where(CalendarFeed.token_hash == hash_token(token))
    person = conn.execute(owner).scalar()
    actor = None if person is None else load_actor(conn, person)
    if actor is None:
        raise NotFound()
    now = company.clock.now()
    rows = items_of(conn, actor, now - BEHIND, now + AHEAD)
    entries = [_entry(row, company.settings.public_url) for row in reversed(rows)]
    name = f"{company.profile.name} · {actor.name}"
    made = ical.calendar(name, entries, now.astimezone(company.zone).date())
    return made, f'"{hashlib.sha256(made).hexdigest()[:32]}"'


def _entry(row: Any, address: str) -> ical.Entry:
    state = "cancelled" if row.state == "cancelled" else "confirmed"
    if state == "confirmed" and row.answer == "tentative":
        state = "tentative"
    text, title = plain(row.text).strip(), title_of(row)
    changed: datetime = max(row.changed_at, row.edited_at or row.changed_at)
    return ical.Entry(
        row.uid,
        row.sequence,
        row.created_at,
        changed,
        title,
        text if text != title else "",
        row.place,
        f"{address}/posts/{row.post_id}",
        row.begins_at,
        row.ends_at,
        row.first_day,
        row.last_day,
        row.zone,
        repeat_of(row),
        skipped_of(row),
        state,
        _alarms(row),
    )


def _alarms(row: Any) -> list[int]:
    """When its reminders come up; what is cancelled has none."""
    if row.state == "cancelled":
        return []
    begins = 0 if row.first_day is None else int(MORNING.total_seconds() // 60)
    return [begins - minutes for minutes in minutes_of(row)]
