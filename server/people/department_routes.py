"""Routes that change the tree of departments."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from server.api.inputs import Counted, EntityId, Line
from server.api.route import Made, Nothing, Route, Write, delete, patch, post
from server.people import tree
from server.people.policies import MAY_EDIT_DEPARTMENTS
from server.people.present import DepartmentView, departments
from server.work.idempotency import Earlier

_Heads = Annotated[list[EntityId], Meta(max_length=100)]


class NewDepartment(msgspec.Struct, forbid_unknown_fields=True):
    """Heads who do not sit in it yet get a place there."""

    name: Line
    parent_id: EntityId | None = None
    heads: _Heads = []


class DepartmentChange(msgspec.Struct, forbid_unknown_fields=True):
    """Fields left out stay. `version` is the one that was seen; `position` counts from 0 among the siblings."""

    version: Counted
    name: Line | UnsetType = UNSET
    parent_id: EntityId | UnsetType | None = UNSET
    position: Annotated[int, Meta(ge=0, le=100_000)] | UnsetType = UNSET
    heads: _Heads | UnsetType = UNSET


class RemovalQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Where its people go; needed unless nobody sits in it."""

    move_to: EntityId | None = None


def create(call: Write[NewDepartment, Nothing]) -> Made:
    """Make a department."""
    body = call.body
    made = tree.create(call.work, call.actor, body.name, body.parent_id, body.heads)
    return Made(("department", made), _one(call, made))


def created_before(call: Write[NewDepartment, Nothing], earlier: Earlier) -> DepartmentView:
    return _one(call, earlier.ref_id)


def change(call: Write[DepartmentChange, Nothing]) -> DepartmentView:
    """Rename, move, order a department or name its heads."""
    fields = {
        name: value
        for name, value in msgspec.structs.asdict(call.body).items()
        if value is not UNSET and name != "version"
    }
    tree.change(call.work, call.actor, call.id(), call.body.version, tree.Wanted(**fields))
    return _one(call, call.id())


def remove(call: Write[Nothing, RemovalQuery]) -> None:
    """Remove a department with nothing below it."""
    tree.remove(call.work, call.actor, call.id(), call.query.move_to)


def _one(call: Write[Any, Any], department_id: int) -> DepartmentView:
    return departments(call.conn, [department_id])[0]


_ONE = "/api/departments/{id:int}"

DEPARTMENT_ROUTES: list[Route] = [
    post(
        "/api/departments",
        MAY_EDIT_DEPARTMENTS,
        create,
        again=created_before,
        output=DepartmentView,
        body=NewDepartment,
    ),
    patch(_ONE, MAY_EDIT_DEPARTMENTS, change, output=DepartmentView, body=DepartmentChange),
    delete(_ONE, MAY_EDIT_DEPARTMENTS, remove, query=RemovalQuery),
]
