"""Sign-in delays: they grow for an account at one address and for an address; an account alone is slowed by seconds only,
so that nobody can lock somebody else out (security.md §3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from server.auth.models import SignInDelay
from server.kit.problems import TooSoon

FORGET = timedelta(hours=1)


@dataclass(frozen=True)
class _Kind:
    free: int
    longest: float


_KINDS = {"pair": _Kind(4, 900), "address": _Kind(30, 900), "account": _Kind(10, 10)}


def keys(login: str, address: str) -> list[str]:
    return [f"pair:{login[:254]}|{address}", f"address:{address}", f"account:{login[:254]}"]


def check(conn: Connection, wanted: Iterable[str], now: datetime) -> None:
    """Raises `TooSoon` with `until` while a delay runs."""
    until = conn.execute(
        select(SignInDelay.until)
        .where(SignInDelay.key.in_(list(wanted)), SignInDelay.until > now)
        .order_by(SignInDelay.until.desc())
        .limit(1)
    ).scalar()
    if until is not None:
        seconds = max(1, round((until - now).total_seconds()))
        raise TooSoon("Too many failed attempts.", until=until, retry_after=seconds)


def failed(conn: Connection, wanted: Iterable[str], now: datetime) -> None:
    """Counts a failure and sets the next delay: 1, 2, 4 … seconds past the free tries."""
    for key in wanted:
        kind = _KINDS[key.split(":", 1)[0]]
        row = conn.execute(
            select(SignInDelay.failures, SignInDelay.last_at).where(SignInDelay.key == key)
        ).first()
        count = 1 if row is None or row.last_at < now - FORGET else row.failures + 1
        pause = min(kind.longest, 2.0 ** (count - kind.free - 1)) if count > kind.free else 0.0
        values = {"failures": count, "last_at": now, "until": now + timedelta(seconds=pause)}
        if row is None:
            conn.execute(insert(SignInDelay).values(key=key, **values))
        else:
            conn.execute(update(SignInDelay).where(SignInDelay.key == key).values(**values))


def succeeded(conn: Connection, wanted: Iterable[str], now: datetime) -> None:
    """Forgets this account at this address, and what is old."""
    pairs = [key for key in wanted if key.startswith(("pair:", "account:"))]
    conn.execute(delete(SignInDelay).where(SignInDelay.key.in_(pairs) | (SignInDelay.last_at < now - FORGET)))
