"""Who is calling? The records that I may read with exactly this number, in whichever of their telephone fields (W13)."""

import re

import msgspec
from sqlalchemy import ColumnElement, select

from crm_objects.engine import texts
from crm_objects.engine.allowances import spend, today
from crm_objects.engine.fields import Field
from crm_objects.engine.models import CustomValue
from crm_objects.engine.present import RecordView
from crm_objects.engine.reading import Desk, desk_of, found, people_of, views
from crm_objects.engine.record_type import Kinds
from crm_objects.engine.wrong import Wrong
from server.events.envelope import Change
from server.kit.problems import invalid
from server.permissions.actor import Actor
from server.work.work import Work

A_DAY, MOST, LEAST_DIGITS = 100, 10, 7


class Caller(msgspec.Struct, frozen=True):
    """`field`: in which the number stands."""

    field: str
    row: RecordView


class Callers(msgspec.Struct, frozen=True):
    items: list[Caller]
    also: list[Change]


def callers(work: Work, actor: Actor, kinds: Kinds, phone: str) -> Callers:
    """Counted and audited, found or not: the number itself is not kept. Raises `Invalid` on `phone`, `RateLimited`."""
    written = forms(phone)
    spend(work, actor.id, "by_phone", *today(work.company), A_DAY)
    items: list[Caller] = []
    also: dict[tuple[str, int], Change] = {}
    for kind in kinds.values():
        desk = desk_of(work.conn, actor, kinds, kind)
        fields = [one for one in desk.shape.fields.values() if one.type == "phone" and one.cls != "identity"]
        for field in fields:
            t = kind.table
            here = desk.readable().where(_holds(desk, field, written), t.c.voided_at.is_(None))
            rows = [found(desk, row) for row in work.conn.execute(here.order_by(t.c.id).limit(MOST))]
            rows = [one for one in rows if one.rights.sees(field.cls) != "hidden"]
            items += [Caller(field.name, view) for view in views(desk, rows)]
            also |= {(one.kind, one.id): one for one in people_of(desk, rows)}
    work.audit("record.looked_up_by_phone", ("person", actor.id), found=len(items))
    return Callers(items[:MOST], list(also.values()))


def _holds(desk: Desk, field: Field, written: list[str]) -> ColumnElement[bool]:
    if field.custom_id is None:
        return desk.kind.table.c[field.name].in_(written)
    values = select(CustomValue.record_id).where(
        CustomValue.field_id == field.custom_id, CustomValue.text.in_(written)
    )
    return desk.kind.table.c.id.in_(values)


def forms(phone: str) -> list[str]:
    """How this number may have been written down. Raises `Invalid` on what is no whole number."""
    try:
        stored = texts.phone(phone)
    except Wrong as wrong:
        raise invalid("phone", wrong.code, str(wrong)) from wrong
    digits = re.sub(r"[^0-9]", "", stored)
    if len(digits) < LEAST_DIGITS:
        raise invalid("phone", "too_short", "A whole number, please.", minimum=LEAST_DIGITS)
    local = digits[2:] if digits.startswith("86") and len(digits) > 10 else digits
    if not local.startswith("0") and stored.startswith("+86"):
        local = f"0{local}"
    code = 3 if local[:2] in ("01", "02") else 4
    parted = [f"{local[:code]}{gap}{local[code:]}" for gap in ("-", " ", "")] if local.startswith("0") else []
    return list(dict.fromkeys([stored, digits, f"+{digits}", *parted]))
