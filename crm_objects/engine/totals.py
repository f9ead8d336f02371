"""What a list comes to: how many, and of numbers the sum and the mean, exactly, over what the asker sees in clear."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, case, func, select

from crm_objects.engine import exact_sums, numbers
from crm_objects.engine.custom_values import column_of
from crm_objects.engine.fields import Field
from crm_objects.engine.filters import Asked
from crm_objects.engine.listing import Wanted, narrowed
from crm_objects.engine.models import CustomValue
from server.db.base import table
from server.kit.problems import invalid

_VALUES = table(CustomValue)
MOST = 20
SUMMED = ("money", "number", "percent")


class FieldTotal(msgspec.Struct, frozen=True):
    """`of`: how many records have a value that I see in clear; `sum` is null for percents, both are null where `of` is 0."""

    field: str
    of: int
    sum: str | None
    average: str | None


class RecordTotals(msgspec.Struct, frozen=True):
    count: int
    fields: list[FieldTotal]


def totals(asked: Asked, wanted: Wanted, names: str) -> RecordTotals:
    """One statement. Raises `Invalid` on `view`, `filter`, `fields`."""
    desk = asked.desk
    fields = _fields(asked, names)
    t = desk.kind.table
    query: Any = select(func.count().label("n")).select_from(t).where(*narrowed(asked, wanted).where)
    for at, field in enumerate(fields):
        value: ColumnElement[Any]
        if field.custom_id is None:
            value = t.c[field.name]
        else:
            values = _VALUES.alias(f"v{at}")
            of_field = and_(values.c.record_id == t.c.id, values.c.field_id == field.custom_id)
            query = (
                query.outerjoin_from(t, values, of_field) if at == 0 else query.outerjoin(values, of_field)
            )
            value = values.c[column_of(field)]
        if field.cls != "basic":
            value = case((desk.rights.clear(field), value))
        high, low = exact_sums.halves(value)
        query = query.add_columns(
            func.count(value).label(f"of{at}"),
            func.sum(high).label(f"high{at}"),
            func.sum(low).label(f"low{at}"),
        )
    row = desk.conn.execute(query).one()._mapping
    return RecordTotals(row["n"], [_total(one, at, row) for at, one in enumerate(fields)])


def _fields(asked: Asked, names: str) -> list[Field]:
    desk = asked.desk
    if not names:
        every = [one for one in desk.shape.fields.values() if one.type in SUMMED and one.cls != "identity"]
        return every[:MOST]
    found = []
    for name in dict.fromkeys(names.split(",")):
        field = desk.shape.find(name)
        if field is None or field.type not in SUMMED or field.cls == "identity":
            raise invalid("fields", "unknown", "Fields of money or numbers.", name=name[:60])
        found.append(field)
    if len(found) > MOST:
        raise invalid("fields", "too_long", f"At most {MOST} fields.", limit=MOST)
    return found


def _total(field: Field, at: int, row: Any) -> FieldTotal:
    count = int(row[f"of{at}"])
    if count == 0:
        return FieldTotal(field.name, 0, None, None)
    whole = exact_sums.whole(row[f"high{at}"], row[f"low{at}"])
    decimals = 2 if field.type == "money" else 0
    mean = (Decimal(whole) / count).quantize(Decimal(1), ROUND_HALF_EVEN)
    summed = None if field.type == "percent" else numbers.written(whole, decimals)
    return FieldTotal(field.name, count, summed, numbers.written(int(mean), decimals))
