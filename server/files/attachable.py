"""What a file can hang on: declared by the domains, asked with every download."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from server.permissions.actor import Actor
from server.permissions.rules import Rule


@dataclass(frozen=True)
class Attachable:
    """`readable` says which of the given things the actor may read now; `rule` is what a token must have been given for it."""

    kind: str
    rule: Rule
    readable: Callable[[Connection, Actor, Sequence[int]], set[int]]

    @property
    def name(self) -> str:
        return self.kind
