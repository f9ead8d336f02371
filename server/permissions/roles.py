"""The shipped roles of security.md §1a as data, and who gets which by itself. An administrator copies and edits them (`server/roles`)."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, not_, select, update

from server.permissions.models import PersonRole, Role, RoleCapability

# Of records: what one owns, made, or is on the team of.
_OWN_RECORDS = {"records.read": ["own"], "records.write": ["own"], "records.reveal": ["own"]}
_SELLS = {"records.create": ["all"], "records.change_owner": ["own"], "records.lock": ["own"]}
_COMMON = {
    **_OWN_RECORDS,
    "post.share": ["all"],
    "post.comment": ["all"],
    "chat.converse": ["all"],
    "people.read": ["all"],
}
_OTHERS = {
    "people.disable": ["all"],
    "absences.edit": ["all"],
    "delegations.edit": ["all"],
    "calendar.edit": ["all"],
}
_LINE = {"receipt.require": ["own_line", "own_department"]}
_BELOW = {
    **_SELLS,
    "records.read": ["own", "below"],
    "records.write": ["own", "below"],
    "records.reveal": ["own", "below"],
    "records.change_owner": ["own", "below"],
    "records.lock": ["own", "below"],
    "records.see_financial": ["below"],
    "records.see_internal": ["below"],
    "receipt.require": ["below"],
    "post.announce": ["below"],
    "post.mark_urgent": ["below"],
    "post.instruct": ["below"],
    "absences.edit": ["below"],
}
_HEADED = {
    **_SELLS,
    "records.read": ["own", "headed_below"],
    "records.write": ["own", "headed_below"],
    "records.reveal": ["own", "headed_below"],
    "records.change_owner": ["own", "headed_below"],
    "records.lock": ["own", "headed_below"],
    "records.see_financial": ["headed_below"],
    "records.see_internal": ["headed_below"],
    "receipt.require": ["headed_below"],
    "post.announce": ["headed_below"],
    "post.mark_urgent": ["headed_below"],
    "post.instruct": ["headed_below"],
    "absences.edit": ["headed_below"],
}
_ALL = {
    "receipt.require": ["all"],
    "post.announce": ["all"],
    "post.mark_urgent": ["all"],
    "post.instruct": ["all"],
    "post.moderate": ["all"],
    "stickers.manage": ["all"],
    "tables.prepare": ["all"],
    "topics.manage": ["all"],
    "people.import": ["all"],
    "people.admit": ["all"],
    "people.reset_password": ["all"],
    "company.edit": ["all"],
    "log_templates.edit": ["all"],
    "people.edit": ["all"],
    "departments.edit": ["all"],
    "roles.edit": ["all"],
    "sessions.end": ["all"],
    "bots.manage": ["all"],
    "audit.read": ["all"],
    "record_fields.edit": ["all"],
    "registry.edit": ["all"],
    "duplicates.edit": ["all"],
    "pools.edit": ["all"],
    **_OTHERS,
}
# Not of the administrator, who is no reader of data (security.md §1).
_ALL_RECORDS = {
    "records.read": ["all"],
    "records.write": ["all"],
    "records.create": ["all"],
    "records.change_owner": ["all"],
    "records.lock": ["all"],
    "records.delete": ["all"],
    "records.reveal": ["all"],
    "records.see_financial": ["all"],
    "records.see_internal": ["all"],
}
_COLLEAGUES = {"post.instruct": ["own_department"]}

SHIPPED: dict[str, tuple[str, dict[str, list[str]]]] = {
    "member": ("Member 成员", {**_COMMON, **_LINE, **_COLLEAGUES}),
    "sales_rep": ("Sales rep 销售", {**_COMMON, **_SELLS, **_LINE, **_COLLEAGUES}),
    "manager": ("Manager 经理", {**_COMMON, **_BELOW}),
    "department_head": ("Department head 部门负责人", {**_COMMON, **_HEADED}),
    "clerk": (
        "Clerk 内勤",
        {**_COMMON, "records.create": ["all"], "receipt.require": ["own_line"], **_COLLEAGUES},
    ),
    "finance": (
        "Finance 财务",
        {**_COMMON, "records.see_financial": ["all"], "receipt.require": ["own_line"], **_COLLEAGUES},
    ),
    "administrator": ("Administrator 管理员", {**_COMMON, **_ALL}),
    "boss": ("Boss 老板", {**_COMMON, **_ALL, **_ALL_RECORDS, "receipts.read": ["all"]}),
    "external": ("External 外部人员", {}),
}


# Given by the house itself to whoever has reports or leads a department; may be given by hand besides.
AUTOMATIC = ("manager", "department_head")


def ship(conn: Connection) -> None:
    """Makes the shipped roles that are not there yet; one that nobody edited follows what is shipped now."""
    present = {
        row.code: row
        for row in conn.execute(select(Role.id, Role.code, Role.is_edited).where(Role.code.in_(SHIPPED)))
    }
    for code, (name, _) in SHIPPED.items():
        if code not in present:
            write_capabilities(
                conn,
                conn.execute(insert(Role).values(code=code, name=name).returning(Role.id)).scalar_one(),
                shipped(code),
            )
        elif not present[code].is_edited and capabilities_of(conn, present[code].id) != shipped(code):
            write_capabilities(conn, present[code].id, shipped(code))


def shipped(code: str) -> dict[str, list[str]]:
    """What this role gives as shipped: capability → scopes, in order."""
    return {name: sorted(scopes) for name, scopes in sorted(SHIPPED[code][1].items())}


def capabilities_of(conn: Connection, role_id: int) -> dict[str, list[str]]:
    """What this role gives now: capability → scopes, in order."""
    found: dict[str, list[str]] = {}
    for row in conn.execute(
        select(RoleCapability.capability, RoleCapability.scope)
        .where(RoleCapability.role_id == role_id)
        .order_by(RoleCapability.capability, RoleCapability.scope)
    ):
        found.setdefault(row.capability, []).append(row.scope)
    return found


def write_capabilities(conn: Connection, role_id: int, capabilities: Mapping[str, Collection[str]]) -> None:
    """The role gives exactly this from now on."""
    conn.execute(delete(RoleCapability).where(RoleCapability.role_id == role_id))
    rows = [
        {"role_id": role_id, "capability": capability, "scope": scope}
        for capability, scopes in capabilities.items()
        for scope in scopes
    ]
    if rows:
        conn.execute(insert(RoleCapability), rows)


def give(conn: Connection, code: str, person_ids: Collection[int]) -> list[int]:
    """Adds a role to those who lack it; answers who got it now."""
    return _add(conn, _id_of(conn, code), person_ids, by_hand=True)


def settle(conn: Connection, code: str, person_ids: Collection[int], deserving: Collection[int]) -> list[int]:
    """An automatic role follows its cause: of these persons the deserving get it, the others keep it only where it was given by hand.

    Answers whose roles changed; tell them with `rights_changed`.
    """
    role_id = _id_of(conn, code)
    losing = set(person_ids) - set(deserving)
    rows = (PersonRole.role_id == role_id) & PersonRole.person_id.in_(losing)
    lost = conn.execute(
        delete(PersonRole)
        .where(rows, PersonRole.is_automatic, not_(PersonRole.is_given))
        .returning(PersonRole.person_id)
    ).scalars()
    changed = list(lost)
    conn.execute(update(PersonRole).where(rows).values(is_automatic=False))
    return sorted(changed + _add(conn, role_id, set(person_ids) & set(deserving), by_hand=False))


def _add(conn: Connection, role_id: int, person_ids: Collection[int], *, by_hand: bool) -> list[int]:
    rows = (PersonRole.role_id == role_id) & PersonRole.person_id.in_(person_ids)
    held = set(conn.execute(select(PersonRole.person_id).where(rows)).scalars())
    mark = {"is_given": True} if by_hand else {"is_automatic": True}
    if held:
        conn.execute(update(PersonRole).where(rows).values(**mark))
    missing = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in held]
    if missing:
        marks = {"role_id": role_id, "is_given": by_hand, "is_automatic": not by_hand}
        conn.execute(insert(PersonRole), [{"person_id": person_id, **marks} for person_id in missing])
    return missing


def _id_of(conn: Connection, code: str) -> int:
    return int(conn.execute(select(Role.id).where(Role.code == code)).scalar_one())


def holds(conn: Connection, person_id: int, capability: str) -> bool:
    """Does some role of this person give the capability, in whatever scope?"""
    query = (
        select(PersonRole.person_id)
        .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
        .where(PersonRole.person_id == person_id, RoleCapability.capability == capability)
    )
    return conn.execute(query.limit(1)).first() is not None


def replace(conn: Connection, person_id: int, code: str) -> None:
    """This role and no other."""
    conn.execute(delete(PersonRole).where(PersonRole.person_id == person_id))
    give(conn, code, [person_id])


def holders(conn: Connection, capability: str) -> set[int]:
    """Everyone to whom some role gives the capability."""
    query = select(PersonRole.person_id).join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
    return set(conn.execute(query.where(RoleCapability.capability == capability)).scalars())
