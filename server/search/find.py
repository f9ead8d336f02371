"""Searching within one's rights: candidates from the index, newest first or best first, then only what the actor may read now (FEED-31)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from server.events.envelope import Change
from server.kit.problems import Forbidden, invalid
from server.permissions.actor import Actor
from server.search import index
from server.search.declared import Finder, Hit, Searchable
from server.search.index import Entry, Question
from server.search.places import first_place
from server.search.terms import sought

ROUNDS = 20
LEAST_AT_ONCE = 100
BEST_AMONG = 1_000


@dataclass(frozen=True)
class Wanted:
    """A search as it was asked. `within` is a token (`c7`, `d3`), `start` and `end` days of the company, `end` not included."""

    q: str
    kind: str = ""
    author_id: int | None = None
    within: str = ""
    start: date | None = None
    end: date | None = None
    best_first: bool = False


@dataclass(frozen=True)
class Found:
    """Hits with their kinds, in order; `following` is the place to go on from."""

    hits: list[tuple[str, Hit]]
    also: list[Change]
    following: int | None


def find(
    conn: Connection,
    actor: Actor,
    searchables: Sequence[Searchable],
    wanted: Wanted,
    zone: str,
    size: int,
    before: int | None,
) -> Found:
    """Raises `Invalid` on field `q` when nothing is asked for."""
    pieces = sought(wanted.q)
    if not pieces and not (wanted.author_id or wanted.within):
        raise invalid("q", "required", "Write at least one letter, sign or digit to look for.")
    open_kinds = [one for one in searchables if wanted.kind in ("", one.kind) and _admits(one, actor)]
    tokens = list(dict.fromkeys(token for one in open_kinds for token in one.tokens(conn, actor)))
    if not tokens:
        return Found([], [], None)
    among: list[Sequence[str]] = [tokens]
    if wanted.kind:
        among.append([f"k{wanted.kind}"])
    if wanted.author_id:
        among.append([f"a{wanted.author_id}"])
    if wanted.within:
        among.append([wanted.within])
    end = _moment(wanted.end, zone)
    ends = [one for one in (before, None if end is None else first_place(end)) if one is not None]
    start = _moment(wanted.start, zone)
    question = Question(pieces, among, None if start is None else first_place(start), min(ends, default=None))
    by_kind = {one.kind: one for one in open_kinds}
    if wanted.best_first:
        entries = index.best(conn, question, size * 3, BEST_AMONG)
        hits, also = _readable(conn, actor, by_kind, entries)
        return Found([(entry.kind, hit) for entry, hit in hits[:size]], also, None)
    return _newest(conn, actor, by_kind, question, size)


def look_up(conn: Connection, actor: Actor, finder: Finder, q: str, size: int) -> Found:
    """A kind that is looked up where it lies. Raises `Forbidden`."""
    finder.rule.admit(actor)
    hits, also = finder.find(conn, actor, q.strip(), size)
    return Found([(finder.kind, hit) for hit in hits], also, None)


def _newest(
    conn: Connection, actor: Actor, kinds: dict[str, Searchable], question: Question, size: int
) -> Found:
    """Round by round, because of the candidates some may not be read: bounded, and the cursor goes on where this ended."""
    hits: list[tuple[Entry, Hit]] = []
    also: list[Change] = []
    at_once = max(LEAST_AT_ONCE, 2 * size)
    last: int | None = question.before
    for _ in range(ROUNDS):
        asked = Question(question.pieces, question.among, question.after, last)
        entries = index.newest(conn, asked, at_once)
        found, brought = _readable(conn, actor, kinds, entries)
        hits += found
        also += brought
        if len(hits) > size:
            return Found(_bare(hits[:size]), also, hits[size - 1][0].id)
        if len(entries) < at_once:
            return Found(_bare(hits), also, None)
        last = entries[-1].id
    return Found(_bare(hits), also, last)


def _bare(hits: Sequence[tuple[Entry, Hit]]) -> list[tuple[str, Hit]]:
    return [(entry.kind, hit) for entry, hit in hits]


def _readable(
    conn: Connection, actor: Actor, kinds: dict[str, Searchable], entries: Sequence[Entry]
) -> tuple[list[tuple[Entry, Hit]], list[Change]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.kind in kinds:
            ids[entry.kind].append(entry.thing_id)
    found: dict[tuple[str, int], Hit] = {}
    also: list[Change] = []
    for kind, wanted in ids.items():
        hits, brought = kinds[kind].hits(conn, actor, wanted)
        found |= {(kind, hit.id): hit for hit in hits}
        also += brought
    places = [(entry, found.get((entry.kind, entry.thing_id))) for entry in entries]
    return [(entry, hit) for entry, hit in places if hit is not None], also


def _admits(one: Searchable, actor: Actor) -> bool:
    try:
        one.rule.admit(actor)
    except Forbidden:
        return False
    return True


def _moment(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone))
