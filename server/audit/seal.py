"""The chain: every entry's hash covers the entry and the hash before it, in log order. Sealing adds links, verifying follows them.

What a row was when it was sealed can therefore not be changed, removed, put in between or moved without the first broken link telling.
Whoever can write the table could forge the whole chain anew; the newest number and hash, copied out (the log, the export, the command
line), are what such a forgery cannot match.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from server.audit.models import AuditEntry, AuditSeal
from server.db.base import table
from server.db.upsert import insert_into

ENTRIES, SEAL = table(AuditEntry), table(AuditSeal)
AT_ONCE = 500
ORIGIN = "0" * 64
_COLUMNS = [column for column in ENTRIES.columns if column.name not in ("sealed", "hash")]


@dataclass(frozen=True)
class Head:
    """The newest link: how many there are, and the hash of the last."""

    number: int = 0
    hash: str = ORIGIN

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold. `entry` is the row's id where there is a row."""

    number: int
    entry: int | None
    what: str


def newest(conn: Connection) -> Head:
    """What the seal says is the newest link."""
    row = conn.execute(select(SEAL.c.number, SEAL.c.hash).where(SEAL.c.id == 1)).first()
    return Head(row.number, row.hash) if row else Head()


def link(number: int, before: str, row: Any) -> str:
    """SHA-256 over the canonical row: JSON of number, hash before, and every column in the table's order."""
    values = [getattr(row, column.name) for column in _COLUMNS]
    spelled = [one.isoformat(timespec="microseconds") if isinstance(one, datetime) else one for one in values]
    text = json.dumps([number, before, *spelled], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def has_unsealed(conn: Connection) -> bool:
    return conn.execute(select(ENTRIES.c.id).where(ENTRIES.c.sealed.is_(None)).limit(1)).first() is not None


def seal(conn: Connection, now: datetime) -> Head | None:
    """Seals the next entries, at most `AT_ONCE`; answers the newest link, None when there was nothing to do.

    Two that seal at once wait for each other here; one that is cut has sealed whole batches.
    """
    conn.execute(
        insert_into(conn, SEAL)
        .values(id=1, number=0, hash=ORIGIN, at=now)
        .on_conflict_do_nothing(index_elements=[SEAL.c.id])
    )
    conn.execute(select(SEAL.c.id).where(SEAL.c.id == 1).with_for_update())
    head = newest(conn)
    rows = conn.execute(
        select(*_COLUMNS)
        .where(ENTRIES.c.sealed.is_(None), ENTRIES.c.seq.is_not(None))
        .order_by(ENTRIES.c.seq, ENTRIES.c.id)
        .limit(AT_ONCE)
    ).all()
    if not rows:
        return None
    links = []
    for row in rows:
        head = Head(head.number + 1, link(head.number + 1, head.hash, row))
        links.append({"k_id": row.id, "k_number": head.number, "k_hash": head.hash})
    conn.execute(
        update(ENTRIES)
        .where(ENTRIES.c.id == bindparam("k_id"))
        .values(sealed=bindparam("k_number"), hash=bindparam("k_hash")),
        links,
    )
    conn.execute(update(SEAL).where(SEAL.c.id == 1).values(number=head.number, hash=head.hash, at=now))
    return head


def verify(conn: Connection, expected: Head | None = None) -> Head | Broken:
    """Follows the whole chain; `expected` is a copy of an earlier newest link that was kept outside.

    Names the first link that is changed, missing, put in between or out of order, and an end that was cut off.
    """
    head, seq = Head(), 0
    for row in _sealed(conn):
        if row.sealed != head.number + 1:
            return Broken(head.number + 1, None, "missing")
        following = Head(row.sealed, link(row.sealed, head.hash, row))
        if following.hash != row.hash:
            return Broken(row.sealed, row.id, "changed")
        if (row.seq or 0) < seq:
            return Broken(row.sealed, row.id, "out_of_order")
        head, seq = following, row.seq or 0
        if expected is not None and expected.number == head.number and expected.hash != head.hash:
            return Broken(head.number, row.id, "differs_from_copy")
    for copy in (newest(conn), expected or Head()):
        if copy.number > head.number:
            return Broken(head.number + 1, None, "end_cut_off")
    if newest(conn) != head:
        return Broken(head.number, None, "differs_from_seal")
    late = conn.execute(
        select(ENTRIES.c.id).where(ENTRIES.c.sealed.is_(None), ENTRIES.c.seq < seq).order_by(ENTRIES.c.id)
    ).scalar()
    return head if late is None else Broken(head.number + 1, late, "put_in_between")


def _sealed(conn: Connection) -> Iterator[Any]:
    """Sealed rows by number, in chunks: the log may be of any length."""
    number = 0
    while True:
        rows = conn.execute(
            select(*_COLUMNS, ENTRIES.c.sealed, ENTRIES.c.hash)
            .where(ENTRIES.c.sealed > number)
            .order_by(ENTRIES.c.sealed)
            .limit(2_000)
        ).all()
        yield from rows
        if not rows:
            return
        number = rows[-1].sealed
