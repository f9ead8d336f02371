"""files, cards and audience of versions

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "5e2a7c10d9b4"
down_revision = "d3003b9f4ac6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post_audience", sa.Column("seq", sa.BigInteger(), nullable=True))
    op.add_column("post_version", sa.Column("files", sa.Text(), server_default="", nullable=False))
    op.add_column("post_version", sa.Column("cards", sa.Text(), server_default="", nullable=False))
    op.add_column("post_version", sa.Column("addressed", sa.Text(), server_default="", nullable=False))
    op.add_column("post_version", sa.Column("details", sa.Text(), server_default="", nullable=False))
    # Until now what a post carried never changed.
    op.execute(
        """UPDATE post_version SET files = (SELECT p.files FROM post p WHERE p.id = post_version.post_id),
             cards = (SELECT p.cards FROM post p WHERE p.id = post_version.post_id)"""
    )
    op.create_table(
        "earlier_file",
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_earlier_file_file_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_earlier_file_post_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_earlier_file")),
    )
    op.add_column("task", sa.Column("returned_from", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_earlier_file_post_id"), "earlier_file", ["post_id"], unique=False)
