"""Making, changing, deleting roles, and putting a shipped one back as it was shipped."""

import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from server.kit.module import every
from server.kit.problems import Duplicate, Invalid, NotFound, StaleVersion, WrongState, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.capabilities import Capability
from server.permissions.guard import lock_roles, must_leave_an_editor
from server.permissions.models import PersonRole, Role, RoleCapability
from server.permissions.rights import rights_changed
from server.permissions.roles import SHIPPED, capabilities_of, shipped, write_capabilities
from server.roles.inputs import NewRole, RoleChange
from server.roles.policies import must_edit_all
from server.work.company import Company
from server.work.work import Work

Given = Mapping[str, Sequence[str]]
MAX_NAME = 60


def make(work: Work, actor: Actor, new: NewRole) -> int:
    """The new role's id. Raises `Invalid` (`copy_of`, `capabilities`), `Duplicate` for a name that is taken."""
    must_edit_all(actor)
    declared = declared_in(work.company)
    wanted: Given = {}
    if new.copy_of is not None:
        if work.conn.execute(select(Role.id).where(Role.id == new.copy_of)).first() is None:
            raise invalid("copy_of", "not_found", "There is no such role.")
        wanted = capabilities_of(work.conn, new.copy_of)
        wanted = {name: scopes for name, scopes in wanted.items() if name in declared}
    if new.capabilities is not None:
        wanted = checked(declared, new.capabilities)
    lock_roles(work.conn)
    name = free_name(work.conn, new.name, None)
    made = insert(Role).values(code=f"own_{secrets.token_hex(6)}", name=name, is_edited=True)
    role_id = work.conn.execute(made.returning(Role.id)).scalar_one()
    write_capabilities(work.conn, role_id, wanted)
    work.audit("role.created", ("role", role_id), capabilities=wanted)
    return role_id


def change(work: Work, actor: Actor, role_id: int, wanted: RoleChange) -> None:
    """Another name, other capabilities. Raises `StaleVersion` with the present version, `WrongState` when nobody could edit roles then."""
    must_edit_all(actor)
    lock_roles(work.conn)
    row = _at_version(work.conn, role_id, wanted.version)
    before = capabilities_of(work.conn, role_id)
    name = row.name if wanted.name is None else free_name(work.conn, wanted.name, role_id)
    after: Given = before
    if wanted.capabilities is not None:
        after = checked(declared_in(work.company), wanted.capabilities)
    if (name, after) == (row.name, before):
        return
    is_as_shipped = row.code in SHIPPED and name == SHIPPED[row.code][0] and after == shipped(row.code)
    _write(work, role_id, name, before, after, is_edited=not is_as_shipped)
    work.audit(
        "role.changed", ("role", role_id), renamed=name != row.name, capabilities=difference(before, after)
    )


def reset(work: Work, actor: Actor, role_id: int, version: int) -> None:
    """A shipped role is again as shipped. Raises `WrongState` for another one."""
    must_edit_all(actor)
    lock_roles(work.conn)
    row = _at_version(work.conn, role_id, version)
    if row.code not in SHIPPED:
        raise WrongState("Only shipped roles can be put back.", reason="not_shipped")
    before, after = capabilities_of(work.conn, role_id), shipped(row.code)
    name = free_name(work.conn, SHIPPED[row.code][0], role_id)
    _write(work, role_id, name, before, after, is_edited=False)
    work.audit("role.reset", ("role", role_id), capabilities=difference(before, after))


def remove(work: Work, actor: Actor, role_id: int, replacement: int | None) -> None:
    """Raises `WrongState` for a shipped one, and for one that is held when there is no replacement."""
    must_edit_all(actor)
    conn = work.conn
    lock_roles(conn)
    row = _role(conn, role_id)
    if row.code in SHIPPED:
        raise WrongState("Shipped roles stay; they can be edited and put back.", reason="shipped_role")
    if replacement is not None and (
        replacement == role_id or conn.execute(select(Role.id).where(Role.id == replacement)).first() is None
    ):
        raise invalid("replacement", "not_found", "There is no such role.")
    before = capabilities_of(conn, role_id)
    holders = holders_of(conn, role_id)
    held = conn.execute(
        select(func.count()).select_from(Person).where(Person.id.in_(holders), Person.state != "left")
    )
    if replacement is None and (used := held.scalar_one()):
        raise WrongState(
            "People hold this role. Choose which one they get instead.", reason="role_held", used=used
        )
    if replacement is not None and holders:
        already = set(holders_of(conn, replacement))
        conn.execute(
            update(PersonRole)
            .where(PersonRole.role_id == replacement, PersonRole.person_id.in_(holders))
            .values(is_given=True)
        )
        fresh = [{"person_id": one, "role_id": replacement} for one in holders if one not in already]
        if fresh:
            conn.execute(insert(PersonRole), fresh)
    for table in (PersonRole, RoleCapability):
        conn.execute(delete(table).where(table.role_id == role_id))
    conn.execute(delete(Role).where(Role.id == role_id))
    must_leave_an_editor(conn)
    work.audit(
        "role.deleted", ("role", role_id), replacement=replacement, holders=len(holders), capabilities=before
    )
    rights_changed(work, holders)


def declared_in(company: Company) -> dict[str, Capability]:
    return {one.name: one for one in every(company.modules, Capability)}


def checked(declared: Mapping[str, Capability], wanted: Given) -> dict[str, list[str]]:
    """What a role shall give, in order. Raises `Invalid` naming the first thing nobody declares."""
    for name, scopes in wanted.items():
        if name not in declared:
            raise invalid(
                "capabilities", "unknown_capability", "There is no such capability.", name=name[:MAX_NAME]
            )
        for scope in scopes:
            if scope not in declared[name].scopes:
                raise invalid(
                    "capabilities",
                    "unknown_scope",
                    f"{name} cannot be held over that.",
                    name=name,
                    scope=scope[:MAX_NAME],
                )
    return {name: sorted(set(wanted[name])) for name in sorted(wanted) if wanted[name]}


def free_name(conn: Connection, name: str, role_id: int | None) -> str:
    """The name without outer space. Raises `Duplicate` when another role has it, `Invalid` when nothing is left."""
    stripped = name.strip()
    if not stripped:
        raise Invalid("A role has a name.")
    other = conn.execute(select(Role.id).where(func.lower(Role.name) == stripped.lower())).scalar()
    if other is not None and other != role_id:
        raise Duplicate("Another role has this name.", reason="role_name")
    return stripped


def holders_of(conn: Connection, role_id: int) -> list[int]:
    query = select(PersonRole.person_id).where(PersonRole.role_id == role_id).order_by(PersonRole.person_id)
    return list(conn.execute(query).scalars())


def difference(before: Given, after: Given) -> dict[str, dict[str, list[str]]]:
    """What came and what went, for the audit."""

    def beyond(some: Given, others: Given) -> dict[str, list[str]]:
        found = {name: sorted(set(scopes) - set(others.get(name, ()))) for name, scopes in some.items()}
        return {name: scopes for name, scopes in found.items() if scopes}

    return {"added": beyond(after, before), "removed": beyond(before, after)}


def _role(conn: Connection, role_id: int) -> Row[str, str, int]:
    row = conn.execute(select(Role.code, Role.name, Role.version).where(Role.id == role_id)).first()
    if row is None:
        raise NotFound()
    return row


def _at_version(conn: Connection, role_id: int, version: int) -> Row[str, str, int]:
    row = _role(conn, role_id)
    if row.version != version:
        raise StaleVersion("Somebody else has just changed this role.", version=row.version)
    return row


def _write(work: Work, role_id: int, name: str, before: Given, after: Given, *, is_edited: bool) -> None:
    work.conn.execute(
        update(Role)
        .where(Role.id == role_id)
        .values(name=name, version=Role.version + 1, is_edited=is_edited)
    )
    if before == after:
        return
    write_capabilities(work.conn, role_id, after)
    must_leave_an_editor(work.conn)
    rights_changed(work, holders_of(work.conn, role_id))
