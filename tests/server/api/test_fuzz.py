"""Accidents by the thousand: good requests and frames after a random mishap. TENFOUR_FUZZ=600 runs for ten minutes a database,
TENFOUR_FUZZ_SEED=N repeats a run."""

import asyncio
import json
import os
import random
import re
import time

from structlog.testing import capture_logs
from websockets.exceptions import ConnectionClosed

from server.api.route import Route
from tests.house import PATIENCE, Client, House
from tests.server.api import hostile
from tests.server.api.people import cookie, enter
from tests.server.api.samples import FRAMES, SAMPLES, Sample, Things
from tests.server.api.test_refused_requests import check_refusal, routes, target, uploads
from tests.server.api.wire import Headers, ask

SECONDS = float(os.environ.get("TENFOUR_FUZZ", "3.5"))
SEED = int(os.environ.get("TENFOUR_FUZZ_SEED", "8124"))
WORKERS = 4
# A mishap may end a socket in these ways only.
CLOSED_BY_RULE = {4400, 1002, 1007, 1009}


def path_of(route: Route, sample: Sample, chance: random.Random) -> str:
    values = dict(sample.path)
    for name in values:
        # Whoever is made to leave by accident could not go on attacking.
        if chance.random() < 0.3 and not (route.path.endswith("/resignation") and route.method != "GET"):
            values[name] = chance.choice([*hostile.IDS, *map(str, range(1, 30))])
    path = target(route, Sample(values))
    if chance.random() < 0.3 or route.path == "/api/events":
        strings = ["wait=0", *chance.sample(list(hostile.queries(route.query)), 2)]
        path += "?" + "&".join(
            strings if route.path == "/api/events" else strings[1 : chance.randrange(2, 4)]
        )
    return path


def request_of(route: Route, things: Things, chance: random.Random) -> tuple[str, Headers, bytes | None]:
    """A request to this route that may or may not be a good one."""
    sample = SAMPLES[route.name](things)
    headers: Headers = [("Idempotency-Key", f"fuzz-{chance.randrange(2_000)}")]
    if chance.random() < 0.2:
        headers += chance.choice(
            [one for one in hostile.HEADERS if one[0][0] not in ("Cookie", "Transfer-Encoding")]
        )
    body: bytes | None = None
    if route.upload:
        _, kind, body = chance.choice(uploads())
        headers.append(("Content-Type", kind))
    elif route.method != "GET":
        body = hostile.mutated(sample.body, chance)
        headers.append(("Content-Type", "application/json"))
    return path_of(route, sample, chance), headers, body


async def test_no_accident_of_a_request_is_our_mistake(shared: House, things: Things) -> None:
    clients: list[Client | None] = [await enter(shared, "1002"), await enter(shared, "1013"), None]
    done = 0

    async def work(number: int) -> None:
        nonlocal done
        chance = random.Random(SEED * WORKERS + number)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            route = chance.choice(routes(shared))
            path, headers, body = request_of(route, things, chance)
            at = chance.choice((0, 0, 0, 1, 2))
            client = clients[at]
            own = [("Cookie", cookie(client))] if client else []
            reply = await ask(shared, route.method, path, [*own, *headers], body)
            about = f"seed {SEED}: {route.method} {path[:300]} {str(headers)[:200]} {(body or b'')[:600]!r}"
            assert reply.status < 500, f"{about}: {reply.status} {reply.body[:300]!r}"
            if reply.status >= 400:
                check_refusal(reply, about)
            if route.name == "DELETE /api/session" and reply.status == 204:
                clients[at] = await enter(shared, ("1002", "1013")[at])
            done += 1

    with capture_logs() as lines:
        await asyncio.gather(*[work(number) for number in range(WORKERS)])
    assert done > 10 * SECONDS
    assert not [line for line in lines if line["log_level"] == "error"]
    await shared.check()


async def test_no_accident_of_a_frame_is_our_mistake(shared: House, things: Things) -> None:
    done = 0

    async def work(number: int) -> None:
        nonlocal done
        chance = random.Random(SEED * WORKERS + number)
        client = await enter(shared, chance.choice(("1002", "1004", "1013")))
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            sent: list[bytes] = []
            async with client.raw_socket() as live:
                try:
                    for _ in range(chance.randrange(1, 30)):
                        sent.append(frame_of(things, chance))
                        await live.connection.send(sent[-1], text=chance.random() < 0.95)
                        done += 1
                    await live.say(op="hello", cursor="")
                    await live.until(lambda frame: frame["op"] == "ready", PATIENCE)
                except ConnectionClosed as closed:
                    code = closed.rcvd.code if closed.rcvd else None
                    assert code in CLOSED_BY_RULE, f"seed {SEED}: closed with {code} after {sent[-11:]}"

    with capture_logs() as lines:
        await asyncio.gather(*[work(number) for number in range(WORKERS)])
    assert done > 10 * SECONDS
    assert not [line for line in lines if line["log_level"] == "error"]
    await shared.check()


def frame_of(things: Things, chance: random.Random) -> bytes:
    op = chance.choice(list(FRAMES))
    good = {"op": op, **FRAMES[op](things)}
    if "client_id" in good:
        good["client_id"] = f"fuzz-{chance.randrange(200)}"
    if chance.random() < 0.4:
        return json.dumps(good).encode()
    return re.sub(
        rb"\d", lambda digit: digit[0] if chance.random() < 0.9 else b"7", hostile.mutated(good, chance)
    )
