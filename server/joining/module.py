"""What joining adds to the house."""

from typing import Any

from sqlalchemy import Connection

from server.api.entities import Entity
from server.api.first_state import BootstrapPart
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.joining import asking, deciding
from server.joining.policies import MAY_ADMIT
from server.joining.present import JoinRequestView
from server.joining.routes import ROUTES
from server.joining.todo import JOIN_TODO
from server.kit.module import Module
from server.permissions.actor import Actor
from server.permissions.capabilities import Capability
from server.work.company import Company


def _first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    return {"changes": deciding.waiting_puts(conn) if actor.can(MAY_ADMIT.capability) else []}


async def forget(company: Company, args: dict[str, Any]) -> None:
    """What was decided long ago."""
    await company.write(lambda work: asking.forget(work.conn, work.now))


MODULE = Module(
    "joining",
    *ROUTES,
    Capability("people.admit"),
    JOIN_TODO,
    Entity("join_request", JoinRequestView),
    BootstrapPart("join_requests", MAY_ADMIT, _first_state),
    Job("forget_join_requests", BY_THE_HOUSE, forget),
    Schedule("forget_join_requests", 86_400),
)
