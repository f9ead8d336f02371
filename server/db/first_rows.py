"""Rows that every company has from its first day: written at a start where they are missing."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class FirstRows:
    """`write` is called at each start, in one transaction with the others, perhaps by two processes at once. Twice is the same."""

    name: str
    write: Callable[[Connection], None]
