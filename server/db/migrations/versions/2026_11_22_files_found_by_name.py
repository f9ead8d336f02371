"""files found by name

No table changes: a company that has files gets its index built anew, now with their names, when the server runs.
"""

from alembic import op

revision = "5d0c7e2b91fa"
down_revision = "d086aae56e84"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO job (name, args, run_at, dedupe_key, state, tries)"
        " SELECT 'rebuild_search', '{}', CURRENT_TIMESTAMP, 'rebuild_search/files', 'waiting', 0"
        " WHERE EXISTS (SELECT 1 FROM file WHERE state = 'attached')"
    )
