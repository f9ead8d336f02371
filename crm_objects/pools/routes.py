"""The routes of pools: policy aloud, call, present."""

import msgspec

from crm_objects.pools import editing, present
from crm_objects.pools.editing import PoolChange
from crm_objects.pools.policies import MAY_EDIT, MAY_LIST
from crm_objects.pools.present import PoolItem, PoolView, Role
from crm_objects.standing import kinds_for
from server.api.inputs import Line
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put


class NewPool(msgspec.Struct, forbid_unknown_fields=True):
    """`may_change_owner`: of what comes from it."""

    kind: Line
    name: Line
    may_change_owner: bool = True


class PoolPlace(msgspec.Struct, forbid_unknown_fields=True):
    role: Role


def list_pools(call: Read[None, Nothing]) -> Items[PoolView]:
    """Those I am in; all of them where I keep them."""
    return present.listed(call.conn, call.actor, kinds_for(call))


def make(call: Write[NewPool, Nothing]) -> Made:
    """One more."""
    body, kinds = call.body, kinds_for(call)
    made = editing.make(call.work, call.actor, kinds, body.kind, body.name, body.may_change_owner)
    return Made(("pool", made), present.item(call.conn, call.actor, kinds, made))


def change(call: Write[PoolChange, Nothing]) -> PoolItem:
    """Its name, its rule, retired or back."""
    kinds = kinds_for(call)
    editing.change(call.work, call.actor, kinds, call.id(), call.body)
    return present.item(call.conn, call.actor, kinds, call.id())


def put_person(call: Write[PoolPlace, Nothing]) -> None:
    """Somebody is in it, or in another role."""
    editing.put_person(call.work, call.actor, call.id(), call.id("person_id"), call.body.role)


def remove_person(call: Write[None, Nothing]) -> None:
    """No longer by name."""
    editing.remove_person(call.work, call.actor, call.id(), call.id("person_id"))


def put_department(call: Write[Nothing, Nothing]) -> None:
    """Its people are members, and it is the home of what they own."""
    editing.put_department(call.work, call.actor, call.id(), call.id("department_id"))


def remove_department(call: Write[None, Nothing]) -> None:
    """Its people are members no longer, unless by name."""
    editing.remove_department(call.work, call.actor, call.id(), call.id("department_id"))


_ONE = "/api/pools/{id:int}"
ROUTES = [
    get("/api/pools", MAY_LIST, list_pools, output=Items[PoolView]),
    post(
        "/api/pools",
        MAY_EDIT,
        make,
        again=lambda call, earlier: present.item(call.conn, call.actor, kinds_for(call), earlier.ref_id),
        output=PoolItem,
        body=NewPool,
    ),
    patch(_ONE, MAY_EDIT, change, output=PoolItem, body=PoolChange),
    put(_ONE + "/people/{person_id:int}", MAY_EDIT, put_person, body=PoolPlace, status=204),
    delete(_ONE + "/people/{person_id:int}", MAY_EDIT, remove_person),
    put(_ONE + "/departments/{department_id:int}", MAY_EDIT, put_department, status=204),
    delete(_ONE + "/departments/{department_id:int}", MAY_EDIT, remove_department),
]
