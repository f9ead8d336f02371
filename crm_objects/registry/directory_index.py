"""Finding names in the directory by the words in them: FTS5 on SQLite, `tsvector` on PostgreSQL; two signs suffice, of a million lines."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from crm_objects.registry.models import RegistryCompany, RegistryEntry
from server.db.base import table
from server.search.terms import sought, terms_of

_ENTRIES, _COMPANIES = table(RegistryEntry), table(RegistryCompany)
LOOKED = 50
# So many lines are looked through one by one first: a word that is in every second name is soon found there, and dear in the index.
_FIRST = 2_000


def put(conn: Connection, names: Sequence[tuple[int, str]]) -> None:
    """Enters lines, by id and name."""
    sqlite = conn.dialect.name == "sqlite"
    rows = [{"id": id, "terms": _terms(name, sqlite)} for id, name in names]
    if not rows:
        return
    conn.execute(insert(_ENTRIES), rows)
    if sqlite:
        conn.exec_driver_sql(
            "INSERT INTO registry_terms (rowid, terms) VALUES (?, ?)",
            [(row["id"], row["terms"]) for row in rows],
        )


def remove(conn: Connection, ids: Sequence[int]) -> None:
    """Takes them out; those that are not in are left alone."""
    these = _ENTRIES.c.id.in_(list(ids))
    if conn.dialect.name == "sqlite":
        old = [tuple(row) for row in conn.execute(select(_ENTRIES.c.id, _ENTRIES.c.terms).where(these))]
        if old:
            conn.exec_driver_sql(
                "INSERT INTO registry_terms (registry_terms, rowid, terms) VALUES ('delete', ?, ?)", old
            )
    conn.execute(delete(_ENTRIES).where(these))


def found(conn: Connection, edition: int, q: str) -> list[Any]:
    """At most `LOOKED` lines of this edition with all the words, in no order that says anything."""
    asked = _query(q, conn.dialect.name == "sqlite")
    if not asked:
        return []
    values = {"q": asked, "edition": edition, "looked": LOOKED, "first": _FIRST}
    if conn.dialect.name == "sqlite":
        return list(conn.execute(text(_SQLITE), values))
    near = list(conn.execute(text(_NEAR), values))
    return near if len(near) == LOOKED else list(conn.execute(text(_POSTGRESQL), values))


_SQLITE = (
    "SELECT c.id, c.name, c.data FROM registry_terms AS f CROSS JOIN registry_company AS c ON c.id = f.rowid"
    " WHERE registry_terms MATCH :q AND c.edition_id = :edition LIMIT :looked"
)
_NEAR = (
    "SELECT n.id, n.name, n.data FROM (SELECT id, name, data FROM registry_company WHERE edition_id = :edition"
    " ORDER BY id LIMIT :first) AS n JOIN registry_entry AS e ON e.id = n.id"
    " WHERE e.terms @@ CAST(:q AS tsquery) LIMIT :looked"
)
# Materialized: the words are asked of the index, whatever the planner believes of them.
_POSTGRESQL = (
    "WITH fitting AS MATERIALIZED (SELECT id FROM registry_entry WHERE terms @@ CAST(:q AS tsquery))"
    " SELECT c.id, c.name, c.data FROM fitting AS f JOIN registry_company AS c ON c.id = f.id"
    " WHERE c.edition_id = :edition LIMIT :looked"
)


def _terms(name: str, sqlite: bool) -> str:
    words = dict.fromkeys(terms_of(name))
    return " ".join(words) if sqlite else " ".join(f"'{word}'" for word in words)


def _query(q: str, sqlite: bool) -> str:
    """Every pair of signs and every word, the last letters of each as a beginning; terms hold letters and digits alone."""
    parts = [(term, piece.begins) for piece in sought(q) for term in piece.terms]
    if sqlite:
        return " AND ".join(f'"{term}"' + ("*" if begins else "") for term, begins in parts)
    return " & ".join(f"'{term}'" + (":*" if begins else "") for term, begins in parts)
