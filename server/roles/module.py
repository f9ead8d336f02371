"""What roles add to the house."""

from typing import Any

from server.api.entities import Entity
from server.background.jobs import BY_THE_HOUSE, Job
from server.kit.module import Module
from server.permissions.capabilities import Capability
from server.permissions.rights import AT_ONCE, JOB, RightsView, announce
from server.roles.routes import ROUTES
from server.work.company import Company


async def announce_rights(company: Company, args: dict[str, Any]) -> None:
    """A role that many hold has changed: their devices are told in turns. Whole states, so twice does no harm."""
    people: list[int] = args["people"]
    for start in range(0, len(people), AT_ONCE):
        chunk = people[start : start + AT_ONCE]
        await company.write(lambda work, chunk=chunk: announce(work, chunk))  # type: ignore[misc]


MODULE = Module(
    "roles",
    *ROUTES,
    Capability("roles.edit", ("below", "department_below", "all")),
    Job(JOB, BY_THE_HOUSE, announce_rights),
    Entity("rights", RightsView),
)
