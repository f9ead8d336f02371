"""Roles, who holds them, and what somebody may."""

from server.api.paging import Page
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put
from server.kit.module import every
from server.permissions.capabilities import Capability
from server.roles import definitions, explain, holders
from server.roles.inputs import NewRole, PersonRoles, Question, Removal, RoleChange, Seen
from server.roles.policies import (
    MAY_ASK_WHY,
    MAY_EDIT_ROLES,
    MAY_GIVE_ROLES,
    MAY_SEE_ROLES,
    must_explain,
)
from server.roles.present import CapabilityView, HolderView, PermissionsView, RoleView, role_view, role_views


def list_capabilities(call: Read[None, Nothing]) -> Items[CapabilityView]:
    """What roles can give, as the domains declare it."""
    return Items(
        [CapabilityView(one.name, list(one.scopes)) for one in every(call.company.modules, Capability)]
    )


def list_roles(call: Read[None, Nothing]) -> Items[RoleView]:
    """Every role and what it gives, the shipped ones first."""
    return Items(role_views(call.conn))


def make(call: Write[NewRole, Nothing]) -> Made:
    """A new role, empty or as a copy."""
    role_id = definitions.make(call.work, call.actor, call.body)
    return Made(("role", role_id), role_view(call.conn, role_id))


def change(call: Write[RoleChange, Nothing]) -> RoleView:
    """Another name, other capabilities; open connections of all holders feel it at once."""
    definitions.change(call.work, call.actor, call.id(), call.body)
    return role_view(call.conn, call.id())


def put_back(call: Write[Seen, Nothing]) -> RoleView:
    """A shipped role is again as shipped."""
    definitions.reset(call.work, call.actor, call.id(), call.body.version)
    return role_view(call.conn, call.id())


def remove(call: Write[Nothing, Removal]) -> None:
    """Delete a role; its holders get the replacement."""
    definitions.remove(call.work, call.actor, call.id(), call.query.replacement)


def list_holders(call: Read[None, Page]) -> Items[HolderView]:
    """Who holds this role."""
    return Items(*holders.page(call.conn, call.id(), call.query.limit, call.query.cursor))


def set_roles(call: Write[PersonRoles, Nothing]) -> PermissionsView:
    """The roles of a person that are given by hand."""
    holders.set_roles(call.work, call.actor, call.id(), call.body.roles, call.body.before)
    return explain.permissions_of(
        call.conn, call.actor, call.id(), every(call.company.modules, Capability), Question()
    )


def show_permissions(call: Read[None, Question]) -> PermissionsView:
    """What this person may do, through which role; and whether to a certain other person."""
    must_explain(call.conn, call.actor, call.id())
    return explain.permissions_of(
        call.conn, call.actor, call.id(), every(call.company.modules, Capability), call.query
    )


ROUTES = [
    get("/api/capabilities", MAY_SEE_ROLES, list_capabilities, output=Items[CapabilityView]),
    get("/api/roles", MAY_SEE_ROLES, list_roles, output=Items[RoleView]),
    post(
        "/api/roles",
        MAY_EDIT_ROLES,
        make,
        again=lambda call, earlier: role_view(call.conn, earlier.ref_id),
        output=RoleView,
        body=NewRole,
    ),
    patch("/api/roles/{id:int}", MAY_EDIT_ROLES, change, output=RoleView, body=RoleChange),
    delete("/api/roles/{id:int}", MAY_EDIT_ROLES, remove, query=Removal),
    put("/api/roles/{id:int}/shipped", MAY_EDIT_ROLES, put_back, output=RoleView, body=Seen),
    get("/api/roles/{id:int}/people", MAY_SEE_ROLES, list_holders, output=Items[HolderView], query=Page),
    put("/api/people/{id:int}/roles", MAY_GIVE_ROLES, set_roles, output=PermissionsView, body=PersonRoles),
    get(
        "/api/people/{id:int}/permissions",
        MAY_ASK_WHY,
        show_permissions,
        output=PermissionsView,
        query=Question,
    ),
]
