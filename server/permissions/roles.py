"""The shipped roles of security.md §1a as data, and giving them to persons. An administrator copies and edits them (issue B)."""

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from server.permissions.models import PersonRole, Role, RoleCapability

_COMMON = {"post.share": ["all"], "chat.converse": ["all"], "people.read": ["all"]}
_LINE = {"receipt.require": ["own_line", "own_department"]}
_BELOW = {
    "receipt.require": ["below"],
    "post.announce": ["below"],
    "post.mark_urgent": ["below"],
    "post.instruct": ["below"],
}
_DEPARTMENT = {
    "receipt.require": ["department_below"],
    "post.announce": ["department_below"],
    "post.mark_urgent": ["department_below"],
    "post.instruct": ["department_below"],
}
_ALL = {
    "receipt.require": ["all"],
    "post.announce": ["all"],
    "post.mark_urgent": ["all"],
    "post.instruct": ["all"],
    "people.import": ["all"],
    "roles.edit": ["all"],
    "sessions.end": ["all"],
    "bots.manage": ["all"],
}
_COLLEAGUES = {"post.instruct": ["own_department"]}

SHIPPED: dict[str, tuple[str, dict[str, list[str]]]] = {
    "member": ("Member 成员", {**_COMMON, **_LINE, **_COLLEAGUES}),
    "sales_rep": ("Sales rep 销售", {**_COMMON, **_LINE, **_COLLEAGUES}),
    "manager": ("Manager 经理", {**_COMMON, **_BELOW}),
    "department_head": ("Department head 部门负责人", {**_COMMON, **_DEPARTMENT}),
    "clerk": ("Clerk 内勤", {**_COMMON, "receipt.require": ["own_line"], **_COLLEAGUES}),
    "finance": ("Finance 财务", {**_COMMON, "receipt.require": ["own_line"], **_COLLEAGUES}),
    "administrator": ("Administrator 管理员", {**_COMMON, **_ALL}),
    "boss": ("Boss 老板", {**_COMMON, **_ALL, "receipts.read": ["all"]}),
    "external": ("External 外部人员", {}),
}


def ship(conn: Connection) -> None:
    """Makes the shipped roles that are not there yet; edited ones are left alone."""
    present = set(conn.execute(select(Role.code)).scalars())
    for code, (name, capabilities) in SHIPPED.items():
        if code in present:
            continue
        role_id = conn.execute(insert(Role).values(code=code, name=name).returning(Role.id)).scalar_one()
        rows = [
            {"role_id": role_id, "capability": capability, "scope": scope}
            for capability, scopes in capabilities.items()
            for scope in scopes
        ]
        if rows:
            conn.execute(insert(RoleCapability), rows)


def give(conn: Connection, code: str, person_ids: Collection[int]) -> list[int]:
    """Adds a role to those who lack it; answers who got it now."""
    role_id = conn.execute(select(Role.id).where(Role.code == code)).scalar_one()
    held = set(
        conn.execute(
            select(PersonRole.person_id).where(
                PersonRole.role_id == role_id, PersonRole.person_id.in_(person_ids)
            )
        ).scalars()
    )
    missing = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in held]
    if missing:
        conn.execute(
            insert(PersonRole), [{"person_id": person_id, "role_id": role_id} for person_id in missing]
        )
    return missing
