"""Roles that follow from the organisation: whoever has reports is a manager, whoever heads a department its head.

Called by whatever changes who reports to whom, who heads what, or who is an outsider: outsiders hold neither.
"""

from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from server.org.models import Person, PersonDepartment
from server.permissions import roles
from server.permissions.rights import rights_changed
from server.work.work import Work


def managers_now(conn: Connection, person_ids: Collection[int]) -> set[int]:
    """Whom these persons report to: ask before they report to somebody else, and settle both."""
    query = select(Person.manager_id).where(Person.id.in_(person_ids), Person.manager_id.is_not(None))
    return {one for one in conn.execute(query).scalars() if one is not None}


def settle_managers(work: Work, person_ids: Collection[int]) -> None:
    """Whoever has reports holds the role `manager`, who has none any more loses it, and open screens know at once."""
    boss = aliased(Person)
    reports = (
        select(boss.id)
        .join(Person, Person.manager_id == boss.id)
        .where(boss.id.in_(person_ids), boss.kind == "employee", Person.state != "left")
    )
    rights_changed(
        work, roles.settle(work.conn, "manager", person_ids, set(work.conn.execute(reports).scalars()))
    )


def settle_heads(work: Work, person_ids: Collection[int]) -> None:
    """Whoever heads a department holds the role `department_head`, and nobody else by rule."""
    heads = (
        select(Person.id)
        .join(PersonDepartment, PersonDepartment.person_id == Person.id)
        .where(Person.id.in_(person_ids), Person.kind == "employee", PersonDepartment.is_head)
    )
    deserving = set(work.conn.execute(heads).scalars())
    rights_changed(work, roles.settle(work.conn, "department_head", person_ids, deserving))


def settle_roles(work: Work, person_ids: Collection[int]) -> None:
    """Both."""
    settle_managers(work, person_ids)
    settle_heads(work, person_ids)
