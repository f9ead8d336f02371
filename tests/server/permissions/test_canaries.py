"""Canaries (security.md §2): a token in every place where people write; everybody lives through it; every channel is listened to.

Whoever finds a token must be in the reviewed table (`MAY_LEARN`), and whoever is there must find it.
"""

import asyncio
import dataclasses
import json
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import structlog
from redis.asyncio import Redis
from sqlalchemy import Connection, delete, insert, text, update

from server.config.settings import Settings
from server.events.envelope import EVERYONE, Event, Put
from server.org.models import Person, SignInName
from server.work.work import Work
from tests.house import Client, House, Live, serve
from tests.server.api.people import enter
from tests.server.api.samples import day_from_now, in_an_hour
from tests.server.api.test_refused_requests import routes
from tests.server.mail.sink import Sink, text_of
from tests.server.permissions.cast import AUTHOR, Cast, assemble, publish
from tests.server.permissions.matrix import MAY_LEARN
from tests.server.permissions.test_gate import robot
from tests.server.realtime.crowd import all_heard

CANARIES = {
    "post": "canary-aa-post",
    "option of a vote": "canary-mm-option",
    "topic of a post": "canary-nn-topic",
    "row of a table": "canary-qq-row",
    "comment": "canary-jj-comment",
    "comment before it was changed": "canary-kk-first-words",
    "deleted comment": "canary-ll-deleted",
    "work log": "canary-mm-log",
    "sales record": "canary-pp-sales",
    "first name of a group": "canary-bb-first",
    "message before": "canary-cc-before",
    "message after": "canary-dd-after",
    "new name of a group": "canary-ee-renamed",
    "direct message": "canary-ff-direct",
    "place of a meeting": "canary-mm-place",
    "word with an answer": "canary-nn-word",
    "phone": "13712345678",
    "e-mail": "canary-gg@farbridge.example",
    "reason of an act": "canary-hh-reason",
    "name of a role": "canary-ii-role",
}
# Not a question, or one that waits.
UNASKED = {"GET /api/events"}


@pytest.fixture(scope="module")
async def sink(shared_settings: Settings) -> AsyncIterator[Sink]:
    made = Sink()
    await made.open()
    yield made
    await made.close()


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings, sink: Sink) -> AsyncIterator[House]:
    """A company that can send mail."""
    settings = dataclasses.replace(shared_settings, smtp_url=sink.url, mail_from="tenfour@example.com")
    async with serve(settings) as house:
        yield house


def learned(heard: str) -> set[str]:
    return {name for name, token in CANARIES.items() if token in heard}


def not_as_reviewed(told: dict[str, str]) -> list[str]:
    """Every (recipient, canary) pair that the table does not have, and every one of the table that did not come."""
    return [
        f"{name} {'learns' if canary in learned(heard) else 'does not learn'} the {canary}"
        for name, heard in told.items()
        for canary in sorted(learned(heard) ^ {one for one, who in MAY_LEARN.items() if name in who})
    ]


def said_by_the_server(caplog: pytest.LogCaptureFixture) -> str:
    """The standard library's log without what our own clients say about themselves, and the access log that only pytest hears."""
    assert not logging.getLogger("uvicorn.access").propagate, (
        "addresses with what was searched for would be logged"
    )
    # «mail.log» is the receiving mail server of the test.
    ours = ("httpx", "httpcore", "websockets.client", "uvicorn.access", "mail.log")
    return "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith(ours))


async def activity(cast: Cast) -> dict[str, list[int]]:
    """People write everywhere, come, are removed, and go on. Answers the ids of what they made, by the word in its address."""
    author, member, former, reader = (cast[one] for one in ("author", "required", "other required", "reader"))
    secrets = CANARIES

    def contact(work: Work) -> None:
        values = {"phone": secrets["phone"], "email": secrets["e-mail"]}
        work.conn.execute(update(Person).where(Person.id == author.id).values(**values))
        own = delete(SignInName).where(SignInName.person_id == author.id, SignInName.name != AUTHOR)
        work.conn.execute(own)
        names = [{"name": one, "person_id": author.id} for one in values.values()]
        work.conn.execute(insert(SignInName), names)
        work.audit("cake.baked", ("cake", 1), reason=secrets["reason of an act"])

    await cast.house.company.write(contact)
    post = await publish(cast, secrets["post"])
    about = f"#[{secrets['topic of a post']}](topic)"
    voted_on = await publish(cast, about, options=[secrets["option of a vote"], "no"])
    await member.put(f"/api/posts/{voted_on}/vote", {"version": 1, "chosen": [0]})
    asked = await cast["administrator"].post(
        "/api/tables", {"name": "登记", "columns": [{"title": "内容", "type": "text"}]}
    )
    carried = {"table": asked["id"], "version": 1, "by_readers": True}
    audience = {"departments": [cast.department], "people": cast.named}
    filled = await author.post(
        "/api/posts", {"kind": "share", "text": "请填", "audience": audience, "table": carried}
    )
    await member.post(f"/api/posts/{filled['id']}/table/rows", {"cells": [secrets["row of a table"]]})
    comments = f"/api/posts/{post}/comments"
    said = await member.post(comments, {"text": secrets["comment before it was changed"]})
    changed = {"version": 1, "text": secrets["comment"]}
    assert (await member.http.patch(f"/api/comments/{said['id']}", json=changed)).status_code == 200
    gone = await member.post(comments, {"text": secrets["deleted comment"]})
    await member.delete(f"/api/comments/{gone['id']}")
    asked = await member.get("/api/log-templates")
    log = {
        "template": asked["items"][0]["id"],
        "period": asked["today"],
        "values": {"1": secrets["work log"], "3": "x"},
    }
    named = {"people": [cast["boss"].id]}
    made = await member.post("/api/posts", {"kind": "log", "text": "", "audience": named, "details": log})
    await author.put(f"/api/posts/{made['id']}/score", {"score": 5})
    customer = (await member.post("/api/records/customer", {"fields": {"name": "暗语客户"}}))["item"]["id"]
    done = {"record": {"kind": "customer", "id": customer}, "sort": "visit"}
    told = {
        "kind": "sales_record",
        "text": secrets["sales record"],
        "audience": {"people": [author.id]},
        "details": done,
    }
    sold = await member.post("/api/posts", told)
    body = {"kind": "group", "name": secrets["first name of a group"], "people": [member.id, former.id]}
    group = (await author.post("/api/conversations", body))["id"]
    direct = (await author.post("/api/conversations", {"kind": "direct", "people": [member.id]}))["id"]

    async def say(client: Client, conversation: int, name: str) -> None:
        path = f"/api/conversations/{conversation}/messages"
        await client.post(path, {"client_id": name, "text": secrets[name]})

    await say(author, group, "message before")
    await say(author, direct, "direct message")
    await author.delete(f"/api/conversations/{group}/members/{former.id}")
    await say(member, group, "message after")
    renamed = await author.http.patch(
        f"/api/conversations/{group}", json={"name": secrets["new name of a group"]}
    )
    assert renamed.status_code == 200
    await author.post(f"/api/conversations/{group}/members", {"people": [reader.id]})
    await author.delete(f"/api/conversations/{group}/members/{reader.id}")
    guests = [member.id, former.id]
    details: dict[str, object] = {
        **in_an_hour(),
        "place": secrets["place of a meeting"],
        "reminders": [30],
        "people": guests,
    }
    planned: dict[str, object] = {
        "kind": "schedule",
        "text": "周会",
        "audience": {"people": guests},
        "details": details,
    }
    meeting = (await author.post("/api/posts", planned))["id"]
    answer = {"answer": "declined", "sequence": 0, "word": secrets["word with an answer"]}
    await member.put(f"/api/posts/{meeting}/invitation", answer)
    role = await cast["administrator"].post("/api/roles", {"name": secrets["name of a role"]})
    await member.put(f"/api/posts/{post}/receipt", {"version": 1})
    await cast.house.anonymous().post("/api/password-resets", {"login": AUTHOR})
    return {
        "posts": [post, meeting, voted_on, filled["id"], made["id"], sold["id"]],
        "comments": [said["id"], gone["id"]],
        "conversations": [group, direct],
        "customers": [customer],
        "roles": [role["id"]],
        "people": [author.id, member.id],
    }


def questions(house: House, made: dict[str, list[int]]) -> list[str]:
    """Everything that can be asked, about these things and in general, and searches for the canaries."""
    found = []
    for route in routes(house):
        if route.method != "GET" or route.name in UNASKED or ":str}" in route.path:
            continue
        ids = next((ids for word, ids in made.items() if f"/{word}/" in route.path), [1])
        found += [route.filled(dict.fromkeys(("id", "person_id", "token_id", "page"), one)) for one in ids]
    words = ("canary", CANARIES["phone"])
    searches = [f"{path}?q={word}" for path in ("/api/people", "/api/search") for word in words]
    lists = [
        f"{path}?limit=100" for path in ("/api/people", "/api/posts", "/api/conversations", "/api/audit")
    ]
    days = f"/api/schedule?since={day_from_now(-1)}&until={day_from_now(2)}"
    tails = ("", "/followups", "/history", "/family")
    records = [f"/api/records/customer/{one}{tail}" for one in made["customers"] for tail in tails]
    return [*dict.fromkeys(found), *searches, *lists, *records, days]


async def asked(house: House, client: Client, paths: list[str]) -> str:
    """What all questions say. A search that only repeats the question in a refusal does not count."""
    answers = []
    for path in paths:
        reply = await client.http.get(path)
        assert reply.status_code < 500, path
        answers.append(reply.text if reply.status_code < 300 else "")
    return "\n".join(answers)


async def listen_to_redis(settings: Settings, heard: list[str], ready: asyncio.Event) -> None:
    if not settings.redis_url:
        ready.set()
        return
    async with Redis.from_url(settings.redis_url).monitor() as monitor:
        ready.set()
        async for command in monitor.listen():
            heard.append(json.dumps(command, default=str))


@pytest.mark.timeout(180)
async def test_whoever_learns_a_secret_is_in_the_reviewed_table_and_whoever_is_there_learns_it(
    shared: House, shared_settings: Settings, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    cast = await assemble(shared)
    bot = await robot(shared, cast["administrator"], await enter(shared, "1023"))
    clients = {name: client for name, client in cast.by_role.items() if client} | {"bot": bot}
    redis: list[str] = []
    ready = asyncio.Event()
    caplog.set_level("INFO")
    with structlog.testing.capture_logs() as logs:
        monitoring = asyncio.create_task(listen_to_redis(shared_settings, redis, ready))
        await ready.wait()
        cursors = {
            name: (await client.bootstrap())["cursor"] for name, client in clients.items() if name != "bot"
        }
        async with AsyncExitStack() as opened:
            lives: dict[str, Live] = {
                name: await opened.enter_async_context(clients[name].live()) for name in cursors
            }
            made = await activity(cast)
            await all_heard(shared, lives.values())
            told = {name: json.dumps(live.frames, ensure_ascii=False) for name, live in lives.items()}
        paths = questions(shared, made)

        async def ask(name: str, client: Client) -> None:
            heard = await asked(shared, client, paths)
            if name in cursors:
                heard += (
                    await client.http.get("/api/events", params={"cursor": cursors[name], "wait": 0})
                ).text
            told[name] = told.get(name, "") + heard

        everybody = [*clients.items(), ("anonymous", shared.anonymous())]
        await asyncio.gather(*[ask(name, client) for name, client in everybody])
        export = await cast["boss"].http.post("/api/audit/export", json={"filter": {}})
        told["audit file"] = export.text
        monitoring.cancel()
        await asyncio.gather(monitoring, return_exceptions=True)
    told["logs"] = json.dumps(logs, default=str, ensure_ascii=False) + said_by_the_server(caplog)
    told["Redis"] = "\n".join(redis)
    if shared_settings.redis_url:
        assert "tenfour:" in told["Redis"], "the bus was not listened to"
    wrong = not_as_reviewed(told)
    assert not wrong, "not as reviewed (matrix.py, MAY_LEARN):\n" + "\n".join(wrong)
    mail = await sink.mail_to(CANARIES["e-mail"])
    assert sink.accepted == [mail], "mail goes to whom it is for, and to nobody else"
    assert learned(mail.as_string() + text_of(mail)) == {"e-mail"}, "the address it goes to, and nothing else"
    details = await shared.company.read(_details)
    assert not learned(details), "the audit holds what is personal"


def _details(conn: Connection) -> str:
    """All that the audit says itself: everything but the reasons that people gave."""
    return " ".join(
        conn.execute(text("SELECT act || object_kind || details || device FROM audit_entry")).scalars()
    )


async def test_a_leak_on_purpose_is_found(shared: House) -> None:
    """The positive control: a post is put on the stream of everybody, past every rule."""
    outsider = await enter(shared, "1017")
    async with outsider.live() as live:
        leaked = Put("post", 10**6, {"id": 10**6, "text": CANARIES["post"]})
        await shared.company.write(lambda work: work.record(Event("post.published", [EVERYONE], [leaked])))
        await all_heard(shared, [live])
        found = not_as_reviewed({"outsider": json.dumps(live.frames)})
    assert "outsider learns the post" in found
