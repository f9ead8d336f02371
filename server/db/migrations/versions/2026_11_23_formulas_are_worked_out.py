"""formulas are worked out

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "e41c07b95d2a"
down_revision = "db4fae388403"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worked_out",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filled", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("filling", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("last", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_worked_out")),
    )
