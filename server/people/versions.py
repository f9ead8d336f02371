"""Which field of a person changed at which version, so that two who edit different fields do not stand in each other's way."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, select, update

from server.kit.problems import FieldError, StaleVersion
from server.org.models import Person

_PERSON: Table = Person.__table__  # type: ignore[assignment]


def bump(conn: Connection, touched: Mapping[int, Collection[str]]) -> None:
    """A new version of each person, in which these fields changed. Under `hold_org`."""
    fields = {person_id: changed for person_id, changed in touched.items() if changed}
    if not fields:
        return
    rows = conn.execute(
        select(Person.id, Person.version, Person.field_versions).where(Person.id.in_(fields))
    ).all()
    conn.execute(
        update(_PERSON)
        .where(_PERSON.c.id == bindparam("b_id"))
        .values(version=bindparam("b_version"), field_versions=bindparam("b_fields")),
        [
            {
                "b_id": row.id,
                "b_version": row.version + 1,
                "b_fields": msgspec.json.encode(
                    msgspec.json.decode(row.field_versions)
                    | {str(field): row.version + 1 for field in fields[row.id]}
                ).decode(),
            }
            for row in rows
        ],
    )


def check_fresh(
    version: int, at: int, field_versions: str, wanted: Mapping[str, Any], now: Mapping[str, Any]
) -> None:
    """Raises `StaleVersion` with both values of every field that somebody else changed to another value after `version`."""
    changed_at: dict[str, int] = msgspec.json.decode(field_versions)
    errors = tuple(
        FieldError(
            field,
            "stale_version",
            "Somebody else changed this meanwhile.",
            {"yours": value, "now": now[field]},
        )
        for field, value in wanted.items()
        if changed_at.get(field, 1) > version and now[field] != value
    )
    if errors:
        raise StaleVersion(errors=errors, version=at)
