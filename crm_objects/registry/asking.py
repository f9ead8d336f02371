"""Asking the chosen registry on somebody's behalf: within an allowance, and a silent or broken registry is a word, never an error."""

from datetime import timedelta
from functools import partial
from typing import Literal

import msgspec
import structlog

from crm_objects.engine.allowances import spend
from crm_objects.registry.choosing import chosen
from crm_objects.registry.provider import (
    LEAST,
    Candidate,
    Registration,
    Registry,
    Unavailable,
    Unknown,
    registries,
)
from server.kit.clock import real_now
from server.kit.problems import NotFound
from server.kit.problems import Unavailable as Unreachable
from server.work.company import Company
from server.work.work import Work

A_MINUTE = 60
logger = structlog.get_logger()


class Candidates(msgspec.Struct, frozen=True):
    """`state`: off (none is chosen), ready, or unavailable (it does not answer: go on without)."""

    state: Literal["off", "ready", "unavailable"]
    provider: str
    items: list[Candidate]


async def candidates(company: Company, person_id: int, text: str) -> Candidates:
    """Nothing for less than `LEAST` letters. Raises `RateLimited`."""
    registry = await company.read(partial(chosen, company=company))
    said = " ".join(text.split())
    if registry is None:
        return Candidates("off", "", [])
    if len(said) < LEAST:
        return Candidates("ready", registry.code, [])
    await _spend(company, person_id)
    try:
        return Candidates("ready", registry.code, await registry.search(company, said))
    except Unavailable as error:
        logger.warning("a registry cannot be asked", registry=registry.code, why=str(error))
        return Candidates("unavailable", registry.code, [])


async def registration(company: Company, person_id: int, provider: str, ref: str) -> Registration:
    """Raises `NotFound` for what the registry does not hold, `Unavailable` (503) when it does not answer, `RateLimited`."""
    registry: Registry | None = registries(company.modules).get(provider)
    if registry is None:
        raise NotFound()
    await _spend(company, person_id)
    try:
        return await registry.fetch(company, ref)
    except Unknown as error:
        raise NotFound("The registry holds no such company.") from error
    except Unavailable as error:
        logger.warning("a registry cannot be asked", registry=provider, why=str(error))
        raise Unreachable("The registry does not answer.", reason="registry_unavailable") from error


async def _spend(company: Company, person_id: int) -> None:
    since = real_now().replace(second=0, microsecond=0)

    def turn(work: Work) -> None:
        spend(work, person_id, "registry", since, since + timedelta(minutes=1), A_MINUTE)

    await company.write(turn)
