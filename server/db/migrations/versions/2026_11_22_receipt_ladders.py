"""receipt ladders, urgent posts

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "5e93d1a7c408"
down_revision = "5e2a7c10d9b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table(
        "receipt_ladder",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_receipt_ladder_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_receipt_ladder")),
    )
    op.create_table(
        "ladder_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("told_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("step IN ('nudge', 'deputy', 'manager')", name=op.f("ck_ladder_step_step")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ladder_step_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_ladder_step_post_id")),
        sa.ForeignKeyConstraint(["told_id"], ["person.id"], name=op.f("fk_ladder_step_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_step")),
        sa.UniqueConstraint(
            "post_id", "round", "person_id", "step", name=op.f("uq_ladder_step_post_id_round_person_id_step")
        ),
    )
    with op.batch_alter_table("ladder_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ladder_step_ended_at_ladder_step_told_id"), ["ended_at", "told_id"], unique=False
        )
