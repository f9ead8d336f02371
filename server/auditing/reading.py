"""Looking back: entries by person, on whose behalf, act, object and time, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import ColumnElement, Connection, select

from server.api.inputs import EntityId, Line
from server.audit.models import AuditEntry
from server.audit.seal import newest
from server.auditing.present import AuditObject, AuditPage, AuditView, SealView
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.problems import invalid

ENTRIES = table(AuditEntry)
Moment = Annotated[datetime, Meta(tz=True)]


class AuditFilter(msgspec.Struct, forbid_unknown_fields=True):
    """`act` is a whole act or its noun; `since` inclusive, `until` exclusive."""

    person: EntityId | None = None
    behalf: EntityId | None = None
    act: Annotated[str, Meta(max_length=60, pattern=r"^[a-z_.]*$(?!\n)")] = ""
    object_kind: Annotated[str, Meta(max_length=40, pattern=r"^[a-z_/]*$(?!\n)")] = ""
    object_id: EntityId | None = None
    since: Moment | None = None
    until: Moment | None = None


class AuditQuery(AuditFilter, forbid_unknown_fields=True):
    limit: int | None = None
    cursor: Line = ""


class AuditExport(msgspec.Struct, forbid_unknown_fields=True):
    """Which entries to take along; `{}` for all."""

    filter: AuditFilter


def page(conn: Connection, query: AuditQuery) -> AuditPage:
    """Raises `Invalid` on `limit`, `cursor`, `object_id`."""
    size = page_size(query.limit)
    before = decode_cursor(query.cursor, int)
    rows = rows_of(conn, query, size + 1, int(before[0]) if before else None)
    head = newest(conn)
    return AuditPage(
        [view(row) for row in rows[:size]],
        encode_cursor(rows[size - 1].id) if len(rows) > size else None,
        SealView(head.number, head.hash),
        [] if before else acts(conn),
    )


def rows_of(conn: Connection, wanted: AuditFilter, limit: int, before: int | None) -> Sequence[Any]:
    """The newest rows below the id `before`."""
    query = select(*ENTRIES.columns).where(*conditions(wanted)).order_by(ENTRIES.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(ENTRIES.c.id < before)
    return conn.execute(query).all()


def conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    """Raises `Invalid` for an object's number without its kind."""
    if wanted.object_id is not None and not wanted.object_kind:
        raise invalid("object_kind", "required", "Numbers belong to a kind of thing.")
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (ENTRIES.c.actor_id, wanted.person),
        (ENTRIES.c.behalf_id, wanted.behalf),
        (ENTRIES.c.object_kind, wanted.object_kind or None),
        (ENTRIES.c.object_id, wanted.object_id),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.act:
        found.append(
            (ENTRIES.c.act == wanted.act) | ENTRIES.c.act.startswith(f"{wanted.act}.", autoescape=True)
        )
    if wanted.since is not None:
        found.append(ENTRIES.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(ENTRIES.c.at < wanted.until)
    return found


def acts(conn: Connection) -> list[str]:
    """Every kind of act there is."""
    return list(conn.execute(select(ENTRIES.c.act).distinct().order_by(ENTRIES.c.act)).scalars())


def view(row: Any) -> AuditView:
    return AuditView(
        row.id,
        row.at,
        row.act,
        row.actor_id,
        row.behalf_id,
        AuditObject(row.object_kind, row.object_id),
        row.reason,
        msgspec.json.decode(row.details, type=dict[str, Any]),
        row.address,
        row.device,
        row.seq,
        row.sealed,
    )
