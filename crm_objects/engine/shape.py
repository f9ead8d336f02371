"""A kind as it is now: the declared fields and those that administrators added. Loaded with every request that needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from crm_objects.engine.days import DateField, TimeField
from crm_objects.engine.fields import (
    AddressField,
    Choice,
    ChoiceField,
    ChoicesField,
    DepartmentField,
    EmailField,
    Field,
    FlagField,
    LongTextField,
    PersonField,
    PhoneField,
    TextField,
    UrlField,
)
from crm_objects.engine.file_fields import FilesField
from crm_objects.engine.models import RecordField
from crm_objects.engine.number_fields import MoneyField, NumberField, PercentField
from crm_objects.engine.record_type import RecordType

CUSTOM_TYPES: dict[str, type[Field]] = {
    one.type: one
    for one in (
        TextField, LongTextField, PhoneField, EmailField, UrlField, NumberField, PercentField, MoneyField, DateField, TimeField,
        FlagField, ChoiceField, ChoicesField, PersonField, DepartmentField, AddressField, FilesField,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """`fields` by name, in the order to show them, without those of every kind."""

    kind: RecordType
    fields: Mapping[str, Field]

    def find(self, name: str) -> Field | None:
        """Also one of every kind."""
        return self.fields.get(name) or self.kind.by_name.get(name)

    def stored(self, row: Any, custom: Mapping[str, Any]) -> dict[str, Any]:
        """Every field's stored value in a row of the kind's table, but for lines; `custom` is its decoded column of that name."""
        values = row._mapping
        return {
            name: values[name] if field.custom_id is None else _from_custom(field, custom.get(name))
            for name, field in self.fields.items()
            if field.type != "lines"
        }


def _from_custom(field: Field, kept: Any) -> Any:
    if kept is None:
        return False if field.type == "flag" else None
    return field.from_kept(kept)


def shape_of(conn: Connection, kind: RecordType) -> Shape:
    """One query."""
    fields = {one.name: one for one in kind.fields}
    rows = conn.execute(
        select(RecordField.__table__)
        .where(RecordField.kind == kind.kind, RecordField.retired_at.is_(None))
        .order_by(RecordField.position, RecordField.id)
    )
    for row in rows:
        made = custom_field(row)
        fields[made.name] = made
    return Shape(kind, fields)


def custom_field(row: Any) -> Field:
    """A row of `record_field` as a field."""
    common: dict[str, Any] = {"cls": row.cls, "required": row.is_required, "custom_id": row.id}
    kind = CUSTOM_TYPES[row.type]
    if issubclass(kind, ChoiceField):
        common["options"] = tuple(
            Choice(code=one["code"], words=one["words"]) for one in msgspec.json.decode(row.choices)
        )
    elif kind is NumberField:
        common |= {"decimals": 4, "negative": True}
    elif issubclass(kind, NumberField):
        common["negative"] = True
    return kind(f"c{row.id}", msgspec.json.decode(row.words), **common)
