"""session tokens change with rights

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "0b0af794c1c0"
down_revision = "f4fa0d52a530"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plainly: a table that SQLite makes anew would give numbers of ended sessions again, which hubs remember.
    op.add_column("session", sa.Column("renews", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("session", sa.Column("earlier_hash", sa.String(length=64), nullable=True))
    op.add_column("session", sa.Column("earlier_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_session_earlier_hash"), "session", ["earlier_hash"], unique=False)
