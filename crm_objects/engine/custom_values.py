"""Values of fields that administrators added: kept in the record for reading, and one row each for filters and sorts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from crm_objects.engine.fields import Field
from crm_objects.engine.models import CustomValue, RecordField
from server.db.base import table
from server.db.keyset import micros_of

_VALUES = table(CustomValue)
LONGEST = 300
_NUMBERS = ("number", "percent", "money", "time", "flag", "person", "department")


def column_of(field: Field) -> str:
    """In which column such a field's values lie."""
    if field.type == "date":
        return "day"
    return "number" if field.type in _NUMBERS else "text"


def write(conn: Connection, record_id: int, changed: Mapping[Field, Any]) -> None:
    """Replaces the rows of these fields; `changed` holds stored values."""
    if not changed:
        return
    ids = [field.custom_id for field in changed]
    conn.execute(delete(_VALUES).where(_VALUES.c.record_id == record_id, _VALUES.c.field_id.in_(ids)))
    rows = [
        {"text": None, "number": None, "day": None, "field_id": field.custom_id, "record_id": record_id}
        | {column_of(field): _indexed(field, stored)}
        for field, stored in changed.items()
        if stored is not None
    ]
    if rows:
        conn.execute(insert(_VALUES), rows)


def _indexed(field: Field, stored: Any) -> Any:
    if field.type == "time":
        return micros_of(stored)
    column = column_of(field)
    if column == "text":
        return str(stored)[:LONGEST]
    return int(stored) if column == "number" else stored


def forget(conn: Connection, kind: str, record_id: int) -> None:
    """The record is deleted for good: also what retired fields hold of it."""
    fields = select(RecordField.id).where(RecordField.kind == kind)
    conn.execute(delete(_VALUES).where(_VALUES.c.record_id == record_id, _VALUES.c.field_id.in_(fields)))
