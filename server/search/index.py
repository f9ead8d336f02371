"""Writing and asking the index, on SQLite by FTS5 and on PostgreSQL by `tsvector`. The same terms, the same answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from server.db.base import table
from server.db.hot import Hot, among
from server.search.declared import Doc
from server.search.models import SearchEntry
from server.search.places import place
from server.search.terms import SIGN, Sought, terms_of

_ENTRIES = table(SearchEntry)
_MOST_POSITIONS = 16_383  # PostgreSQL's; what stands behind is found, but not in phrases
_AT_ONCE = 500
_ENTER = Hot(insert(_ENTRIES), ["id", "kind", "thing_id", "terms"])
_THERE = Hot(
    select(_ENTRIES.c.id, _ENTRIES.c.terms).where(
        _ENTRIES.c.kind == bindparam("kind"), among(_ENTRIES.c.thing_id, "ids")
    )
)


@dataclass(frozen=True)
class Entry:
    """A found row of the index."""

    id: int
    kind: str
    thing_id: int


@dataclass(frozen=True)
class Question:
    """All of `pieces`, and one token of every group in `among`; places in [`after`, `before`)."""

    pieces: Sequence[Sought]
    among: Sequence[Sequence[str]]
    after: int | None = None
    before: int | None = None

    def narrowed(self, tokens: Sequence[str]) -> "Question":
        return replace(self, among=[tokens, *self.among])

    def below(self, place: int) -> "Question":
        return replace(self, before=place)


@dataclass(frozen=True)
class Indexed:
    """A document ready to be written: worked out in a reading thread."""

    id: int
    kind: str
    thing_id: int
    terms: str


def indexed(dialect: str, numbers: Mapping[str, int], kind: str, doc: Doc) -> list[Indexed]:
    """The thing, and what it carries."""
    return [
        _indexed(dialect, kind, numbers[kind], doc),
        *(
            _indexed(dialect, one.kind, numbers[one.kind], replace(doc, thing_id=one.id, text=one.text))
            for one in doc.carries
        ),
    ]


def _indexed(dialect: str, kind: str, number: int, doc: Doc) -> Indexed:
    words = terms_of(doc.text)
    tokens = [f"{SIGN}{one}" for one in (*doc.tokens, f"a{doc.author_id}", f"k{kind}")]
    terms = _vector(words, tokens) if dialect == "postgresql" else " ".join([*words, *tokens])
    return Indexed(place(doc.at, number, doc.thing_id), kind, doc.thing_id, terms)


def put(conn: Connection, docs: Sequence[Indexed]) -> None:
    """Writes them, in place of what the index held of the same things."""
    latest = {(doc.kind, doc.thing_id): doc for doc in docs}
    remove(conn, latest)
    rows = [{"id": d.id, "kind": d.kind, "thing_id": d.thing_id, "terms": d.terms} for d in latest.values()]
    for start in range(0, len(rows), _AT_ONCE):
        _ENTER.many(conn, rows[start : start + _AT_ONCE])
    if conn.dialect.name == "sqlite" and rows:
        conn.exec_driver_sql(
            "INSERT INTO search_terms (rowid, terms) VALUES (?, ?)",
            [(row["id"], row["terms"]) for row in rows],
        )


def remove(conn: Connection, things: Iterable[tuple[str, int]]) -> None:
    """Takes them out; those that are not in are left alone."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, thing_id in things:
        by_kind[kind].append(thing_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), _AT_ONCE):
            these = {"kind": kind, "ids": ids[start : start + _AT_ONCE]}
            old = _THERE.rows(conn, these)
            if not old:
                continue
            if conn.dialect.name == "sqlite":
                conn.exec_driver_sql(
                    "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', ?, ?)", old
                )
            conn.execute(delete(_ENTRIES).where(_ENTRIES.c.id.in_([row[0] for row in old])))


def newest(conn: Connection, question: Question, count: int) -> list[Entry]:
    """The newest `count` that fit, newest first. The caller asks what of them may be read."""
    sql = _NEWEST_SQLITE if conn.dialect.name == "sqlite" else _NEWEST_POSTGRESQL
    return _entries(conn, sql, _values(conn, question, count))


def glance(conn: Connection, question: Question, count: int, looked: int) -> tuple[list[Entry], int | None]:
    """Up to `count` of the newest that fit, cheaply even where very many do, and the place below which nothing was looked at (None:
    that was all). On PostgreSQL only the newest `looked` things are looked through: a common word is soon found there, and the
    planner, who cannot tell it from a rare one, would look through everything for that."""
    if conn.dialect.name == "sqlite":
        found = newest(conn, question, count)
        return found, rest_of(found, count)
    values = _values(conn, question, count) | {"looked": looked}
    found = _entries(conn, _AMONG_NEWEST, values)
    if len(found) == count:
        return found, found[-1].id
    last = conn.execute(text(_LAST_LOOKED), values).scalar_one_or_none()
    return found, last


def rest_of(found: Sequence[Entry], count: int) -> int | None:
    """The place to go on below, after a look for `count`; None when there is no more."""
    return found[-1].id if len(found) == count else None


def can_narrow(conn: Connection, tokens: Sequence[str]) -> bool:
    """Whether asking for all these tokens is cheaper than asking what may be read of what was found. A GIN index compares every place
    of every token with every token: 500 of them take a second."""
    return conn.dialect.name == "sqlite" or len(tokens) <= _MOST_TOKENS


def _values(conn: Connection, question: Question, count: int) -> dict[str, object]:
    return {
        "q": _query(conn, question),
        "after": question.after or 0,
        "before": question.before if question.before is not None else 2**63 - 1,
        "count": count,
    }


_MOST_TOKENS = 50
_NEWEST_SQLITE = (
    "SELECT e.id, e.kind, e.thing_id FROM (SELECT rowid FROM search_terms WHERE search_terms MATCH :q"
    " AND rowid >= :after AND rowid < :before ORDER BY rowid DESC LIMIT :count) AS f"
    " JOIN search_entry AS e ON e.id = f.rowid ORDER BY e.id DESC"
)
_AMONG_NEWEST = (
    "SELECT id, kind, thing_id FROM (SELECT id, kind, thing_id, terms FROM search_entry"
    " WHERE id >= :after AND id < :before ORDER BY id DESC LIMIT :looked) AS recent"
    " WHERE terms @@ CAST(:q AS tsquery) ORDER BY id DESC LIMIT :count"
)
_LAST_LOOKED = "SELECT id FROM search_entry WHERE id >= :after AND id < :before ORDER BY id DESC LIMIT 1 OFFSET :looked - 1"
# Materialized, so that the words are asked of the index, and what fits is put in order then.
_NEWEST_POSTGRESQL = (
    "WITH fitting AS MATERIALIZED (SELECT id, kind, thing_id FROM search_entry WHERE terms @@ CAST(:q AS tsquery)"
    " AND id >= :after AND id < :before) SELECT id, kind, thing_id FROM fitting ORDER BY id DESC LIMIT :count"
)


def ranked(conn: Connection, question: Question, among: Sequence[Entry], count: int) -> list[Entry]:
    """Of these entries, found by the same question, the `count` that fit best."""
    if not among:
        return []
    values: dict[str, object]
    if conn.dialect.name == "postgresql":
        words = Question(question.pieces, ())
        values = {"words": _query(conn, words), "ids": [one.id for one in among], "count": count}
        return _entries(conn, _RANKED_POSTGRESQL, values)
    values = {"q": _query(conn, question), "first": among[0].id, "last": among[-1].id}
    these = {one.id for one in among}
    return [one for one in _entries(conn, _RANKED_SQLITE, values) if one.id in these][:count]


_RANKED_POSTGRESQL = (
    "SELECT id, kind, thing_id FROM search_entry WHERE id = ANY(:ids)"
    " ORDER BY ts_rank_cd(terms, CAST(:words AS tsquery), 1) DESC, id DESC LIMIT :count"
)
_RANKED_SQLITE = (
    "SELECT e.id, e.kind, e.thing_id FROM search_terms AS f JOIN search_entry AS e ON e.id = f.rowid"
    " WHERE search_terms MATCH :q AND f.rowid >= :last AND f.rowid <= :first ORDER BY bm25(search_terms), e.id DESC"
)


def _entries(conn: Connection, sql: str, values: dict[str, object]) -> list[Entry]:
    return [Entry(row.id, row.kind, row.thing_id) for row in conn.execute(text(sql), values)]


def _query(conn: Connection, question: Question) -> str:
    groups = [[f"{SIGN}{token}" for token in group] for group in question.among]
    if conn.dialect.name == "sqlite":
        parts = ['"' + " ".join(one.terms) + '"' + ("*" if one.begins else "") for one in question.pieces]
        parts += ["(" + " OR ".join(f'"{token}"' for token in group) + ")" for group in groups]
        return " AND ".join(parts)
    parts = [
        "(" + " <-> ".join(f"'{term}'{':*' if one.begins else ''}" for term in one.terms) + ")"
        for one in question.pieces
    ]
    parts += ["(" + " | ".join(f"'{token}'" for token in group) + ")" for group in groups]
    return " & ".join(parts)


def _vector(words: Sequence[str], tokens: Sequence[str]) -> str:
    """The text form of a `tsvector`. Terms hold letters and digits only, so nothing needs escaping."""
    positions: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words, 1):
        positions[word].append(min(at, _MOST_POSITIONS))
    lexemes = [f"'{word}':{','.join(map(str, places))}" for word, places in positions.items()]
    return " ".join([*lexemes, *(f"'{token}'" for token in dict.fromkeys(tokens))])
