"""Searching within one's rights: candidates from the index, newest first or best first, then only what the actor may read now (FEED-31)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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

# The first look leaves the tokens out: a rare word has few places, a common one is soon in something of mine; only what lies
# between needs the narrower and dearer question.
FIRST_LOOK = 400
ROUNDS = 20
AT_ONCE = 200
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
    among: list[Sequence[str]] = []
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
        entries = index.best(conn, question.narrowed(_tokens(conn, actor, open_kinds)), size * 3, BEST_AMONG)
        return _presented(conn, actor, by_kind, _readable(conn, actor, by_kind, entries)[:size], None)
    return _newest(conn, actor, by_kind, question, size)


def look_up(conn: Connection, actor: Actor, finder: Finder, q: str, size: int) -> Found:
    """A kind that is looked up where it lies. Raises `Forbidden`."""
    finder.rule.admit(actor)
    hits, also = finder.find(conn, actor, q.strip(), size)
    return Found([(finder.kind, hit) for hit in hits], also, None)


def _newest(
    conn: Connection,
    actor: Actor,
    kinds: dict[str, Searchable],
    question: Question,
    size: int,
) -> Found:
    """Round by round, because of the candidates some may not be read: bounded, and the cursor goes on where this ended."""
    mine: list[Entry] = []
    rest: int | None = None
    for turn in range(ROUNDS):
        if turn == 0:
            entries, rest = index.glance(conn, question, FIRST_LOOK)
        else:
            entries = index.newest(conn, question, AT_ONCE)
            rest = entries[-1].id if len(entries) == AT_ONCE else None
        mine += _readable(conn, actor, kinds, entries)
        if len(mine) > size:
            return _presented(conn, actor, kinds, mine[:size], mine[size - 1].id)
        if rest is None:
            break
        if turn == 0:
            question = question.narrowed(_tokens(conn, actor, kinds.values()))
        question = question.below(rest)
    return _presented(conn, actor, kinds, mine, rest)


def _tokens(conn: Connection, actor: Actor, kinds: Iterable[Searchable]) -> list[str]:
    """Never empty: somebody to whom nothing belongs finds nothing, not everything."""
    return [*dict.fromkeys(token for one in kinds for token in one.tokens(conn, actor)), "nobody"]


def _readable(
    conn: Connection, actor: Actor, kinds: dict[str, Searchable], entries: Sequence[Entry]
) -> list[Entry]:
    """Those that the actor may read now, in the same order."""
    ids = _by_kind(entries)
    may = {kind: one.readable(conn, actor, ids[kind]) for kind, one in kinds.items() if kind in ids}
    return [entry for entry in entries if entry.thing_id in may.get(entry.kind, ())]


def _presented(
    conn: Connection,
    actor: Actor,
    kinds: dict[str, Searchable],
    entries: Sequence[Entry],
    following: int | None,
) -> Found:
    found: dict[tuple[str, int], Hit] = {}
    also: list[Change] = []
    for kind, ids in _by_kind(entries).items():
        hits, brought = kinds[kind].hits(conn, actor, ids)
        found |= {(kind, hit.id): hit for hit in hits}
        also += brought
    places = [(entry.kind, entry.thing_id) for entry in entries]
    return Found([(place[0], found[place]) for place in places if place in found], also, following)


def _by_kind(entries: Sequence[Entry]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        ids[entry.kind].append(entry.thing_id)
    return ids


def _admits(one: Searchable, actor: Actor) -> bool:
    try:
        one.rule.admit(actor)
    except Forbidden:
        return False
    return True


def _moment(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone))
