"""Calling for logs that were not handed in: a to-do and a notice to whom they wait for, at most once in half an hour each."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from feed.log import events
from feed.log.handed_in import REMIND_GAP, Period, next_reminder, rows, waiting
from feed.log.models import LogCall, LogTemplate
from feed.log.periods import number_of, parts_of
from feed.log.todo import todo
from feed.present import Reminded
from server.kit.problems import NotPending, TooSoon, WrongState
from server.permissions.actor import Actor
from server.work.work import Work

AT_ONCE = 500


def remind(work: Work, actor: Actor, period: Period) -> Reminded:
    """Raises `NotPending` when nobody is missing, `TooSoon` with `until`, `WrongState` before the period has begun."""
    if period.begin > period.today or not period.template.is_active:
        raise WrongState("Nobody can hand this in now.", reason="log_not_open")
    everybody = rows(work.conn, actor, period)
    missing = waiting(everybody)
    if not missing:
        raise NotPending("Everybody has handed in.")
    reached = _called(work, actor, period, [one.person_id for one in missing if one.reminded_at is None])
    reached += _called_again(work, actor, period, [one.person_id for one in missing if one.reminded_at])
    if not reached:
        until = next_reminder(everybody, work.now) or work.now + REMIND_GAP
        raise TooSoon("A reminder went out a short while ago.", until=until)
    call = work.conn.execute(_call(period, reached[0])).one()
    for start in range(0, len(reached), AT_ONCE):
        work.record(events.log_called_for(actor.id, todo(call), sorted(reached)[start : start + AT_ONCE]))
    return Reminded(len(reached), work.now + REMIND_GAP)


def reminded_before(conn: Connection, actor: Actor, number: int, now: datetime) -> Reminded:
    """The answer to a repeated request."""
    found = parts_of(number)
    assert found is not None
    times = conn.execute(
        select(LogCall.asked_at).where(
            LogCall.template_id == found[0], LogCall.period == found[1], LogCall.asked_by == actor.id
        )
    ).scalars()
    at = list(times)
    last = max(at, default=now)
    return Reminded(at.count(last), last + REMIND_GAP)


def ref_of(period: Period) -> tuple[str, int]:
    return ("log_period", number_of(period.template.id, period.begin))


def _called(work: Work, actor: Actor, period: Period, people: list[int]) -> list[int]:
    """Two managers at one moment: the second finds the key taken, looks again, and finds them called."""
    if people:
        same = {
            "template_id": period.template.id,
            "period": period.begin,
            "asked_by": actor.id,
            "asked_at": work.now,
        }
        work.conn.execute(insert(LogCall), [{"person_id": one, **same} for one in people])
    return people


def _called_again(work: Work, actor: Actor, period: Period, people: list[int]) -> list[int]:
    again = (
        update(LogCall)
        .where(
            LogCall.template_id == period.template.id,
            LogCall.period == period.begin,
            LogCall.person_id.in_(people),
            LogCall.asked_at <= work.now - REMIND_GAP,
        )
        .values(asked_by=actor.id, asked_at=work.now)
        .returning(LogCall.person_id)
    )
    return list(work.conn.execute(again).scalars())


def _call(period: Period, person_id: int) -> Any:
    return (
        select(LogCall.__table__, LogTemplate.name, LogTemplate.rhythm)
        .join(LogTemplate, LogTemplate.id == LogCall.template_id)
        .where(
            LogCall.person_id == person_id,
            LogCall.template_id == period.template.id,
            LogCall.period == period.begin,
        )
    )
