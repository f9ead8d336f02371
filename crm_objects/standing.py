"""Before which kind of record a request stands, and with whose eyes. Called by the routes."""

from typing import Any

from sqlalchemy import Connection

from crm_objects.engine.filters import Asked
from crm_objects.engine.reading import Desk, desk_of
from crm_objects.engine.record_type import Kinds, kind_named, kinds_of
from server.api.route import Await, Read, Write

Call = Read[Any, Any] | Write[Any, Any]


def kinds_for(call: Call | Await[Any, Any]) -> Kinds:
    return kinds_of(call.company.modules)


def desk_for(call: Call) -> Desk:
    """Raises `NotFound` for a kind that is not declared."""
    return desk_on(call.conn, call)


def desk_on(conn: Connection, call: Call | Await[Any, Any]) -> Desk:
    """The same in one of several turns."""
    kinds = kinds_for(call)
    return desk_of(conn, call.actor, kinds, kind_named(kinds, str(call.path["kind"])))


def asked_of(call: Call) -> Asked:
    return Asked(desk_for(call), call.company)
