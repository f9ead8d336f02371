"""prepared tables

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "d52f0a7c81b6"
down_revision = "a41c7d90be25"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post_table",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_readers", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("row_count", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("row_count >= 0", name=op.f("ck_post_table_row_count")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_table_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_post_table")),
    )
    op.create_table(
        "prepared_table",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_prepared_table_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_table")),
    )
    op.create_table(
        "table_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_table_row_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_table_row_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_row")),
    )
    with op.batch_alter_table("table_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_row_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_table_row_post_id_table_row_id"), ["post_id", "id"], unique=False
        )

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carried_table", sa.Text(), server_default="", nullable=False))
