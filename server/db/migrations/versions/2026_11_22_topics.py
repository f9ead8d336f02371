"""topics

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "c41d8e5a6f02"
down_revision = "7b1f4c9d20ae"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_topic",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_topic")),
    )
    op.create_table(
        "post_topic",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_post_topic_author_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_topic_post_id")),
        sa.PrimaryKeyConstraint("key", "post_id", name=op.f("pk_post_topic")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("post_topic", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_post_topic_author_id_post_topic_post_id"), ["author_id", "post_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_post_topic_post_id"), ["post_id"], unique=False)

    op.create_table(
        "topic_name",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["official_topic.id"], name=op.f("fk_topic_name_topic_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_topic_name")),
    )
    with op.batch_alter_table("topic_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_name_topic_id"), ["topic_id"], unique=False)

    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topics", sa.Text(), server_default="", nullable=False))
