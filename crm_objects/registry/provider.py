"""The seam: a registry of companies is asked by a name and by its own reference. docs/registry.md shows how to add one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec

from crm_objects.engine.words import Words
from server.kit.module import Module, every
from server.work.company import Company

LEAST, MOST = 2, 10


class Unavailable(Exception):
    """The registry does not answer, or not so that it can be read. The sentence is for the operator's log."""


class Unknown(Exception):
    """The registry holds nothing under this reference (any more)."""


class Candidate(msgspec.Struct, frozen=True):
    """A company to choose. `ref` is the registry's own name for it, `place` a town or country."""

    ref: str
    name: str
    credit_code: str = ""
    status: str = ""
    place: str = ""


class PostalAddress(msgspec.Struct, frozen=True):
    """In the parts of an address field."""

    country: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""


class Registration(msgspec.Struct, frozen=True):
    """What a registry says of a company; empty what it does not say. `founded` is a day, `source` the address of its public page."""

    ref: str
    name: str
    credit_code: str = ""
    status: str = ""
    legal_form: str = ""
    legal_representative: str = ""
    capital: str = ""
    founded: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: PostalAddress | None = None
    former_names: str = ""
    source: str = ""


@dataclass(frozen=True)
class Registry:
    """A provider, declared in a module's list. `search` answers at most `MOST`, best first; both raise `Unavailable`, `fetch` `Unknown`."""

    code: str
    words: Words
    about: Words
    search: Callable[[Company, str], Awaitable[list[Candidate]]]
    fetch: Callable[[Company, str], Awaitable[Registration]]


def registries(modules: Sequence[Module]) -> dict[str, Registry]:
    """What can be chosen, by code."""
    return {one.code: one for one in every(modules, Registry)}
