"""What every kind of record has besides its declared fields: number, owner, department, stage, version, and when it was made, changed,
followed up, voided and merged into another."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, String, Text

from crm_objects.engine.days import TimeField
from crm_objects.engine.fields import DepartmentField, PersonField, PoolField, TagField
from crm_objects.engine.word_index import terms_column
from crm_objects.engine.words import words
from server.db.base import Id, UtcTime

# As they are called on the wire; `COLUMN_OF` says where they lie.
SYSTEM_FIELDS = (
    PersonField("owner", words("负责人", "Owner"), required=True, system=True),
    DepartmentField("department", words("所属部门", "Department"), system=True),
    TagField("number", words("编号", "Number"), system=True),
    TimeField("created_at", words("创建时间", "Created"), system=True),
    PersonField("created_by", words("创建人", "Created by"), system=True),
    TimeField("updated_at", words("最后修改", "Last changed"), system=True),
)
# Of kinds that are followed up.
CLOCK = TimeField("last_followed_at", words("最后跟进", "Last followed up"), system=True)
# Of kinds that can lie in a pool.
POOL = PoolField("pool", words("公海", "Pool"), system=True)
COLUMN_OF = {"owner": "owner_id", "department": "department_id", "pool": "pool_id", "number": "id"}


def header_columns() -> list["Column[Any]"]:
    """`spelled` is the title as it sounds (pinyin) and `initials` its abbreviation, for sorting and finding; `terms` is what it
    is found by (`word_index.py`). `field_versions` is JSON:
    field → the version at which it last changed (W25). `custom` is JSON: the fields that administrators added."""
    return [
        Column("id", Id, primary_key=True),
        Column("owner_id", Id, ForeignKey("person.id"), nullable=True),
        Column("department_id", Id, ForeignKey("department.id"), nullable=True),
        Column("stage", String(40), nullable=False, server_default=""),
        Column("version", Integer(), nullable=False, server_default="1"),
        Column("field_versions", Text(), nullable=False, server_default="{}"),
        Column("custom", Text(), nullable=False, server_default="{}"),
        Column("spelled", String(400), nullable=False, server_default=""),
        Column("initials", String(200), nullable=False, server_default=""),
        terms_column(),
        Column("created_at", UtcTime(), nullable=False),
        Column("created_by", Id, ForeignKey("person.id"), nullable=False),
        Column("updated_at", UtcTime(), nullable=False),
        Column("last_followed_at", UtcTime(), nullable=True),
        Column("voided_at", UtcTime(), nullable=True),
        Column("locked_at", UtcTime(), nullable=True),
        Column("locked_by", BigInteger(), nullable=True),  # a person
        Column("merged_into", BigInteger(), nullable=True),  # another of its kind
    ]


def pool_columns() -> list["Column[Any]"]:
    """Where it lies while nobody owns it; of a held one the pool that it came from and whose rules go on applying (M33)."""
    # No foreign key: customers were there before pools, and a named one cannot be given to a table of SQLite that is there without making
    # the table, and its word triggers, anew. It always names a pool all the same: pools are retired, never deleted; who puts something into
    # one locks its row against that (`holding.py`, `merging/holding_again.py`), and an invariant of `installed.py` looks.
    return [Column("pool_id", BigInteger(), nullable=True)]


def constraints(*, pooled: bool) -> list[CheckConstraint]:
    held = "voided_at IS NOT NULL OR owner_id IS NOT NULL OR pool_id IS NOT NULL"
    return [
        CheckConstraint("version >= 1", name="version"),
        *([CheckConstraint(held, name="held")] if pooled else []),
    ]
