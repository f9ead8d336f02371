"""Who holds a capability: whom something that anyone of them may do is shown to."""

from sqlalchemy import Connection, select

from server.org.models import Person
from server.permissions.models import PersonRole, RoleCapability


def holders(conn: Connection, capability: str) -> list[int]:
    """Active persons some role of whom gives this capability, in any scope."""
    return list(
        conn.execute(
            select(Person.id)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
            .where(RoleCapability.capability == capability, Person.state == "active")
            .distinct()
            .order_by(Person.id)
        ).scalars()
    )
