"""A job kind: a name, its rule, and what to do. Safe to run twice; the row in `server/jobs` makes it happen at least once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from server.permissions.rules import Rule
from server.work.company import Company

BY_THE_HOUSE = Rule("by_the_house", "Run by the server itself, with nobody's rights.", by_the_house=True)


@dataclass(frozen=True)
class Job:
    """`run` gets the company and the job's arguments. It commits in turns of its own and may be cut anywhere.

    `alone`: a process runs one of this kind at a time, because each takes much memory or would hinder the other.
    """

    name: str
    rule: Rule
    run: Callable[[Company, dict[str, Any]], Awaitable[None]]
    alone: bool = False


@dataclass(frozen=True)
class Schedule:
    """A job that is due every `every` seconds of real time; its slot is the dedupe key, so two runners do it once."""

    job: str
    every: int
