"""Which registry the company asks: chosen by an administrator, none until then."""

import msgspec
from sqlalchemy import Connection, insert, select, update

from crm_objects.engine.words import Words
from crm_objects.registry.models import RegistryChoice
from crm_objects.registry.provider import Registry, registries
from server.db.base import table
from server.kit.problems import invalid
from server.work.company import Company
from server.work.work import Work

_CHOICE = table(RegistryChoice)


class RegistryView(msgspec.Struct, frozen=True):
    """One that can be chosen."""

    code: str
    words: Words
    about: Words


class RegistryState(msgspec.Struct, frozen=True):
    """`provider`: the one that is asked, empty where none is."""

    provider: str
    registries: list[RegistryView]


def chosen(conn: Connection, company: Company) -> Registry | None:
    """None where none is chosen, or one that is no longer installed."""
    code = conn.execute(select(_CHOICE.c.provider)).scalar() or ""
    return registries(company.modules).get(code)


def state(conn: Connection, company: Company) -> RegistryState:
    now = chosen(conn, company)
    offered = [RegistryView(one.code, one.words, one.about) for one in registries(company.modules).values()]
    return RegistryState(now.code if now else "", offered)


def choose(work: Work, code: str) -> RegistryState:
    """Empty: none is asked any more. Raises `Invalid` on `provider`."""
    if code and code not in registries(work.company.modules):
        raise invalid("provider", "choice", "There is no such registry.")
    before = work.conn.execute(select(_CHOICE.c.provider).with_for_update()).scalar()
    if before is None:
        work.conn.execute(insert(_CHOICE).values(id=1, provider=code))
    elif before != code:
        work.conn.execute(update(_CHOICE).values(provider=code))
    if (before or "") != code:
        work.audit("registry.chosen", ("registry", 1), provider=code)
    return state(work.conn, work.company)
