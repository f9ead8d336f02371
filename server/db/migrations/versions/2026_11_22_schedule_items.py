"""schedule items

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "4be1d09c7a52"
down_revision = "15c6239f3098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "schedule",
        sa.Column("post_id", key, nullable=False),
        sa.Column("author_id", key, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("repeat", sa.Text(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name=op.f("ck_schedule_days")),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("ck_schedule_times")),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_schedule_state")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_schedule_author_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_schedule_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_schedule")),
    )
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_schedule_author_id_schedule_until_at"), ["author_id", "until_at"], unique=False
        )

    op.create_table(
        "schedule_guest",
        sa.Column("post_id", key, nullable=False),
        sa.Column("person_id", key, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(length=16), server_default="", nullable=False),
        sa.Column("word", sa.String(length=200), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_for", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(answer = '') = (answered_at IS NULL)", name=op.f("ck_schedule_guest_answered_at")
        ),
        sa.CheckConstraint(
            "answer IN ('', 'accepted', 'tentative', 'declined')", name=op.f("ck_schedule_guest_answer")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'ended', 'left')", name=op.f("ck_schedule_guest_state")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_schedule_guest_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_schedule_guest_post_id")),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_schedule_guest")),
    )
    with op.batch_alter_table("schedule_guest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_schedule_guest_person_id_schedule_guest_state_schedule_guest_post_id"),
            ["person_id", "state", "post_id"],
            unique=False,
        )

    op.create_table(
        "schedule_reminder",
        sa.Column("post_id", key, nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminder_id", key, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_schedule_reminder_post_id")),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_schedule_reminder_reminder_id")
        ),
        sa.PrimaryKeyConstraint("post_id", "begins_at", "minutes", name=op.f("pk_schedule_reminder")),
    )
    with op.batch_alter_table("schedule_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedule_reminder_reminder_id"), ["reminder_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("person_id", key, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
