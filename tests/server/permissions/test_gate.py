"""The door of every route, command and watch, tried by everybody: whom the reviewed table names is admitted, everybody else is not.

The handlers are stood in for, so that who is admitted does no harm: what an act does to a thing is in `test_relations.py`.
"""

import ast
import dataclasses
import itertools
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select, update
from starlette.applications import Starlette
from starlette.routing import Route as HttpRoute

from server.api import errors
from server.api.endpoint import Authenticator, Endpoint
from server.api.route import Route
from server.app import _merge_methods
from server.auth.models import Session
from server.events.envelope import Event
from server.kit.clock import real_now
from server.kit.module import every
from server.kit.problems import Problem
from server.org.models import Person
from server.people.membership import settle
from server.permissions.rules import MAY_LISTEN, Rule
from server.realtime.commands import Command, Watch
from tests.house import Client, House
from tests.server.api.people import enter, enter_as, make_person
from tests.server.api.samples import SAMPLES, Things, prepare
from tests.server.permissions.cast import NOWHERE
from tests.server.permissions.matrix import ACTORS, AUDIENCES, GATE, NOBODY

HERE = Path(__file__).parent
NUMBERS = {
    "member": "1023", "sales rep elsewhere": "1013", "manager": "1004", "department head": "1003", "clerk": "1025",
    "finance": "1017", "administrator": "1002", "boss": "1001",
}  # fmt: skip
_keys = itertools.count(1)


class Reached(Problem):
    """The stand-in for every handler."""

    status, code, title = 418, "reached", "The door was open."


def reached(call: Any) -> Any:
    raise Reached()


async def reached_later(call: Any) -> Any:
    raise Reached()


async def actors_of(house: House) -> dict[str, Client]:
    """Everybody of the matrix with a session of their own."""
    found = {name: await enter(house, number) for name, number in NUMBERS.items()}
    found["anonymous"] = house.anonymous()
    found["external"] = await enter_as(house, await make_person(house, "G1", "external", "external"))
    admin = found["administrator"]
    for name, number in (
        ("expired session", "1024"),
        ("left", "1026"),
        ("unconfirmed administrator", "1002"),
    ):
        found[name] = await enter(house, number)
    long_ago = real_now() - timedelta(hours=2)
    sessions = {
        "expired session": {"expires_at": long_ago},
        "unconfirmed administrator": {"confirmed_at": long_ago},
    }

    newest = {name: await newest_session(house, found[name].id) for name in sessions}

    def age(work: Any) -> None:
        for name, values in sessions.items():
            work.conn.execute(update(Session).where(Session.id == newest[name]).values(**values))
        work.conn.execute(update(Person).where(Person.id == found["left"].id).values(state="left"))
        settle(work, work.record(Event("directory.changed", [])), [found["left"].id])

    await house.company.write(age)
    found["bot"] = await robot(house, admin, found["member"])
    return found


async def robot(house: House, admin: Client, member: Client) -> Client:
    """A robot whose token holds all that a member's can."""
    bot = await admin.post("/api/bots", {"name": "机器人", "purpose": "测试", "owner_id": admin.id})
    scopes = [one["name"] for one in (await member.get("/api/token-scopes"))["items"] if one["held"]]
    token = await admin.post(f"/api/bots/{bot['id']}/tokens", {"name": "全部", "scopes": scopes})
    client = house.anonymous()
    client.http.headers["Authorization"] = f"Bearer {token['token']}"
    client.me = {"person": {"id": bot["id"]}}
    return client


async def newest_session(house: House, person: int) -> int:
    query = select(func.max(Session.id)).where(Session.person_id == person)
    return await house.company.read(lambda conn: conn.execute(query).scalar_one())


@pytest.fixture(scope="module")
async def things(shared: House) -> Things:
    return await prepare(shared)


@pytest.fixture(scope="module")
async def actors(shared: House, things: Things) -> dict[str, Client]:
    return await actors_of(shared)


@pytest.fixture(scope="module")
async def gate(shared: House) -> AsyncIterator[httpx2.AsyncClient]:
    """Every route's door, with the stand-in behind it."""
    company = shared.company
    authenticator = every(company.modules, Authenticator)[0]
    routes = [
        dataclasses.replace(route, handler=reached_later if route.how == "await" else reached)
        for route in all_routes(shared)
    ]
    served = _merge_methods(company, routes, authenticator)
    app = Starlette(routes=served, exception_handlers={Problem: errors.on_problem})
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=shared.base) as client:
        yield client


def all_routes(house: House) -> list[Route]:
    found: list[Route] = house.server.config.app.state.routes  # type: ignore[union-attr]
    return found


def rules_of(house: House) -> dict[str, Rule]:
    """Everything that a client can call, by the name it has in `GATE`."""
    modules = house.company.modules
    found = {route.name: route.rule for route in all_routes(house)}
    found |= {f"socket {name}": MAY_LISTEN for name in ("hello", "watch", "unwatch")}
    found |= {f"socket {command.name}": command.rule for command in every(modules, Command)}
    return found | {watch.name: watch.rule for watch in every(modules, Watch)}


def test_routes_and_rules_and_rows_are_the_same(shared: House) -> None:
    there = set(rules_of(shared))
    missing, stale = sorted(there - set(GATE)), sorted(set(GATE) - there)
    assert not missing, (
        f"say who may: add one line to GATE in tests/server/permissions/matrix.py for each of {missing}"
    )
    assert not stale, f"take these out of GATE in tests/server/permissions/matrix.py: {stale}"
    assert set(GATE.values()) <= set(AUDIENCES)


def test_the_reviewed_rules_import_nothing_of_the_product() -> None:
    tree = ast.parse((HERE / "matrix.py").read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


@pytest.mark.timeout(180)
async def test_everybody_is_admitted_where_the_table_says_and_nowhere_else(
    shared: House, things: Things, actors: dict[str, Client], gate: httpx2.AsyncClient
) -> None:
    assert set(actors) == set(ACTORS)
    cells, wrong = 0, []
    for route in all_routes(shared):
        sample = SAMPLES[route.name](things)
        nowhere = {key: NOWHERE if isinstance(one, int) else one for key, one in sample.path.items()}
        numbers = [sample.path, nowhere] if sample.path else [sample.path]
        for name in ACTORS:
            headers = dict(actors[name].http.headers) | {"Idempotency-Key": f"gate-{next(_keys)}"}
            if route.octets:
                headers["Content-Type"] = "application/octet-stream"
            cookies = "; ".join(f"{key}={value}" for key, value in actors[name].http.cookies.items())
            for path in numbers:
                reply = await gate.request(
                    route.method,
                    route.filled(path),
                    json=sample.body if route.body.__name__ != "Nothing" else None,
                    headers=headers | ({"Cookie": cookies} if cookies else {}),
                )
                cells += 1
                if outcome(reply) != expected(route.name, name):
                    wrong.append(
                        f"{name}: {route.name}: {outcome(reply)}, not {expected(route.name, name)}: {reply.text[:90]}"
                    )
    assert not wrong, "\n".join(
        [f"{len(wrong)} of {cells} cells are not as reviewed (matrix.py, GATE):", *wrong[:40]]
    )
    assert cells > 1_500


def expected(verb: str, actor: str) -> str:
    if actor in AUDIENCES[GATE[verb]]:
        return "admitted"
    return "signed out" if actor in NOBODY else "refused"


def outcome(reply: httpx2.Response) -> str:
    return {418: "admitted", 401: "signed out", 403: "refused"}.get(reply.status_code, f"{reply.status_code}")


async def test_on_the_socket_the_same_rules_admit_the_same_people(
    shared: House, actors: dict[str, Client]
) -> None:
    authenticator = every(shared.company.modules, Authenticator)[0]
    authenticate = authenticator.bound(shared.company.settings.secure)
    for name in ACTORS:
        cookies = "; ".join(f"{key}={value}" for key, value in actors[name].http.cookies.items())
        headers = {
            "cookie": cookies,
            **{key.lower(): value for key, value in actors[name].http.headers.items()},
        }
        actor = await shared.company.read(lambda conn, headers=headers: authenticate(conn, headers))  # type: ignore[misc]
        for verb, rule in rules_of(shared).items():
            if " /api" in verb:
                continue
            lets = actor is not None and rule.lets(actor)
            assert lets == (expected(verb, name) == "admitted"), f"{name}: {verb}"


async def test_a_door_that_is_left_open_is_found(
    shared: House, things: Things, actors: dict[str, Client]
) -> None:
    """The positive control: the roles without their rule."""
    authenticator = every(shared.company.modules, Authenticator)[0]
    route = next(one for one in all_routes(shared) if one.name == "GET /api/roles")
    open_door = dataclasses.replace(route, rule=MAY_LISTEN, handler=reached)
    app = Starlette(
        routes=[HttpRoute(route.path, Endpoint(shared.company, open_door, authenticator).serve)],
        exception_handlers={Problem: errors.on_problem},
    )
    cookies = "; ".join(f"{key}={value}" for key, value in actors["member"].http.cookies.items())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=shared.base) as client:
        reply = await client.get("/api/roles", headers={"Cookie": cookies})
    assert outcome(reply) == "admitted" != expected(route.name, "member")
