"""work logs

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "a41c7d90be25"
down_revision = "c41d8e5a6f02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.Column("rhythm", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("last_key", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rhythm IN ('day', 'week', 'month')", name=op.f("ck_log_template_rhythm")),
        sa.CheckConstraint("due_days >= 0", name=op.f("ck_log_template_due_days")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_log_template_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_template")),
        sa.UniqueConstraint("code", name=op.f("uq_log_template_code")),
    )
    op.create_table(
        "work_log",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_work_log_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_work_log_post_id")),
        sa.ForeignKeyConstraint(["template_id"], ["log_template.id"], name=op.f("fk_work_log_template_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_work_log")),
        sa.UniqueConstraint(
            "person_id", "template_id", "period", name=op.f("uq_work_log_person_id_template_id_period")
        ),
    )
    with op.batch_alter_table("work_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_work_log_template_id_work_log_period"), ["template_id", "period"], unique=False
        )

    op.create_table(
        "work_log_recipient",
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_work_log_recipient_score")),
        sa.CheckConstraint(
            "(score IS NULL) = (scored_at IS NULL)", name=op.f("ck_work_log_recipient_scored_at")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_work_log_recipient_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_work_log_recipient_post_id")),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_work_log_recipient")),
    )
    op.create_table(
        "log_call",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_log_call_asked_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_log_call_person_id")),
        sa.ForeignKeyConstraint(["template_id"], ["log_template.id"], name=op.f("fk_log_call_template_id")),
        sa.PrimaryKeyConstraint("person_id", "template_id", "period", name=op.f("pk_log_call")),
    )
