"""Finding records by words in very many: one text of terms for each record, looked up by FTS5 on SQLite and a GIN index on PostgreSQL.

The terms follow from the title: its words (runs of Han as overlapping pairs, toolchain.md §9), its spelling from each syllable on, its
initials from each letter on. A piece of a query is the beginning of one of them; all pieces have to be there.
"""

from typing import Any

from sqlalchemy import (
    DDL,
    Column,
    ColumnElement,
    Index,
    Table,
    Text,
    cast,
    column,
    event,
    false,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from server.people.spelling import searched
from server.search.terms import sought, terms_of

COLUMN = "terms"
_MOST_LETTERS, _LONGEST = 24, 60


def terms_column() -> "Column[str]":
    return Column(COLUMN, Text().with_variant(TSVECTOR(), "postgresql"), nullable=False, server_default="")


def terms_for(title: str, spelled: str, initials: str) -> str:
    """What a record is found by, letters and digits only, in the form in which PostgreSQL writes a `tsvector`: so the same text is kept
    by both databases."""
    found = [*terms_of(title), *(_plain(word) for word in spelled.split())]
    for letters in map(_plain, initials.split()):
        found += [letters[at:] for at in range(min(len(letters), _MOST_LETTERS))]
    return " ".join(
        f"'{word}'" for word in sorted({word[:_LONGEST] for word in found if word}, key=str.encode)
    )


def _plain(word: str) -> str:
    return "".join(char for char in word if char.isalnum())


def declare(table: Table) -> None:
    """The index beside a kind's table. On SQLite triggers keep it; a migration that makes the table anew makes them again."""
    words = Index(f"ix_search_terms_{table.name}", table.c[COLUMN], postgresql_using="gin")
    words.ddl_if(dialect="postgresql")
    for statement in sqlite_statements(table.name):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]


def sqlite_statements(kind: str) -> list[str]:
    """Plain DDL, as the migration has it too."""
    words = f"search_terms_{kind}"
    put = f"INSERT INTO {words} (rowid, terms) VALUES (new.id, new.terms);"  # noqa: S608
    out = f"INSERT INTO {words} ({words}, rowid, terms) VALUES ('delete', old.id, old.terms);"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5("
        f"terms, content='{kind}', content_rowid='id', tokenize='ascii')",
        f"CREATE TRIGGER {words}_put AFTER INSERT ON {kind} BEGIN {put} END",
        f"CREATE TRIGGER {words}_out AFTER DELETE ON {kind} BEGIN {out} END",
        f"CREATE TRIGGER {words}_new AFTER UPDATE OF terms ON {kind} WHEN old.terms <> new.terms BEGIN {out} {put} END",
    ]


def fits(table: Table, q: str, number: int | None) -> ColumnElement[bool]:
    """On PostgreSQL: the records in which all pieces of `q` begin a term, and the one with this number."""
    ways = [
        "(" + " & ".join(f"'{term}'{':*' if begins else ''}" for term, begins in pieces) + ")"
        for pieces in _ways(q)
    ]
    numbered = table.c.id == number if number else None
    if not ways:
        return false() if numbered is None else numbered
    there: ColumnElement[bool] = table.c[COLUMN].op("@@", is_comparison=True)(cast(" | ".join(ways), TSQUERY))
    return there if numbered is None else or_(there, numbered)


def rows_that_fit(table: Table, q: str, number: int | None) -> Any:
    """On SQLite: a query of their ids; None when nothing can."""
    ways = [
        "(" + " AND ".join(f'"{term}"{"*" if begins else ""}' for term, begins in pieces) + ")"
        for pieces in _ways(q)
    ]
    numbered = select(literal(number).label("rowid")) if number else None
    if not ways:
        return numbered
    name = f"search_terms_{table.name}"
    words = text(f"{name} MATCH :words_{table.name}").bindparams(**{f"words_{table.name}": " OR ".join(ways)})
    rows: Any = select(column("rowid")).select_from(text(name)).where(words)
    return rows if numbered is None else union_all(rows, numbered)


def _ways(q: str) -> list[list[tuple[str, bool]]]:
    """Terms that all have to be there, and whether each is the beginning of one; several ways to read the same."""
    pieces = [(term, one.begins) for one in sought(q) for term in one.terms]
    if not pieces:
        return []
    whole = _plain(searched(q))[:_LONGEST]
    # `ning bo` is typed for `ningbo`.
    return [pieces, [(whole, True)]] if len(pieces) > 1 and whole.isascii() else [pieces]
