"""lists of records

Words by which records are found, columns and the order of views, acts on many. Plain DDL, imports nothing of ours.
"""

# ruff: noqa: S608
import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a7d10c9e52b4"
down_revision = "b6d1f3a97c24"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TERMS = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")
_KINDS = ("customer", "contact")
_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


def upgrade() -> None:
    op.create_table(
        "record_columns",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_record_columns_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_record_columns")),
    )
    op.create_table(
        "record_bulk",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), server_default="[]", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_record_bulk_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_bulk")),
    )
    op.create_index(
        op.f("ix_record_bulk_person_id_record_bulk_created_at"), "record_bulk", ["person_id", "created_at"]
    )
    op.add_column(
        "record_view", sa.Column("base", sa.String(length=20), server_default="all", nullable=False)
    )
    op.add_column("record_view", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE record_view SET position = id")
    for kind, link in (("customer", "parent"), ("contact", "customer")):
        name = op.f(f"ix_{kind}_{link}_{kind}_id")
        op.drop_index(name, kind)
        there = sa.text(f"{link} IS NOT NULL")
        op.create_index(name, kind, [link, "id"], sqlite_where=there, postgresql_where=there)
    for kind in _KINDS:
        op.add_column(kind, sa.Column("terms", _TERMS, server_default="", nullable=False))
        _fill(kind)
        _find(kind)


def _find(kind: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(f"ix_search_terms_{kind}", kind, ["terms"], postgresql_using="gin")
        return
    words = f"search_terms_{kind}"
    put = f"INSERT INTO {words} (rowid, terms) VALUES (new.id, new.terms);"
    out = f"INSERT INTO {words} ({words}, rowid, terms) VALUES ('delete', old.id, old.terms);"
    # Our terms are words already: `ascii` parts them at the blanks and takes every other sign for a letter.
    op.execute(
        f"CREATE VIRTUAL TABLE {words} USING fts5("
        f"terms, content='{kind}', content_rowid='id', tokenize='ascii')"
    )
    op.execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")
    op.execute(f"CREATE TRIGGER {words}_put AFTER INSERT ON {kind} BEGIN {put} END")
    op.execute(f"CREATE TRIGGER {words}_out AFTER DELETE ON {kind} BEGIN {out} END")
    op.execute(
        f"CREATE TRIGGER {words}_new AFTER UPDATE OF terms ON {kind} WHEN old.terms <> new.terms"
        f" BEGIN {out} {put} END"
    )


def _fill(kind: str) -> None:
    """What is there already is found too."""
    conn = op.get_bind()
    rows = conn.execute(sa.text(f"SELECT id, name, spelled, initials FROM {kind}")).all()
    for start in range(0, len(rows), 500):
        conn.execute(
            sa.text(f"UPDATE {kind} SET terms = :terms WHERE id = :id"),
            [
                {"id": row.id, "terms": _terms(row.name, row.spelled, row.initials)}
                for row in rows[start : start + 500]
            ],
        )


def _terms(name: str, spelled: str, initials: str) -> str:
    found: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", name).casefold()):
        if re.match(rf"[{_HAN}]", run):
            found += [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]
        else:
            found.append(run)
    found += ["".join(char for char in word if char.isalnum()) for word in spelled.split()]
    for word in initials.split():
        letters = "".join(char for char in word if char.isalnum())
        found += [letters[at:] for at in range(min(len(letters), 24))]
    return " ".join(f"'{word}'" for word in sorted({word[:60] for word in found if word}, key=str.encode))
