"""Roles that follow from the organisation: whoever has reports is a manager. Called by whatever changes who reports to whom."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from server.org.models import Person
from server.permissions import roles
from server.permissions.rights import rights_changed
from server.work.work import Work


def managers_now(conn: Connection, person_ids: Collection[int]) -> set[int]:
    """Whom these persons report to: ask before they report to somebody else, and settle both."""
    query = select(Person.manager_id).where(Person.id.in_(person_ids), Person.manager_id.is_not(None))
    return {one for one in conn.execute(query).scalars() if one is not None}


def settle_managers(work: Work, person_ids: Collection[int]) -> None:
    """Whoever has reports holds the role `manager`, who has none any more loses it, and open screens know at once."""
    reports = select(Person.manager_id).where(Person.manager_id.in_(person_ids), Person.state != "left")
    deserving = {one for one in work.conn.execute(reports).scalars() if one is not None}
    rights_changed(work, roles.settle(work.conn, "manager", person_ids, deserving))
