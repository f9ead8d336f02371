"""Changing keys: the newest seals everything anew, after which the older ones may go.

The operator puts a fresh key before the old one (TENFOUR_SECRET_KEY, or the first line of the key file), restarts, and says `tenfour
admin reseal`. Until then both open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select, update

from server.secrets.box import Secrets
from server.secrets.models import SecretKey


@dataclass(frozen=True)
class SealedColumn:
    """Declared by the domain whose column it is. `key` is the row's name in the seal."""

    table: Table
    key: str
    column: str


def reseal(conn: Connection, secrets: Secrets, columns: Sequence[SealedColumn]) -> int:
    """Seals with the newest key what an older one sealed; answers how many values. Raises `CannotOpen`, with nothing changed."""
    changed = 0
    for one in columns:
        key, value = one.table.c[one.key], one.table.c[one.column]
        for row in conn.execute(select(key, value).where(value.is_not(None))).all():
            if secrets.is_newest(row[1]):
                continue
            where = (one.table.name, one.column, row[0])
            fresh = secrets.seal(conn, secrets.open(row[1], where), where)
            # Somebody may have set it anew meanwhile: that one is with the newest key already.
            same = update(one.table).where(key == row[0], value == row[1]).values({one.column: fresh})
            changed += conn.execute(same).rowcount
    conn.execute(delete(SecretKey).where(SecretKey.id != secrets.ids[0]))
    return changed
