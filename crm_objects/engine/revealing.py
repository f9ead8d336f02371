"""One masked value of one record in clear: with a reason, audited, counted against a daily allowance, unusual use told to the manager
(N19, W13)."""

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from crm_objects.engine import history, present, reading, unusual
from crm_objects.engine.models import RevealCount
from crm_objects.engine.reading import Desk, must_find
from server.db.base import table
from server.db.upsert import insert_into
from server.kit.clock import real_now
from server.kit.problems import Forbidden, RateLimited, StepUpRequired, invalid
from server.kit.text import clean
from server.work.work import Work

_COUNTS = table(RevealCount)
SHOWN_FOR = timedelta(minutes=1)
MAX_TEXT = 200
Reason = Literal["call", "check", "other"]


class RevealedValue(msgspec.Struct, frozen=True):
    """To be shown until then."""

    field: str
    value: Any
    until: datetime


def reveal(work: Work, desk: Desk, record_id: int, name: str, reason: Reason, text: str) -> RevealedValue:
    """What is clear already is answered and not counted. Raises `NotFound`, `Invalid` on `field` or `text`, `Forbidden`, `StepUpRequired`
    for the identity class, `RateLimited` when the day's allowance is used up."""
    one = must_find(desk, record_id, lock=True)
    field = desk.shape.fields.get(name)
    if field is None or one.rights.sees(field.cls) == "hidden":
        raise invalid("field", "choice", "There is no such field to reveal.")
    why = clean(text, "text", limit=MAX_TEXT, single_line=True, required=reason == "other")
    if one.rights.sees(field.cls) != "clear":
        if not one.rights.may_reveal(field.cls):
            raise Forbidden("Your roles do not let you reveal this.", next_step="ask_owner")
        if field.cls == "identity" and not desk.actor.is_confirmed:
            raise StepUpRequired()
        _count(work, desk.actor.id)
        history.write(work, desk.actor, desk.kind, record_id, "revealed", [(name, None, None)], reason)
        work.audit("record.revealed", (desk.kind.kind, record_id), reason=why, field=name, why=reason)
    value = present.masked(field, one.stored[name], "clear", reading.titles_for(desk, [one]))
    return RevealedValue(name, value, real_now() + SHOWN_FOR)


def _count(work: Work, person_id: int) -> None:
    """One more of today's. Counted and checked in one, so that no two share the last one, nor the first."""
    limit, c = work.company.settings.reveals_a_day, _COUNTS.c
    today = work.company.today()
    one_more = (
        insert_into(work.conn, _COUNTS)
        .values(person_id=person_id, day=today, count=1)
        .on_conflict_do_update(
            index_elements=[c.person_id, c.day], set_={"count": c.count + 1}, where=c.count < limit
        )
        .returning(c.count)
    )
    now = work.conn.execute(one_more).scalar() if limit else None
    if now is not None:
        unusual.watch(work, person_id, today, now, limit)
        return
    tomorrow = datetime.combine(today + timedelta(days=1), datetime.min.time(), work.company.zone)
    raise RateLimited(
        "You have revealed as much as is allowed for today.", limit=limit, used=limit, until=tomorrow
    )
