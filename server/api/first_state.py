"""The parts of a client's first state, declared by every domain that has one; `server/realtime` puts them together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from server.permissions.actor import Actor
from server.permissions.rules import Rule


@dataclass(frozen=True)
class BootstrapPart:
    """What a domain adds to a client's first state: fields of the answer, and `changes`."""

    name: str
    rule: Rule
    run: Callable[[Connection, Actor, Any], dict[str, Any]]
