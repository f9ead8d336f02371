"""The same key gives the same effect once (P3): a row in the act's own transaction, kept at least 30 days."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Connection, Index, SmallInteger, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, table
from server.kit.problems import IdempotencyMismatch
from server.work.work import Work

KEPT = timedelta(days=35)


class IdempotencyKey(Base):
    """Never a body: the repeated answer is presented from the referred thing with today's rights."""

    __tablename__ = "idempotency_key"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    route: Mapped[str] = mapped_column(String(200))
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(SmallInteger)
    ref_kind: Mapped[str] = mapped_column(String(32))
    ref_id: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    __table_args__ = (Index(None, "created_at"),)


TABLE = table(IdempotencyKey)


@dataclass(frozen=True)
class Earlier:
    """What the first request with this key made."""

    ref_kind: str
    ref_id: int
    status: int
    seq: int


def body_hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def find(conn: Connection, person_id: int, key: str, route: str, hashed: str) -> Earlier | None:
    """The earlier result under this key. Raises `IdempotencyMismatch` when it was another request."""
    row = conn.execute(
        select(TABLE).where(IdempotencyKey.person_id == person_id, IdempotencyKey.key == key)
    ).first()
    if row is None:
        return None
    if row.route != route or row.body_hash != hashed:
        raise IdempotencyMismatch()
    return Earlier(row.ref_kind, row.ref_id, row.status, row.seq or 0)


def keep(
    work: Work, person_id: int, key: str, route: str, hashed: str, status: int, ref: tuple[str, int]
) -> None:
    """Writes the row before numbering, so that a racing twin shows as a duplicate key before the head is locked."""
    work.conn.execute(
        insert(TABLE).values(
            person_id=person_id,
            key=key,
            route=route,
            body_hash=hashed,
            status=status,
            ref_kind=ref[0],
            ref_id=ref[1],
            created_at=work.now,
        )
    )
    work.stamp(TABLE, {"person_id": person_id, "key": key})


def forget(conn: Connection, now: datetime) -> int:
    return conn.execute(delete(TABLE).where(IdempotencyKey.created_at < now - KEPT)).rowcount
