"""Passwords: argon2id in a bounded pool, an offline list of common ones (security.md §3)."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.kit.problems import RateLimited, invalid

MIN_LENGTH = 8
MAX_LENGTH = 200
MAX_WAITING = 50
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_pool = ThreadPoolExecutor(2, thread_name_prefix="password")
# Checks that are under way, by address: a second's work, so that nobody's queue is everybody's.
_waiting: Counter[str] = Counter()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # 30,000 passwords: loaded when the first one is set

    return frozenset(FREQUENCY_LISTS["passwords"])


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def check_strength(password: str, names: tuple[str, ...] = ()) -> None:
    """Raises `Invalid` on field `password`: too_short, too_long, too_common."""
    if len(password) < MIN_LENGTH:
        raise invalid("password", "too_short", f"At least {MIN_LENGTH} characters.", minimum=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise invalid("password", "too_long", f"At most {MAX_LENGTH} characters.", limit=MAX_LENGTH)
    lowered = password.lower()
    if lowered in _common() or lowered in {name.lower() for name in names} or len(set(password)) < 4:
        raise invalid("password", "too_common", "This password is among the first that an attacker tries.")


async def hash_password(password: str, place: str = "") -> str:
    """Ready to be stored. Where strangers may ask for it, `place` bounds how many wait: raises `RateLimited`."""
    with _in_line(place) if place else nullcontext():
        return await asyncio.get_running_loop().run_in_executor(_pool, _hasher.hash, password)


async def verify(stored: str | None, password: str, place: str) -> bool:
    """Whether it is right. An unknown user (None) costs the same work. Raises `RateLimited` while too many from this place wait."""
    with _in_line(place):
        return await asyncio.get_running_loop().run_in_executor(_pool, _verify, stored, password)


@contextmanager
def _in_line(place: str) -> Iterator[None]:
    if _waiting[place] >= MAX_WAITING:
        raise RateLimited("Too many sign-ins at once from this address.", limit=MAX_WAITING, retry_after=1)
    _waiting[place] += 1
    try:
        yield
    finally:
        _waiting[place] -= 1
        if not _waiting[place]:
            del _waiting[place]


def _verify(stored: str | None, password: str) -> bool:
    try:
        _hasher.verify(stored or _nobody(), password)
        return stored is not None
    except (VerificationError, InvalidHashError):
        return False
