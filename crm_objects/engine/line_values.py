"""Lines of records: each field of them has a table, written with the record, in the same transaction as the sum."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from crm_objects.engine.fields import Field
from crm_objects.engine.line_fields import LinesField, sum_of
from crm_objects.engine.record_type import RecordType


def read(conn: Connection, kind: RecordType, record_id: int) -> dict[str, Any]:
    """The lines of one record by field; None where there are none."""
    found: dict[str, Any] = {}
    for name, t in kind.line_tables.items():
        rows = conn.execute(select(t).where(t.c.record_id == record_id).order_by(t.c.position))
        lines = [
            {key: value for key, value in row._mapping.items() if key not in ("record_id", "position")}
            for row in rows
        ]
        found[name] = lines or None
    return found


def write(conn: Connection, kind: RecordType, record_id: int, changed: Mapping[str, Any]) -> None:
    """Replaces the lines of these fields; the record is locked, or new."""
    for name, t in kind.line_tables.items():
        if name in changed:
            conn.execute(delete(t).where(t.c.record_id == record_id))
            rows = [
                {**line, "record_id": record_id, "position": at}
                for at, line in enumerate(changed[name] or (), 1)
            ]
            if rows:
                conn.execute(insert(t), rows)


def forget(conn: Connection, kind: RecordType, record_id: int) -> None:
    """The record is deleted for good."""
    write(conn, kind, record_id, dict.fromkeys(kind.line_tables))


def columns_of(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """What of these stored values lies in the record's own row: for lines their sum."""
    own: dict[str, Any] = {}
    for name, value in values.items():
        field = fields[name]
        if isinstance(field, LinesField):
            own[field.total] = sum_of(value) if value is not None else None
        elif field.custom_id is None:
            own[name] = value
    return own
