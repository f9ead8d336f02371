"""Filters of lists: `[field, operator, value]`, all to hold. Named and typed; only on what the actor sees in clear (security.md §1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select

from crm_objects.engine import merged
from crm_objects.engine.custom_values import column_of
from crm_objects.engine.days import day
from crm_objects.engine.fields import Field
from crm_objects.engine.header import COLUMN_OF
from crm_objects.engine.models import CustomValue
from crm_objects.engine.reading import Desk
from crm_objects.engine.wrong import Wrong
from server.db.base import table
from server.db.keyset import micros_of
from server.kit.problems import Invalid, invalid
from server.kit.text import like_pattern
from server.org.models import DepartmentClosure
from server.work.company import Company

_VALUES = table(CustomValue)
MOST, LONGEST, MOST_IN = 10, 4_000, 100
Condition = ColumnElement[bool]


class Filter(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """As on the wire: `["level", "in", ["key"]]`."""

    field: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class Asked:
    """With whom and when a filter is asked: `"me"` and `{"days": -7}` follow from it."""

    desk: Desk
    company: Company


def read(text: str) -> list[Filter]:
    """Raises `Invalid` on `filter`."""
    if not text:
        return []
    if len(text) > LONGEST:
        raise invalid("filter", "too_long", f"At most {LONGEST} characters.", limit=LONGEST)
    try:
        found = msgspec.json.decode(text, type=list[Filter])
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise invalid("filter", "type", 'A JSON list such as [["level", "in", ["key"]]].') from error
    if len(found) > MOST:
        raise invalid("filter", "too_long", f"At most {MOST} filters.", limit=MOST)
    return found


def conditions(asked: Asked, filters: list[Filter]) -> list[Condition]:
    """Raises `Invalid` on `filter`, with the place in the list."""
    found = []
    for at, one in enumerate(filters):
        try:
            found.append(_condition(asked, one))
        except Wrong as refusal:
            raise _refused(at, one, refusal) from refusal
    return found


def _refused(at: int, one: Filter, refusal: Wrong) -> Invalid:
    return invalid("filter", refusal.code, refusal.detail, at=at, name=one.field[:60])


def _condition(asked: Asked, one: Filter) -> Condition:
    desk = asked.desk
    field = desk.shape.find(one.field)
    if field is None:
        raise Wrong("unknown", "There is no such field.")
    if field.cls == "identity":
        raise Wrong("not_clear", "Nothing is found by a field that is never seen in clear.")
    if one.operator not in field.operators:
        raise Wrong("choice", f"This field is filtered by one of {', '.join(field.operators)}.")
    if field.custom_id is not None:
        tested = _of_custom(asked, field, one)
    else:
        tested = _test(asked, field, one)(desk.kind.table.c[COLUMN_OF.get(field.name, field.name)])
    return tested if field.cls == "basic" else and_(tested, desk.rights.clear(field))


def _of_custom(asked: Asked, field: Field, one: Filter) -> Condition:
    """Records without such a value have no row: what holds for the empty is the opposite of what holds for a row."""
    of_field = select(_VALUES.c.record_id).where(_VALUES.c.field_id == field.custom_id)
    record = asked.desk.kind.table.c.id
    if one.operator in ("empty", "filled"):
        there = record.in_(of_field)
        return there if one.operator == "filled" else not_(there)
    if _fits_the_empty(field, one):
        opposite = "in" if one.operator == "not_in" else "is"
        value = one.value if opposite == "in" else True
        return not_(_of_custom(asked, field, Filter(one.field, opposite, value)))
    fitting = of_field.where(_test(asked, field, one)(_VALUES.c[column_of(field)]))
    return where_fits(asked.desk, fitting, fitting.where(_VALUES.c.record_id == record).exists())


def _fits_the_empty(field: Field, one: Filter) -> bool:
    return one.operator in ("empty", "not_in") or (field.type == "flag" and one.value is False)


def of_values(
    asked: Asked, field: Field, filters: list[Filter], value: ColumnElement[Any]
) -> list[Condition]:
    """What those filters of a list that want a value of this field say of `value`, for who walks through the values themselves.
    `conditions` has read them before."""
    wanting = [one for one in filters if one.field == field.name and not _fits_the_empty(field, one)]
    return [_test(asked, field, one)(value) for one in wanting]


FEW = 2_000


def where_fits(desk: Desk, ids: Any, each: Condition | None = None) -> Condition:
    """The records of `ids`, a query of theirs. Few are looked up. Many are better met while going through the list in its order, each
    asked by `each`: SQLite, which guesses how many they are, would fetch and sort all of them."""
    record = desk.kind.table.c.id
    if desk.conn.dialect.name != "sqlite":
        return record.in_(ids)
    some = ids.limit(FEW + 1).subquery()
    if desk.conn.execute(select(func.count()).select_from(some)).scalar_one() <= FEW:
        return record.in_(ids)
    return (record + 0).in_(ids) if each is None else each


Test = Callable[[Any], Condition]


def _test(asked: Asked, field: Field, one: Filter) -> Test:
    operator, value = one.operator, one.value
    match operator:
        case "empty":
            return lambda column: column.is_(None)
        case "filled":
            return lambda column: column.is_not(None)
        case "contains" | "starts":
            pattern = like_pattern(_words(value))
            pattern = pattern if operator == "contains" else pattern[1:]
            return lambda column: func.lower(column).like(pattern, escape="\\")
        case "in" | "not_in" | "below":
            return _among(asked, field, operator, _list(value))
        case _:
            return _sized(asked, field, operator, value)


def _among(asked: Asked, field: Field, operator: str, wanted: list[Any]) -> Test:
    if field.type in ("choice", "choices"):
        known = {one.code for one in field.choices}
        if not all(isinstance(one, str) and one in known for one in wanted):
            raise Wrong("choice", "Some of these are not among the choices.")
        if field.type == "choices":
            patterns = [like_pattern(f"|{one}|") for one in wanted]
            return lambda column: or_(*[func.lower(column).like(one, escape="\\") for one in patterns])
        if operator == "not_in":
            return lambda column: or_(column.is_(None), column.not_in(wanted))
        return lambda column: column.in_(wanted)
    ids = [asked.desk.actor.id if one == "me" and field.type == "person" else one for one in wanted]
    for one in ids:
        field.parse(one)
    if field.type == "link":
        into = merged.survivors(asked.desk.conn, asked.desk.kinds[field.limits["link"]], ids)
        ids = [into.get(one, one) for one in ids]
    if operator == "below":
        below = select(DepartmentClosure.descendant_id).where(DepartmentClosure.ancestor_id.in_(ids))
        return lambda column: column.in_(below)
    return lambda column: column.in_(ids)


def _sized(asked: Asked, field: Field, operator: str, value: Any) -> Test:
    if field.name == "number" and field.system:
        return _numbered(asked, value)
    if field.type == "date":
        return _compared(operator, _day(asked, value))
    if field.type == "time":
        return _on_days(asked, field, operator, _day(asked, value))
    stored = None if value is None else field.parse(value)
    if stored is None:
        raise Wrong("type", "A value to compare with.")
    return _compared(operator, int(stored) if field.custom_id and field.type == "flag" else stored)


def _compared(operator: str, wanted: Any) -> Test:
    match operator:
        case "at_least":
            return lambda column: column >= wanted
        case "at_most":
            return lambda column: column <= wanted
        case _:
            return lambda column: column == wanted


def _on_days(asked: Asked, field: Field, operator: str, wanted: date) -> Test:
    """A moment within the day, of the company's time zone."""
    try:
        begins: Any = datetime.combine(wanted, time(), asked.company.zone)
        ends: Any = datetime.combine(wanted + timedelta(days=1), time(), asked.company.zone)
    except OverflowError as error:
        raise Wrong("date", "A day of the calendar.") from error
    if field.custom_id is not None:
        begins, ends = micros_of(begins), micros_of(ends)
    match operator:
        case "at_least":
            return lambda column: column >= begins
        case "at_most":
            return lambda column: column < ends
        case _:
            return lambda column: and_(column >= begins, column < ends)


def _day(asked: Asked, value: Any) -> date:
    """A day, or `{"days": -7}`: so many after the company's today."""
    if isinstance(value, dict) and set(value) == {"days"} and type(value["days"]) is int:
        if abs(value["days"]) > 36_500:
            raise Wrong("range", "At most a hundred years.")
        return asked.company.today() + timedelta(days=value["days"])
    return day(value)


def _numbered(asked: Asked, value: Any) -> Test:
    found = number_in(asked.desk, _words(value))
    return lambda column: column == found if found else false()


def number_in(desk: Desk, text: str) -> int | None:
    """The id in a number as people write it: `K-000099`, `k99` or `99`."""
    prefix = desk.kind.prefix.lower()
    digits = text.strip().lower().removeprefix(prefix).removeprefix("-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None


def _words(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 200 or "\0" in value or not value.isprintable():
        raise Wrong("type", "Some words, at most 200 characters.")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_IN:
        raise Wrong("type", f"A list of 1 to {MOST_IN}.")
    return value
