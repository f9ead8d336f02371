"""What a domain may add to the house: a plain list of declared things.

A domain's `module.py` builds one `Module`; `server/modules.py` lists them; the doors hand them down. Nothing registers itself by
being imported.
"""

from collections.abc import Iterable
from typing import TypeVar, cast

T = TypeVar("T")


class Module:
    """A named, flat list of declarations (routes, rules, commands, small acts, jobs, to-do kinds …)."""

    def __init__(self, name: str, *things: object) -> None:
        self.name = name
        self.things = things
        self._of: dict[type, list[object]] = {}

    def of(self, kind: type[T]) -> list[T]:
        """The declarations of one kind, in the order they were written."""
        found = self._of.get(kind)
        if found is None:  # looked through once: some are asked for with every message
            found = self._of[kind] = [thing for thing in self.things if isinstance(thing, kind)]
        return cast("list[T]", found)


def every(modules: Iterable[Module], kind: type[T]) -> list[T]:
    """The declarations of one kind over all installed modules."""
    return [thing for module in modules for thing in module.of(kind)]
