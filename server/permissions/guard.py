"""Somebody can always edit the roles: whatever takes roles away, or a person, asks here before it is done."""

from sqlalchemy import Connection, select

from server.kit.problems import WrongState
from server.org.models import Person
from server.permissions.models import PersonRole, Role, RoleCapability


def lock_roles(conn: Connection) -> None:
    """Of two acts that change who may what, the second waits here until the first is committed. Call it before looking."""
    # Not FOR UPDATE: giving a role only refers to this row, and need not wait.
    conn.execute(select(Role.id).where(Role.code == "administrator").with_for_update(key_share=True))


def editors(conn: Connection) -> list[int]:
    """The active people who hold `roles.edit` over all."""
    return list(
        conn.execute(
            select(Person.id)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
            .where(
                Person.state == "active",
                RoleCapability.capability == "roles.edit",
                RoleCapability.scope == "all",
            )
            .distinct()
        ).scalars()
    )


def must_leave_an_editor(conn: Connection) -> None:
    """Raises `WrongState` unless an active person still holds `roles.edit` over all. Call it after the change, under the lock."""
    if not editors(conn):
        raise WrongState(
            "Then nobody could edit roles any more. Give another active person a role with that first.",
            reason="last_editor",
            next_step="give_roles_edit",
        )
