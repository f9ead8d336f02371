"""Rows → JSON of roles and of what somebody may."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, select

from server.kit.problems import NotFound
from server.org.models import Person
from server.permissions.models import PersonRole, Role
from server.permissions.roles import SHIPPED, capabilities_of


class CapabilityView(msgspec.Struct, frozen=True):
    """`scopes` from the narrowest to the widest."""

    name: str
    scopes: list[str]


class RoleView(msgspec.Struct, frozen=True):
    """A shipped one cannot be deleted; `is_edited` when it gives something else than shipped, or has another name."""

    id: int
    code: str
    name: str
    is_shipped: bool
    is_edited: bool
    version: int
    capabilities: dict[str, list[str]]
    holders: int


class HolderView(msgspec.Struct, frozen=True):
    """`automatic`: because of reports or a department; `given`: by somebody."""

    person_id: int
    given: bool
    automatic: bool


class HeldRole(msgspec.Struct, frozen=True):
    role_id: int
    code: str
    name: str
    given: bool
    automatic: bool


class Grant(msgspec.Struct, frozen=True):
    """Through which role, and over whom."""

    scope: str
    role_id: int


class Allowed(msgspec.Struct, frozen=True):
    """A capability and why; without grants, no role gives it."""

    capability: str
    grants: list[Grant]


class Verdict(msgspec.Struct, frozen=True):
    """The answer about one other person. `because` are the grants that reach that person."""

    capability: str
    person_id: int
    may: bool
    reason: Literal["not_active", "no_capability", "out_of_scope", "granted"]
    because: list[Grant]


class PermissionsView(msgspec.Struct, frozen=True):
    """What this person may do, and why. `editable`: whether the asker gives roles to this person."""

    person_id: int
    state: Literal["invited", "active", "left"]
    roles: list[HeldRole]
    allowed: list[Allowed]
    editable: bool
    verdict: Verdict | None = None


def role_views(conn: Connection, ids: Iterable[int] | None = None) -> list[RoleView]:
    """All roles, or these: the shipped ones first, in their order."""
    query = select(Role.id, Role.code, Role.name, Role.version, Role.is_edited)
    if ids is not None:
        query = query.where(Role.id.in_(list(ids)))
    holders = {
        row.role_id: row.n
        for row in conn.execute(
            select(PersonRole.role_id, func.count().label("n"))
            .join(Person, Person.id == PersonRole.person_id)
            .where(Person.state != "left")
            .group_by(PersonRole.role_id)
        )
    }
    order = list(SHIPPED)
    rows = sorted(
        conn.execute(query),
        key=lambda row: (order.index(row.code) if row.code in SHIPPED else len(order), row.name, row.id),
    )
    return [
        RoleView(
            row.id,
            row.code,
            row.name,
            row.code in SHIPPED,
            row.is_edited,
            row.version,
            capabilities_of(conn, row.id),
            holders.get(row.id, 0),
        )
        for row in rows
    ]


def role_view(conn: Connection, role_id: int) -> RoleView:
    """Raises `NotFound`."""
    found = role_views(conn, [role_id])
    if not found:
        raise NotFound()
    return found[0]
