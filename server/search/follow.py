"""The index follows what is written: a reaction to the events of every searchable kind, and a job that builds it anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from server.background.jobs import BY_THE_HOUSE
from server.background.reactions import Effect, Fact, Reaction, lock
from server.kit.module import every
from server.search import index
from server.search.declared import Carried, Searchable
from server.search.index import Indexed
from server.work.company import Company
from server.work.work import Work

NAME = "search"
REBUILT_AT_ONCE = 200


def reaction(searchables: Sequence[Searchable]) -> Reaction:
    """Built by the list of what is installed, because only it knows every searchable kind."""
    types = frozenset(type for one in searchables for type in one.types | one.gone)
    return Reaction(NAME, BY_THE_HOUSE, types, prepare, from_beginning=True)


def prepare(conn: Connection, company: Company, facts: Sequence[Fact]) -> Effect | None:
    """What these facts say of each thing, the newest last: terms are worked out here, outside of the writer's turn."""
    kinds = {one.kind: one for one in every(company.modules, Searchable)}
    numbers = numbers_of(company)
    found: dict[tuple[str, int], list[Indexed]] = {}
    for fact in facts:
        for change in fact.changes:
            kind = kinds.get(change.kind)
            if kind is not None and change.op == "drop" and fact.type in kind.gone:
                found[change.kind, change.id] = []
            # Another drop says that somebody may no longer see it, not that it is gone: rights are asked at every search.
            if kind is None or change.op != "put" or fact.type not in kind.types:
                continue
            view: Any = change.as_(kind.shape)
            doc = kind.doc(view)
            if doc is not None and kind.whose is not None:
                doc = replace(doc, tokens=(*doc.tokens, *kind.whose(conn, view)))
            made = index.indexed(conn.dialect.name, numbers, kind.kind, doc) if doc else []
            found[change.kind, change.id] = made
    if not found:
        return None

    def effect(work: Work) -> None:
        index.remove(work.conn, [thing for thing, made in found.items() if not made])
        index.put(work.conn, [one for made in found.values() for one in made])

    return effect


def numbers_of(company: Company) -> dict[str, int]:
    """The number of every kind that the index holds."""
    own = {one.kind: one.number for one in every(company.modules, Searchable)}
    return own | {one.kind: one.number for one in every(company.modules, Carried)}


async def rebuild(company: Company, args: dict[str, Any]) -> None:
    """Every thing anew, some in each turn, oldest first; safe to run twice and beside the reaction. Also `admin rebuild-search`."""
    numbers = numbers_of(company)
    for one in every(company.modules, Searchable):
        after: int | None = 0
        while after is not None:
            turn = partial(_rebuild_some, one=one, numbers=numbers, after=after)
            after = (await company.write(turn)).value


def _rebuild_some(work: Work, one: Searchable, numbers: Mapping[str, int], after: int) -> int | None:
    """The last thing that was dealt with; None when there are no more. Reads in the turn: nothing newer may be overwritten."""
    lock(work.conn, NAME)
    docs = one.page(work.conn, after, REBUILT_AT_ONCE)
    dialect = work.conn.dialect.name
    made = [entry for doc in docs for entry in index.indexed(dialect, numbers, one.kind, doc)]
    index.put(work.conn, made)
    return docs[-1].thing_id if docs else None
