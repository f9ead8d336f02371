"""Handing in a log (WORK-13): one for each person, template and period, to one's manager or whom one chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, insert, or_, select

from feed.inputs import AudienceInput, NewPost
from feed.kinds import Begun
from feed.log import events
from feed.log.filling import filled, words
from feed.log.inputs import LogInput
from feed.log.models import LogCall, LogTemplate, WorkLog, WorkLogRecipient
from feed.log.periods import begin_of, earliest, end_of, label, number_of
from feed.log.present import (
    FilledField,
    LogScores,
    LogTemplateView,
    LogView,
    ScoreView,
    scores_drop,
    scores_put,
    template,
)
from feed.log.todo import todo
from feed.present import PostView
from server.events.envelope import Change
from server.kit.problems import Duplicate, FieldError, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work

KIND = "log"


@dataclass(frozen=True)
class Prepared:
    """A log that is about to be handed in, checked."""

    template: LogTemplateView
    period: date
    recipients: list[int]
    fields: list[FilledField]
    remark: str


def prepare(work: Work, actor: Actor, new: NewPost, given: LogInput) -> tuple[NewPost, Prepared]:
    """Title and text follow from what was filled in; to whom it is handed in sees it. Raises `Invalid` on `details.…`."""
    if new.title:
        raise invalid("title", "unknown", "A log is called after its period.")
    row = work.conn.execute(
        select(LogTemplate.__table__).where(LogTemplate.id == given.template, LogTemplate.is_active)
    ).first()
    if row is None:
        raise invalid("details.template", "not_found", "This template is no longer offered.")
    asked = template(row)
    period = _period(work, asked, given.period)
    fields = filled(asked.fields, given.values)
    recipients = _recipients(work.conn, actor, given.recipients)
    said = msgspec.structs.replace(
        new,
        title=f"{asked.name} {label(asked.rhythm, period)}",
        text=words(fields, new.text),
        audience=AudienceInput(
            new.audience.everyone, new.audience.departments, [*new.audience.people, *recipients]
        ),
    )
    return said, Prepared(asked, period, recipients, fields, new.text.strip())


def _period(work: Work, asked: LogTemplateView, day: date) -> date:
    today = work.company.today()
    begin = begin_of(asked.rhythm, day)
    if begin > today:
        raise invalid("details.period", "future", "This has not begun yet.")
    oldest = earliest(asked.rhythm, today)
    if begin < oldest:
        raise invalid("details.period", "too_old", "This is too long ago.", oldest=str(oldest))
    return begin


def _recipients(conn: Connection, actor: Actor, chosen: Sequence[int] | None) -> list[int]:
    """Left out: the manager, if there is one who is here."""
    own = select(Person.manager_id).where(Person.id == actor.id)
    manager = conn.execute(own).scalar() if chosen is None else None
    wanted = sorted({manager} if manager is not None else set(chosen or ()))
    here = set(
        conn.execute(
            select(Person.id).where(
                Person.id.in_(wanted), Person.state != "left", Person.kind != "bot", Person.id != actor.id
            )
        ).scalars()
    )
    if chosen is None:
        return sorted(here)
    if actor.id in wanted:
        raise invalid("details.recipients", "oneself", "A log is handed in to somebody else.")
    if len(here) < len(wanted):
        raise invalid("details.recipients", "not_found", "Some of these people are not here (any more).")
    return wanted


def begin(work: Work, actor: Actor, begun: Begun, log: Prepared) -> LogView:
    """Raises `Duplicate` on `details.period` with the `post` that was handed in before."""
    first = work.conn.execute(
        select(WorkLog.post_id).where(
            WorkLog.person_id == actor.id,
            WorkLog.template_id == log.template.id,
            WorkLog.period == log.period,
        )
    ).scalar()
    if first is not None:
        detail = "You have handed in this log already."
        error = FieldError("details.period", "duplicate", detail, {"post": first})
        raise Duplicate(detail, errors=(error,), reason="log_handed_in", next_step="open_first")
    work.conn.execute(
        insert(WorkLog).values(
            post_id=begun.post_id,
            person_id=actor.id,
            template_id=log.template.id,
            period=log.period,
            at=work.now,
        )
    )
    if log.recipients:
        rows = [{"post_id": begun.post_id, "person_id": one} for one in log.recipients]
        work.conn.execute(insert(WorkLogRecipient), rows)
    return LogView(
        log.template.id,
        log.template.name,
        log.template.rhythm,
        log.period,
        end_of(log.template.rhythm, log.period),
        log.recipients,
        log.fields,
        log.remark,
    )


def follow(work: Work, view: PostView) -> None:
    """Who was called for it is done with that."""
    called = work.conn.execute(_call_of(view.id)).first()
    if called is not None:
        work.record(events.log_handed_in(view.author_id, number_of(called.template_id, called.period)))


def mine(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    """The scores, to the writer and whom it was handed in to."""
    to_me = select(WorkLogRecipient.post_id).where(
        WorkLogRecipient.post_id == WorkLog.post_id, WorkLogRecipient.person_id == actor.id
    )
    seeing = or_(WorkLog.person_id == actor.id, to_me.exists())
    shown = set(conn.execute(select(WorkLog.post_id).where(WorkLog.post_id.in_(post_ids), seeing)).scalars())
    found = scores(conn, sorted(shown))
    return [scores_put(found[one]) if one in shown else scores_drop(one) for one in post_ids]


def scores(conn: Connection, post_ids: Sequence[int]) -> dict[int, LogScores]:
    """Of each of these logs, in the order in which they were given."""
    found: dict[int, list[ScoreView]] = {one: [] for one in post_ids}
    rows = conn.execute(
        select(WorkLogRecipient.__table__)
        .where(WorkLogRecipient.post_id.in_(post_ids), WorkLogRecipient.score.is_not(None))
        .order_by(WorkLogRecipient.scored_at, WorkLogRecipient.person_id)
    )
    for row in rows:
        found[row.post_id].append(ScoreView(row.person_id, row.score, row.scored_at))
    return {one: LogScores(one, given) for one, given in found.items()}


def people_of(conn: Connection, post_id: int) -> list[int]:
    """The writer and whom it was handed in to."""
    writer = select(WorkLog.person_id).where(WorkLog.post_id == post_id)
    to = select(WorkLogRecipient.person_id).where(WorkLogRecipient.post_id == post_id)
    return sorted({*conn.execute(writer).scalars(), *conn.execute(to).scalars()})


def close(work: Work, post_id: int, hearing: Sequence[str]) -> None:
    """The post is deleted: another log can be handed in, and who was called for it is again."""
    called = work.conn.execute(_call_of(post_id)).first()
    people = people_of(work.conn, post_id)
    work.conn.execute(delete(WorkLogRecipient).where(WorkLogRecipient.post_id == post_id))
    work.conn.execute(delete(WorkLog).where(WorkLog.post_id == post_id))
    work.record(events.log_taken_back(post_id, people))
    if called is not None and called.is_active:
        work.record(events.log_called_for(called.asked_by, todo(called), [called.person_id]))


def _call_of(post_id: int) -> Select[Any]:
    """The call for the log that this post is, with its template's name and rhythm."""
    same = (
        (LogCall.person_id == WorkLog.person_id)
        & (LogCall.template_id == WorkLog.template_id)
        & (LogCall.period == WorkLog.period)
    )
    return (
        select(LogCall.__table__, LogTemplate.name, LogTemplate.rhythm, LogTemplate.is_active)
        .join(WorkLog, same)
        .join(LogTemplate, LogTemplate.id == LogCall.template_id)
        .where(WorkLog.post_id == post_id)
    )
