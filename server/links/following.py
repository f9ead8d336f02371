"""Traces are left in the act that makes or changes a thing; a job makes all of them anew."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, insert

from server.cards.cards import Ref
from server.events.envelope import Event, Put
from server.kit.module import every
from server.links.addresses import refs_in
from server.links.declared import LinkSource, Said
from server.links.models import Link
from server.work.company import Company
from server.work.within import Within
from server.work.work import Work

REBUILT_AT_ONCE = 200


def within(sources: Sequence[LinkSource]) -> list[Within]:
    """Built by the list of what is installed, because only it knows every kind that refers to others."""
    return [
        Within(on, f"links of {one.kind}", partial(_follow, one=one))
        for one in sources
        for on in (one.made, *sorted(one.changed | one.gone))
    ]


def _follow(work: Work, event: Event, one: LinkSource) -> None:
    if event.type in one.gone:
        _forget(work, one.kind, [change.id for change in event.changes if change.kind == one.kind])
    for change in event.changes:
        if change.kind != one.kind or not isinstance(change, Put) or not isinstance(change.data, one.shape):
            continue
        said = one.said(change.data)
        if event.type in one.changed:
            _forget(work, one.kind, [change.id])
        if said is not None:
            _leave(work, one.kind, [said])


def _forget(work: Work, kind: str, ids: Sequence[int]) -> None:
    work.conn.execute(delete(Link).where(Link.source_kind == kind, Link.source_id.in_(ids)))


def _leave(work: Work, kind: str, things: Sequence[Said]) -> None:
    """Costs nothing where nothing is referred to. Nothing leaves a trace on itself."""
    rows = [
        {
            "source_kind": kind,
            "source_id": said.thing_id,
            "target_kind": target.kind,
            "target_id": target.id,
            "how": how,
            "at": said.at,
        }
        for said in things
        for target, how in _targets(work.company, said).items()
        if target != Ref(kind, said.thing_id)
    ]
    if rows:
        work.conn.execute(insert(Link), rows)


def _targets(company: Company, said: Said) -> dict[Ref, str]:
    found = dict.fromkeys(said.cards, "card")
    for ref in refs_in(company, said.text):
        found.setdefault(ref, "text")
    return found


async def rebuild(company: Company, args: dict[str, Any]) -> None:
    """Every trace anew, some things in each turn; safe to run twice and beside what is written meanwhile."""
    for one in every(company.modules, LinkSource):
        after: int | None = 0
        while after is not None:
            after = (await company.write(partial(_rebuild_some, one=one, after=after))).value


def _rebuild_some(work: Work, one: LinkSource, after: int) -> int | None:
    """The last thing that was dealt with; None when there are no more."""
    things = one.page(work.conn, after, REBUILT_AT_ONCE)
    if not things:
        return None
    _forget(work, one.kind, [said.thing_id for said in things])
    _leave(work, one.kind, things)
    return things[-1].thing_id
