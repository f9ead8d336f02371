"""What a fact looks like before and after it is numbered (docs/wire.md «Entities» and «Live»)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec


class Put(msgspec.Struct, tag_field="op", tag="put", frozen=True):
    """This entity now looks like this, whole."""

    kind: str
    id: int
    data: Any


class Drop(msgspec.Struct, tag_field="op", tag="drop", frozen=True):
    """This entity is gone for the reader."""

    kind: str
    id: int


Change = Put | Drop


class Envelope(msgspec.Struct, frozen=True):
    """The numbered fact as every client receives it."""

    seq: int
    type: str
    at: datetime
    actor: int | None
    echo: str | None
    changes: Sequence[Change]


class Control(msgspec.Struct, omit_defaults=True):
    """What a hub does on passing the row: open and close streams for persons, end sessions, let persons' connections ask for
    their rights again. Never sent to a client.
    """

    opens: dict[str, list[int]] = {}
    closes: dict[str, list[int]] = {}
    ends: list[int] = []
    asks_again: list[int] = []

    def __bool__(self) -> bool:
        return bool(self.opens or self.closes or self.ends or self.asks_again)


@dataclass(slots=True)
class Event:
    """A fact being recorded. `streams` name its subjects; `merge` marks a tally, of which hubs push only the newest few a second.

    `opens` and `closes` map a stream to the persons who begin or cease to hear it at this event's number; `asks_again` are those
    whose rights are others from here on.
    """

    type: str
    streams: Sequence[str]
    changes: Sequence[Change] = ()
    actor: int | None = None
    echo: str | None = None
    merge: str | None = None
    opens: Mapping[str, Sequence[int]] = field(default_factory=dict)
    closes: Mapping[str, Sequence[int]] = field(default_factory=dict)
    ends_sessions: Sequence[int] = ()
    asks_again: Sequence[int] = ()
    seq: int = 0


@dataclass(frozen=True, slots=True)
class LogRow:
    """A committed event as hubs keep it: ready bytes, nothing to encode again."""

    seq: int
    streams: tuple[str, ...]
    body: bytes
    control: Control | None = None
    merge: str | None = None


def person_stream(person_id: int) -> str:
    return f"person:{person_id}"


def department_stream(department_id: int) -> str:
    return f"department:{department_id}"


EVERYONE = "everyone"
# No person hears it: an event on it tells every process to read the company's row again.
COMPANY = "company"
