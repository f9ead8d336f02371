"""records are locked, and every customer has a deal state

Plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "b6d1f3a97c24"
down_revision = "e8c3b6f1940d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for kind in ("customer", "contact"):
        op.add_column(kind, sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(kind, sa.Column("locked_by", sa.BigInteger(), nullable=True))
    op.execute("UPDATE customer SET deal_state = 'open' WHERE deal_state IS NULL")
