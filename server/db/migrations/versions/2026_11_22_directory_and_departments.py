"""directory and departments

Frozen from the declared tables; plain DDL, imports nothing of ours.
"""

import sqlalchemy as sa
from alembic import op

revision = "f9dad1a60e5b"
down_revision = "7c27d302d73d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_picture",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_picture_person_id")),
        sa.PrimaryKeyConstraint("person_id", "size", name=op.f("pk_person_picture")),
    )
    op.create_table(
        "staff_import_missing",
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["staff_import.id"], name=op.f("fk_staff_import_missing_import_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_import_missing_person_id")),
        sa.PrimaryKeyConstraint("import_id", "person_id", name=op.f("pk_staff_import_missing")),
    )
    with op.batch_alter_table("department", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("field_versions", sa.Text(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("about", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("pinyin", sa.String(length=400), server_default="", nullable=False))
        batch_op.add_column(sa.Column("initials", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("picture", sa.String(length=64), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_person_pinyin_person_id"), ["pinyin", "id"], unique=False)

    with op.batch_alter_table("person_department", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_head", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("staff_import", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("makes_departments", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(sa.Column("new_departments", sa.Text(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("new_department_count", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("missing", sa.Integer(), server_default="0", nullable=False))
    _heads_and_automatic_roles()


def _heads_and_automatic_roles() -> None:
    """Who led departments by role heads them by place now; `manager` was only ever given to those with reports."""
    for statement in (
        "UPDATE person_department SET is_head = true WHERE person_id IN (SELECT p.person_id FROM person_role p"
        " JOIN role r ON r.id = p.role_id JOIN person m ON m.id = p.person_id"
        " WHERE r.code = 'department_head' AND m.kind = 'employee')",
        "UPDATE person_role SET is_automatic = true, is_given = false"
        " WHERE role_id IN (SELECT id FROM role WHERE code = 'department_head')"
        " AND person_id IN (SELECT person_id FROM person_department WHERE is_head)",
        "UPDATE person_role SET is_automatic = true, is_given = false WHERE role_id IN (SELECT id FROM role WHERE code = 'manager')"
        " AND person_id IN (SELECT m.id FROM person m JOIN person p ON p.manager_id = m.id"
        " WHERE m.kind = 'employee' AND p.state <> 'left')",
        "INSERT INTO person_role (person_id, role_id, is_automatic, is_given) SELECT DISTINCT m.id, r.id, true, false FROM person m"
        " JOIN person p ON p.manager_id = m.id JOIN role r ON r.code = 'manager' WHERE m.kind = 'employee' AND p.state <> 'left'"
        " AND NOT EXISTS (SELECT 1 FROM person_role x WHERE x.person_id = m.id AND x.role_id = r.id)",
    ):
        op.execute(statement)
