"""Writing an audit entry in the transaction of its act. Called through `Work.audit`."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from server.audit.models import AuditEntry
from server.audit.trace import Trace
from server.db.base import table

ENTRIES = table(AuditEntry)


def write(
    conn: Connection,
    trace: Trace,
    at: datetime,
    act: str,
    about: tuple[str, int],
    reason: str,
    details: dict[str, Any],
) -> int:
    """The id of the new entry."""
    return int(
        conn.execute(
            insert(ENTRIES)
            .values(
                at=at,
                act=act,
                actor_id=trace.actor_id,
                behalf_id=trace.behalf_id,
                object_kind=about[0],
                object_id=about[1],
                reason=reason[:500],
                details=json.dumps(details, ensure_ascii=False, sort_keys=True),
                address=trace.address[:64],
                device=trace.device[:300],
            )
            .returning(ENTRIES.c.id)
        ).scalar_one()
    )
