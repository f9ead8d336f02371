"""Sign-in delays: they grow for an account at one address and for an address; an account alone is slowed by seconds only,
so that nobody can lock somebody else out (security.md §3)."""

import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from server.auth.models import SignInDelay
from server.db.upsert import insert_into
from server.kit.problems import TooSoon

FORGET = timedelta(hours=1)


@dataclass(frozen=True)
class _Kind:
    free: int
    longest: float

    def pause(self, failures: int) -> timedelta:
        """1, 2, 4 … seconds past the free tries."""
        beyond = failures - self.free - 1
        return timedelta(seconds=min(self.longest, 2.0 ** min(beyond, 30)) if beyond >= 0 else 0.0)


# Codes are short: only who knows the password gets to try them, so nobody else can slow an account down by them.
# An office full of new people asks to join from one address.
_KINDS = {
    "pair": _Kind(4, 900),
    "address": _Kind(30, 900),
    "account": _Kind(10, 10),
    "code": _Kind(5, 900),
    "joining": _Kind(100, 900),
}


def keys(login: str, host: str) -> list[str]:
    """What a try counts for, in the order in which rows are locked."""
    address, account = place(host), login[:254]
    return [f"account:{account}", f"address:{address}", f"pair:{account}|{address}"]


def code_keys(person_id: int, host: str) -> list[str]:
    """What a try of a second factor's code counts for."""
    return [f"address:{place(host)}", f"code:{person_id}"]


def place(host: str) -> str:
    """The address that counts: of IPv6 the network, since one device has as many addresses in it as it likes."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def check(conn: Connection, wanted: Sequence[str], now: datetime) -> None:
    """Raises `TooSoon` with `until` while a delay runs."""
    until = conn.execute(
        select(SignInDelay.until)
        .where(SignInDelay.key.in_(wanted), SignInDelay.until > now)
        .order_by(SignInDelay.until.desc())
        .limit(1)
    ).scalar()
    if until is not None:
        seconds = math.ceil((until - now).total_seconds())
        raise TooSoon("Too many failed attempts.", until=until, retry_after=seconds)


def settle(conn: Connection, wanted: Sequence[str], now: datetime, right: bool) -> None:
    """Counts a try whose password has been looked at. Of many at once only those count that no delay forbids by now: the
    others raise `TooSoon`, the right password among them, so that guessing in parallel gains nothing."""
    # Long past, so that it is no delay for somebody whose clock was read a moment earlier.
    never = now - FORGET
    rows = [{"key": key, "failures": 0, "until": never, "last_at": now} for key in wanted]
    conn.execute(
        insert_into(conn, SignInDelay).on_conflict_do_nothing(index_elements=[SignInDelay.key]), rows
    )
    locked = conn.execute(
        select(SignInDelay.key, SignInDelay.failures, SignInDelay.last_at)
        .where(SignInDelay.key.in_(wanted))
        .order_by(SignInDelay.key)
        .with_for_update()
    ).all()
    check(conn, wanted, now)
    if right:
        # Not what the address has failed at with other accounts.
        mine = [key for key in wanted if not key.startswith("address:")]
        conn.execute(delete(SignInDelay).where(SignInDelay.key.in_(mine)))
        return
    for row in locked:
        failures = 1 if row.last_at < now - FORGET else row.failures + 1
        pause = _KINDS[row.key.partition(":")[0]].pause(failures)
        conn.execute(
            update(SignInDelay)
            .where(SignInDelay.key == row.key)
            .values(failures=failures, last_at=now, until=now + pause if pause else never)
        )


def forget(conn: Connection, now: datetime) -> int:
    """Forgets what is old. Answers how many."""
    return conn.execute(delete(SignInDelay).where(SignInDelay.last_at < now - FORGET)).rowcount
