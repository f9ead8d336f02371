"""pools hold what nobody owns

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "da0952d31351"
down_revision = "770a79ec0330"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pool",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("may_change_owner", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_pool_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
    )
    with op.batch_alter_table("pool", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pool_kind_pool_name"), ["kind", "name"], unique=True)

    op.create_table(
        "pool_department",
        sa.Column("pool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("department_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_pool_department_department_id")
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_pool_department_pool_id")),
        sa.PrimaryKeyConstraint("pool_id", "department_id", name=op.f("pk_pool_department")),
    )
    with op.batch_alter_table("pool_department", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pool_department_department_id_pool_department_kind"),
            ["department_id", "kind"],
            unique=True,
        )

    op.create_table(
        "pool_person",
        sa.Column("pool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('admin', 'member')", name=op.f("ck_pool_person_role")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pool_person_person_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_pool_person_pool_id")),
        sa.PrimaryKeyConstraint("pool_id", "person_id", name=op.f("pk_pool_person")),
    )
    with op.batch_alter_table("pool_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pool_person_person_id_pool_person_pool_id"), ["person_id", "pool_id"], unique=False
        )

    _pool_of_customers()


def _pool_of_customers() -> None:
    """SQLite adds a column together with its checks, so that the table (and its triggers) stay as they are."""
    held = "voided_at IS NOT NULL OR owner_id IS NOT NULL OR pool_id IS NOT NULL"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE customer ADD COLUMN pool_id BIGINT CONSTRAINT ck_customer_held CHECK ({held})"
        )
    else:
        op.add_column("customer", sa.Column("pool_id", sa.BigInteger(), nullable=True))
        op.create_check_constraint(op.f("ck_customer_held"), "customer", held)
    unowned = sa.text("owner_id IS NULL")
    op.create_index(op.f("ix_customer_pool_id"), "customer", ["pool_id"])
    op.create_index(
        op.f("ix_customer_pool_id_customer_updated_at"),
        "customer",
        ["pool_id", "updated_at"],
        sqlite_where=unowned,
        postgresql_where=unowned,
    )
