"""What logs ask for (WORK-13): an administrator adds templates, changes them, and offers them no longer. What was handed in stays."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, case, insert, select, update

from feed.log import events
from feed.log.inputs import ChangedTemplate, FieldInput, NewTemplate
from feed.log.models import LogTemplate, WorkLog
from feed.log.periods import earliest
from feed.log.present import LogTemplates, LogTemplateView, MyLog, TemplateField, template
from server.db.base import table
from server.kit.problems import NotFound, StaleVersion, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.work import Work

MOST = 50
MAX_NAME, MAX_TITLE, MAX_CHOICE, MAX_UNIT, MAX_HINT = 40, 40, 60, 10, 120
_ORDER = case({"day": 1, "week": 2, "month": 3}, value=LogTemplate.rhythm)


def offered(conn: Connection, actor: Actor, today: date) -> LogTemplates:
    """All templates, daily ones first; what I handed in for each period that can still be written about."""
    rows = conn.execute(select(LogTemplate.__table__).order_by(_ORDER, LogTemplate.id)).all()
    mine = conn.execute(
        select(WorkLog.template_id, WorkLog.period, WorkLog.post_id)
        .where(WorkLog.person_id == actor.id, WorkLog.period >= earliest("month", today))
        .order_by(WorkLog.period.desc(), WorkLog.post_id)
    )
    return LogTemplates(
        [template(row) for row in rows],
        [MyLog(row.template_id, row.period, row.post_id) for row in mine],
        today,
    )


def add(work: Work, actor: Actor, new: NewTemplate) -> LogTemplateView:
    """Raises `Invalid` on a field, or when there are too many."""
    name = clean(new.name, "name", limit=MAX_NAME, single_line=True)
    fields, last = _checked(new.fields, {}, 0)
    if len(work.conn.execute(select(LogTemplate.id)).all()) >= MOST:
        raise invalid("name", "too_many", f"At most {MOST} templates; change one.", limit=MOST)
    row = work.conn.execute(
        insert(LogTemplate)
        .values(
            rhythm=new.rhythm,
            name=name,
            due_days=new.due_days,
            fields=stored(fields),
            last_key=last,
            is_active=True,
            version=1,
            changed_by=actor.id,
            changed_at=work.now,
        )
        .returning(*table(LogTemplate).columns)
    ).one()
    view = template(row)
    work.audit("log_template.added", ("log_template", view.id), fields=len(fields))
    work.record(events.template_changed(actor.id, view))
    return view


def change(work: Work, actor: Actor, template_id: int, wanted: ChangedTemplate) -> LogTemplateView:
    """The same again changes nothing. Raises `NotFound`, `StaleVersion`, `Invalid` on a field."""
    row = work.conn.execute(
        select(LogTemplate.__table__).where(LogTemplate.id == template_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound()
    before = template(row)
    name = clean(wanted.name, "name", limit=MAX_NAME, single_line=True)
    fields, last = _checked(wanted.fields, {one.key: one for one in before.fields}, row.last_key)
    after = LogTemplateView(
        template_id, row.rhythm, name, wanted.due_days, fields, wanted.is_active, row.version
    )
    if after == before:
        return before
    if wanted.version != row.version:
        raise StaleVersion("Somebody else changed this template meanwhile.", version=row.version)
    after = msgspec.structs.replace(after, version=row.version + 1)
    work.conn.execute(
        update(LogTemplate)
        .where(LogTemplate.id == template_id)
        .values(
            name=name,
            due_days=wanted.due_days,
            fields=stored(fields),
            last_key=last,
            is_active=wanted.is_active,
            version=after.version,
            changed_by=actor.id,
            changed_at=work.now,
        )
    )
    work.audit(
        "log_template.changed",
        ("log_template", template_id),
        fields=len(fields),
        version=after.version,
        offered=wanted.is_active,
    )
    work.record(events.template_changed(actor.id, after))
    return after


def view_of(conn: Connection, template_id: int) -> LogTemplateView:
    """Raises `NotFound`."""
    return template(row_of(conn, template_id))


def row_of(conn: Connection, template_id: int) -> Any:
    """Raises `NotFound`."""
    row = conn.execute(select(LogTemplate.__table__).where(LogTemplate.id == template_id)).first()
    if row is None:
        raise NotFound()
    return row


def stored(fields: Sequence[TemplateField]) -> str:
    return msgspec.json.encode(fields).decode()


def _checked(
    wanted: Sequence[FieldInput], known: dict[int, TemplateField], last: int
) -> tuple[list[TemplateField], int]:
    """The fields with a key each, and the greatest key so far. Raises `Invalid` on `fields[n]…`."""
    if not wanted:
        raise invalid("fields", "required", "A template asks for something.")
    found: list[TemplateField] = []
    for at, one in enumerate(wanted):
        place = f"fields[{at}]"
        if one.key is not None and (one.key not in known or one.key in {had.key for had in found}):
            raise invalid(f"{place}.key", "not_found", "There is no such field.")
        if one.key is None:
            last += 1
        found.append(_field(one, one.key or last, place))
    titles = [one.title for one in found]
    for at, title in enumerate(titles):
        if title in titles[:at]:
            raise invalid(f"fields[{at}].title", "twice", "Each field has a name of its own.")
    return found, last


def _field(one: FieldInput, key: int, place: str) -> TemplateField:
    title = clean(one.title, f"{place}.title", limit=MAX_TITLE, single_line=True)
    choices: list[str] = []
    if one.type == "choice":
        at = f"{place}.choices"
        choices = [clean(each, at, limit=MAX_CHOICE, single_line=True) for each in one.choices]
        if len(choices) < 2:
            raise invalid(at, "too_few", "Offer at least two.")
        if len(set(choices)) < len(choices):
            raise invalid(at, "twice", "Each choice stands there once.")
    unit = clean(one.unit, f"{place}.unit", limit=MAX_UNIT, single_line=True, required=False)
    hint = clean(one.hint, f"{place}.hint", limit=MAX_HINT, single_line=True, required=False)
    return TemplateField(
        key, title, one.type, one.required, choices, unit if one.type == "number" else "", hint
    )
