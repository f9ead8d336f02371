"""Role × relation × verb: what everybody may do to a post, a group, a direct conversation, as the reviewed rules say (matrix.py).

A refusal changes nothing, and «not found» is word for word the answer about what does not exist.
"""

import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from server.background.reactions import catch_up
from tests.house import Client, House, Live
from tests.server.api.people import counts, person_id
from tests.server.api.samples import Things, prepare
from tests.server.permissions.cast import NOWHERE, act, outcome
from tests.server.permissions.matrix import (
    ACTORS,
    CHAT_EXCEPTIONS,
    GROUP_VERBS,
    MISSING,
    NO,
    NO_CHAT_OF,
    NO_POST_OF,
    NOBODY,
    ON_A_DIRECT,
    ON_A_GROUP,
    ON_A_POST,
    POST_EXCEPTIONS,
    POST_VERBS,
    WHO,
)
from tests.server.permissions.test_gate import actors_of

_numbers = itertools.count(1)
REQUIRED, BYSTANDER = "1006", "1007"


@pytest.fixture(scope="module")
async def things(shared: House) -> Things:
    return await prepare(shared)


@pytest.fixture(scope="module")
async def actors(shared: House, things: Things) -> dict[str, Client]:
    return await actors_of(shared)


Cell = tuple[str, str, str, Any, str]  # verb, method, path, body, the path to what does not exist


async def check(house: House, client: Client, cells: Mapping[str, tuple[Cell, str]], about: str) -> None:
    """The cells of one actor and relation by HTTP, the refused ones first: together they change nothing."""
    refused = {verb: cell for verb, cell in cells.items() if cell[1][0] in "34"}
    await catch_up(house.company)  # notices of what was done before
    before = await counts(house)
    for verb, ((_, method, path, body, elsewhere), wanted) in refused.items():
        reply = await by(house, client, method, path, body)
        assert outcome(reply) == wanted, f"{about}: {verb}: {reply.body[:200]!r}"
        if wanted == MISSING:
            missing = await by(house, client, method, elsewhere, body)
            assert (missing.status, missing.body) == (reply.status, reply.body), f"{about}: {verb}"
    assert await counts(house) == before, f"{about}: something refused changed something"
    for verb, ((_, method, path, body, _), wanted) in cells.items():
        if verb not in refused:
            reply = await by(house, client, method, path, body)
            assert outcome(reply) == wanted, f"{about}: {verb}: {reply.body[:200]!r}"


async def by(house: House, client: Client, method: str, path: str, body: Any) -> Any:
    if "Authorization" not in client.http.headers:
        return await act(house, client if client.http.cookies else None, method, path, body)
    reply = await client.http.request(
        method, path, json=body, headers={"Idempotency-Key": f"r{next(_numbers)}"}
    )
    return _Reply(reply)


class _Reply:
    def __init__(self, reply: Any) -> None:
        self.status, self.body, self.json = reply.status_code, reply.content, reply.json


@asynccontextmanager
async def sockets(actors: Mapping[str, Client]) -> AsyncIterator[dict[str, Live]]:
    """One open socket of everybody who can have one with a cookie."""
    async with AsyncExitStack() as opened:
        yield {
            name: await opened.enter_async_context(client.live())
            for name, client in actors.items()
            if name not in NOBODY and client.http.cookies
        }


# --- a post


async def post_of(house: House, actors: Mapping[str, Client], name: str, relation: str) -> tuple[int, int]:
    """(post, one who must confirm): the actor stands to it in this relation."""
    me, author = actors[name], actors["administrator" if name == "boss" else "boss"]
    required = await person_id(house, REQUIRED)
    if relation == "author":
        # Whom this person may ask: the own line has always somebody.
        shown = (await me.get("/api/people", ids=str(me.id)))["items"][0]
        author, required = me, shown["manager_id"] or actors["manager"].id
        if name == "boss":
            required = actors["administrator"].id
        elif name in ("manager", "department head"):
            required = await person_id(house, REQUIRED)
    people = [required] + ([me.id] if relation == "required" else [])
    named = [*people, me.id] if relation == "named" else people
    body = {
        "kind": "share",
        "text": "请确认",
        "audience": {"people": list(dict.fromkeys(named))},
        "receipts": {"people": people},
        "poll": {"options": ["去", "不去"]},
    }
    return (await author.post("/api/posts", body))["id"], required


def on_a_post(post: int, required: int) -> dict[str, tuple[str, str, Any]]:
    return {
        "look": ("GET", f"/api/posts/{post}", None),
        "receipts": ("GET", f"/api/posts/{post}/receipts", None),
        "confirm": ("PUT", f"/api/posts/{post}/receipt", {"version": 1}),
        "opened": ("PUT", f"/api/posts/{post}/read", {"version": 1}),
        "remind": ("POST", f"/api/posts/{post}/receipts/remind", None),
        "withdraw": ("DELETE", f"/api/posts/{post}/receipts/{required}", None),
        "comments": ("GET", f"/api/posts/{post}/comments", None),
        "comment": ("POST", f"/api/posts/{post}/comments", {"text": "好"}),
        "like": ("PUT", f"/api/posts/{post}/like", None),
        "hide": ("PUT", f"/api/posts/{post}/hidden", None),
        "vote": ("PUT", f"/api/posts/{post}/vote", {"version": 1, "chosen": [0]}),
        "voters": ("GET", f"/api/posts/{post}/voters?option=0", None),
        "close vote": ("PUT", f"/api/posts/{post}/poll/closing", None),
        "delete": ("DELETE", f"/api/posts/{post}", None),
    }


async def watched(live: Live, kind: str, post: int) -> str:
    """«heard», or not found."""
    ref = {"kind": kind, "id": post}
    await live.say(op="watch", ref=ref)
    answer = await live.until(lambda frame: frame.get("ref") == ref)
    if answer["op"] == "watching":
        await live.say(op="unwatch", ref=ref)
        return "heard"
    assert (answer["op"], answer["code"]) == ("error", "not_found")
    return MISSING


@pytest.mark.timeout(180)
async def test_on_a_post_every_role_in_every_relation_may_what_the_rules_say(
    shared: House, actors: dict[str, Client]
) -> None:
    count = 0
    async with sockets(actors) as lives:
        for name, relation in cells_of(ON_A_POST, NO_POST_OF):
            post, required = await post_of(shared, actors, name, relation)
            about = f"{name}, {relation} of a post"
            wanted = {
                verb: POST_EXCEPTIONS.get((name, relation, verb), value)
                for verb, value in zip(POST_VERBS, ON_A_POST[relation], strict=True)
            }
            if name in lives:
                for kind, verb in (("receipts", "watch"), ("post", "watch post")):
                    heard = await watched(lives[name], kind, post)
                    assert heard == wanted[verb], f"{about}: {verb}"
            there, nowhere = on_a_post(post, required), on_a_post(NOWHERE, required)
            await check(shared, actors[name], together(there, nowhere, wanted), about)
            count += len(wanted)
    assert count > 200


def cells_of(rows: Mapping[str, Any], impossible: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Every actor with a session in every relation that can be."""
    for name in ACTORS:
        for relation in rows:
            if name not in NOBODY and relation not in impossible.get(name, ()):
                yield name, relation


def together(
    there: Mapping[str, tuple[str, str, Any]],
    nowhere: Mapping[str, tuple[str, str, Any]],
    wanted: Mapping[str, str],
) -> dict[str, tuple[Cell, str]]:
    return {verb: ((verb, *request, nowhere[verb][1]), wanted[verb]) for verb, request in there.items()}


# --- conversations


def on_a_conversation(number: int, newcomer: int, member: int) -> dict[str, tuple[str, str, Any]]:
    path = f"/api/conversations/{number}"
    return {
        "look": ("GET", path, None),
        "members": ("GET", f"{path}/members", None),
        "messages": ("GET", f"{path}/messages", None),
        "send": ("POST", f"{path}/messages", {"client_id": f"c{next(_numbers)}", "text": "好"}),
        "read": ("PUT", f"{path}/read", {"number": 1}),
        "rename": ("PATCH", path, {"name": f"改名{next(_numbers)}"}),
        "add": ("POST", f"{path}/members", {"people": [newcomer]}),
        "remove": ("DELETE", f"{path}/members/{member}", None),
    }


async def group_of(house: House, actors: Mapping[str, Client], name: str, relation: str) -> tuple[int, int]:
    """(group, another member)."""
    me, owner = actors[name], actors["clerk" if name != "clerk" else "finance"]
    member = await person_id(house, BYSTANDER)
    if relation == "owner":
        owner = me
    people = [member, await person_id(house, REQUIRED)]
    if relation in ("member", "former"):
        people.append(me.id)
    group = (await owner.post("/api/conversations", {"kind": "group", "name": "组", "people": people}))["id"]
    if relation == "former":
        await owner.delete(f"/api/conversations/{group}/members/{me.id}")
    return group, member


async def direct_of(house: House, actors: Mapping[str, Client], name: str, relation: str) -> tuple[int, int]:
    other = await person_id(house, BYSTANDER)
    one = actors[name] if relation == "one of two" else actors["clerk" if name != "clerk" else "finance"]
    return (await one.post("/api/conversations", {"kind": "direct", "people": [other]}))["id"], other


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("rows", "make"), [(ON_A_GROUP, group_of), (ON_A_DIRECT, direct_of)])
async def test_in_a_conversation_every_role_in_every_relation_may_what_the_rules_say(
    shared: House, actors: dict[str, Client], rows: dict[str, tuple[str, ...]], make: Any
) -> None:
    newcomer = await person_id(shared, "1020")
    count = 0
    async with sockets(actors) as lives:
        for name, relation in cells_of(rows, NO_CHAT_OF):
            number, member = await make(shared, actors, name, relation)
            about = f"{name}, {relation} of a conversation"
            wanted = {
                verb: CHAT_EXCEPTIONS.get((name, relation, verb), value)
                for verb, value in zip(GROUP_VERBS, rows[relation], strict=True)
            }
            if name in lives:
                assert await said(lives[name], number) == wanted["say"], f"{about}: say"
            there, nowhere = (on_a_conversation(one, newcomer, member) for one in (number, NOWHERE))
            await check(shared, actors[name], together(there, nowhere, wanted), about)
            count += len(wanted)
    assert count > 100


async def said(live: Live, number: int) -> str:
    client_id = f"s{next(_numbers)}"
    await live.say(op="send", conversation=number, client_id=client_id, text="好")
    answer = await live.until(
        lambda one: one["op"] in ("sent", "refused") and one.get("client_id") == client_id
    )
    return "sent" if answer["op"] == "sent" else f"{answer['problem']['status']} {answer['problem']['code']}"


async def test_nobody_gets_anything_without_a_session(
    shared: House, actors: dict[str, Client], things: Things
) -> None:
    requests = [*on_a_post(things.my_post, 1).values(), *on_a_conversation(things.group, 1, 2).values()]
    before = await counts(shared)
    for name in NOBODY:
        for method, path, body in requests:
            assert outcome(await act(shared, cookie_of(actors[name]), method, path, body)) == WHO, (
                f"{name}: {method} {path}"
            )
    assert await counts(shared) == before


def cookie_of(client: Client) -> Client | None:
    return client if client.http.cookies else None


async def test_only_who_may_share_and_converse_makes_something(
    shared: House, actors: dict[str, Client]
) -> None:
    share = {"kind": "share", "text": "好", "audience": {"people": [1]}}
    group = {"kind": "group", "name": "好", "people": [1]}
    before = await counts(shared)
    for path, body in (("/api/posts", share), ("/api/conversations", group)):
        assert outcome(await act(shared, None, "POST", path, body)) == WHO
        assert outcome(await act(shared, actors["external"], "POST", path, body)) == NO
    outside = {**group, "people": [actors["external"].id]}
    assert (
        outcome(await act(shared, actors["member"], "POST", "/api/conversations", outside)) == "422 invalid"
    )
    assert await counts(shared) == before
