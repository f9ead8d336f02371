"""What roles can give: every capability is declared once, by the domain that asks for it, with the scopes in which it can be held."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# From the narrowest to the widest. What each means is in `scopes.py`; its words are in the web client's catalogues.
SCOPES = ("own", "own_department", "below", "own_line", "headed_below", "department_below", "all")
# Of people, «own» would be oneself; of records, it is what one owns, made, or is on the team of.
OVER_PEOPLE = SCOPES[1:]
OVER_RECORDS = SCOPES
ONLY_ALL = ("all",)

_WITHIN = {
    # Of records, every wider scope holds one's own as well.
    "own": {"own_department", "below", "own_line", "headed_below", "department_below"},
    "below": {"own_line"},
    "own_department": {"department_below"},
    "headed_below": {"department_below"},
}


@dataclass(frozen=True)
class Capability:
    """`name` is `noun.verb`; a role holds it in one or several of these scopes."""

    name: str
    scopes: tuple[str, ...] = ONLY_ALL


class Undeclared(Exception):
    """Something asks for, or gives, a capability that no domain declares (or two do)."""


def covers(held: Collection[str], wanted: str) -> bool:
    """Whether these scopes together hold at least the wanted one."""
    return "all" in held or wanted in held or not _WITHIN.get(wanted, set()).isdisjoint(held)


def check_capabilities(
    declared: Iterable[Capability], things: Iterable[Any], roles: Mapping[str, Mapping[str, Collection[str]]]
) -> None:
    """Raises `Undeclared` with what to do. `things` have a `name` and a `rule`; `roles` are the shipped ones. Called at start."""
    known: dict[str, Capability] = {}
    for one in declared:
        if one.name in known:
            raise Undeclared(f"{one.name} is declared twice: leave it to one domain's module.py")
        if not one.scopes or not set(one.scopes) <= set(SCOPES):
            raise Undeclared(f"{one.name} is declared in scopes that are not of {SCOPES}")
        known[one.name] = one
    for thing in things:
        if thing.rule.capability and thing.rule.capability not in known:
            raise Undeclared(_sentence(f"{type(thing).__name__} {thing.name}", thing.rule.capability))
    for role, capabilities in roles.items():
        for name, scopes in capabilities.items():
            if name not in known:
                raise Undeclared(_sentence(f"the shipped role {role}", name))
            if not set(scopes) <= set(known[name].scopes):
                raise Undeclared(f"the shipped role {role} gives {name} in a scope it is not declared with")


def _sentence(who: str, name: str) -> str:
    return f'{who} names {name}: add Capability("{name}", scopes) to its domain\'s module.py'
