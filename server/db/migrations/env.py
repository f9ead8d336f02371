"""Alembic's door. The connection and, for new revisions, the declared tables are handed in by `server/db/migrate.py`."""

from typing import Any, Literal

from alembic import context

from server.db.migrate import is_declared


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our column types become plain ones: a migration imports nothing of ours."""
    if kind == "type" and type(item).__name__ == "UtcTime":
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_item=render,
    include_object=is_declared,
    render_as_batch=True,  # SQLite cannot change a column in place; on PostgreSQL the same file alters plainly
    transaction_per_migration=False,
)
context.run_migrations()
