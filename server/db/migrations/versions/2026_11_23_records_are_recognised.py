"""records are recognised

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "90a9a0660134"
down_revision = "70859b3a278c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duplicate_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hard", sa.Text(), server_default="[]", nullable=False),
        sa.Column("names_owner", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_setting")),
    )
    op.create_table(
        "identity_fill",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filled", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("filling", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("last", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_identity_fill")),
    )
    op.create_table(
        "identity_key",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_with", sa.String(length=16), nullable=False),
        sa.Column("is_sole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "field", "hash", "record_id", name=op.f("pk_identity_key")),
    )
    with op.batch_alter_table("identity_key", schema=None) as batch_op:
        batch_op.create_index("ix_identity_key_record", ["kind", "record_id"], unique=False)
        batch_op.create_index(
            "uq_identity_key_sole",
            ["kind", "field", "hash"],
            unique=True,
            sqlite_where=sa.text("is_sole"),
            postgresql_where=sa.text("is_sole"),
        )

    op.create_table(
        "duplicate_verdict",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("verdict IN ('different', 'same')", name=op.f("ck_duplicate_verdict_verdict")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duplicate_verdict_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_verdict")),
    )
    with op.batch_alter_table("duplicate_verdict", schema=None) as batch_op:
        batch_op.create_index("ix_duplicate_verdict_newest", ["kind", "id"], unique=False)
        batch_op.create_index("ix_duplicate_verdict_other", ["kind", "other_id"], unique=False)
        batch_op.create_index("ix_duplicate_verdict_record", ["kind", "record_id", "id"], unique=False)

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_id_number"), ["id_number"], unique=False)

    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_credit_code"))
        batch_op.create_index(batch_op.f("ix_customer_credit_code"), ["credit_code"], unique=False)
