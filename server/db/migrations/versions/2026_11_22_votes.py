"""votes

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "7b1f4c9d20ae"
down_revision = "4be1d09c7a52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("several", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.Integer(), server_default="1", nullable=False),
        sa.Column("voters", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("voters >= 0", name=op.f("ck_poll_voters")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_poll_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_poll")),
    )
    op.create_table(
        "poll_choice",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_choice_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_poll_choice_post_id")),
        sa.PrimaryKeyConstraint("post_id", "place", "person_id", name=op.f("pk_poll_choice")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("poll_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_poll_choice_post_id_poll_choice_person_id"), ["post_id", "person_id"], unique=False
        )

    op.create_table(
        "poll_option",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=100), nullable=False),
        sa.Column("votes", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_poll_option_votes")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_poll_option_post_id")),
        sa.PrimaryKeyConstraint("post_id", "place", name=op.f("pk_poll_option")),
    )
    op.create_table(
        "poll_voter",
        sa.Column("ballot", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_voter_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_poll_voter_post_id")),
        sa.PrimaryKeyConstraint("ballot", name=op.f("pk_poll_voter")),
        sa.UniqueConstraint("post_id", "person_id", name=op.f("uq_poll_voter_post_id_person_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("poll_voter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_voter_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("poll", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("post_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("poll", sa.Text(), server_default="", nullable=False))
