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


@dataclass(frozen=True)
class Looks:
    """How much is looked at, one after the other. The first look leaves the tokens out: a rare word has few places, a common one is
    soon in something of mine; only what lies between needs a narrower question (`few` at once) or a longer look. What stands in one of
    `common` things or more is looked for by glancing on."""

    first: int = 400
    glanced: int = 10_000
    few: int = 200
    many: int = 4_000
    glanced_then: int = 100_000
    common: int = 500
    rounds: int = 20
    rounds_for_best: int = 4


LOOKS = Looks()
CHECKED_AT_ONCE = 400
BEST_AMONG = 200


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
        mine, _ = _mine(conn, actor, by_kind, question, BEST_AMONG, LOOKS.rounds_for_best)
        narrow = question.narrowed(_tokens(conn, actor, open_kinds))
        ranked = index.ranked(conn, narrow, mine[:BEST_AMONG], size)
        return _presented(conn, actor, by_kind, ranked, None)
    mine, rest = _mine(conn, actor, by_kind, question, size + 1, LOOKS.rounds)
    following = mine[size - 1].id if len(mine) > size else rest
    return _presented(conn, actor, by_kind, mine[:size], following)


def look_up(conn: Connection, actor: Actor, finder: Finder, q: str, size: int) -> Found:
    """A kind that is looked up where it lies. Raises `Forbidden`."""
    finder.rule.admit(actor)
    hits, also = finder.find(conn, actor, q.strip(), size)
    return Found([(finder.kind, hit) for hit in hits], also, None)


def _mine(
    conn: Connection, actor: Actor, kinds: dict[str, Searchable], question: Question, enough: int, rounds: int
) -> tuple[list[Entry], int | None]:
    """The newest that fit and that the actor may read, `enough` of them or a few more, and the place to go on below (None: these are
    all). Round by round, because of the candidates some may not be read: bounded, so there may be fewer and yet a place to go on."""
    mine: list[Entry] = []
    entries, rest = index.glance(conn, question, LOOKS.first, LOOKS.glanced)
    is_common, is_narrow = len(entries) >= min(LOOKS.first, LOOKS.glanced / LOOKS.common), False
    for turn in range(rounds):
        for start in range(0, len(entries), CHECKED_AT_ONCE):
            mine += _readable(conn, actor, kinds, entries[start : start + CHECKED_AT_ONCE])
            if len(mine) >= enough:
                return mine, mine[-1].id
        if rest is None or turn == rounds - 1:
            break
        if turn == 0:
            tokens = _tokens(conn, actor, kinds.values())
            is_narrow = index.can_narrow(conn, tokens)
            question = question.narrowed(tokens) if is_narrow else question
        question = question.below(rest)
        if is_narrow or not is_common:
            count = LOOKS.few if is_narrow else LOOKS.many
            entries = index.newest(conn, question, count)
            rest = index.rest_of(entries, count)
        else:
            entries, rest = index.glance(conn, question, LOOKS.many, LOOKS.glanced_then)
            is_common = len(entries) >= min(LOOKS.many, LOOKS.glanced_then / LOOKS.common)
    return mine, rest


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
