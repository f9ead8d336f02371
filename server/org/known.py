"""Refusing what names nobody: used wherever people choose departments."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from server.kit.problems import invalid
from server.org.models import Department


def must_be_departments(conn: Connection, departments: Collection[int], field: str) -> None:
    """Raises `Invalid` on this field, with the first ids that are not there."""
    present = set(
        conn.execute(
            select(Department.id).where(Department.id.in_(departments), Department.removed_at.is_(None))
        ).scalars()
    )
    missing = [one for one in departments if one not in present]
    if missing:
        raise invalid(
            field, "not_found", "Some of these departments are not there (any more).", ids=missing[:20]
        )
