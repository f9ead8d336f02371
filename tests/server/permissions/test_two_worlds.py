"""Two worlds (security.md §2): one without, one with what a person may not see. All that can be asked is answered the same, byte for byte:
lists, pages, counts, searches, refusals, and the numbers of things that are not there or not for them.

One company stands for both: everything is asked, what is hidden happens, everything is asked again. Left out of the comparison is only
the log's number (`Tenfour-Seq`, `seq`, `cursor`), which tells how much has happened in the company, and of whom nothing;
and the moment at which a paper was asked for (`made_at`).

The one exception tells by design and is no GET: whether a record exists already (W16). `tests/crm_objects/test_duplicates.py` says how
little it tells.
"""

import itertools
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text

from chat.models import Conversation
from feed.models import Post
from server.api.route import Route
from server.auditing.jobs import seal_audit
from server.background.reactions import catch_up
from server.files.models import File
from server.org.models import Person
from tests.house import Client, House, Live
from tests.server.api.people import enter
from tests.server.api.samples import SAMPLES, Things, day_from_now, in_an_hour, prepare, tomorrow
from tests.server.api.test_refused_requests import routes
from tests.server.files.sending import upload
from tests.server.permissions.cast import Cast, assemble
from tests.server.realtime.crowd import all_heard

# Never the same twice, and nobody's secret: a fresh picture of a link, a question that waits, a redirect with dice in it.
UNASKED = {"GET /api/events", "GET /api/session/openid/start", "GET /api/session/openid/callback"}
WORDS = ("密", "hidden-words", "138")
_keys = itertools.count(1)
Answers = dict[str, tuple[int, str]]


@pytest.fixture(scope="module")
async def things(shared: House) -> Things:
    return await prepare(shared)


@pytest.fixture(scope="module")
async def cast(shared: House, things: Things) -> Cast:
    return await assemble(shared)


# --- what can be asked


class Asking:
    """Every question, with numbers of what is there, of what comes into being hidden, and of nothing."""

    def __init__(self, house: House, things: Things, base: Mapping[str, int], newest: Mapping[str, int]):
        self.house, self.things, self.base, self.newest = house, things, base, newest

    def numbers(self, path: str) -> list[int]:
        """One of the open world, and the next numbers, which will be hidden things'."""
        kind = path.split("/")[2]
        if kind not in self.newest:
            return [1, 4]
        return sorted({self.base.get(kind, 1), self.newest[kind] + 1, self.newest[kind] + 2})

    def filled(self, route: Route) -> list[str]:
        sample = SAMPLES[route.name](self.things).path
        names = re.findall(r"\{(\w+):(\w+)\}", route.path)
        ints = [name for name, kind in names if kind == "int"]
        found = []
        for number in self.numbers(route.path) if ints else [0]:
            values = {**sample, **({ints[0]: number} if ints else {})}
            found.append(re.sub(r"\{(\w+):\w+\}", lambda match: str(values[match[1]]), route.path))  # noqa: B023
        return found

    def questions(self) -> list[str]:
        found: list[str] = []
        for route in routes(self.house):
            if route.method != "GET" or route.name in UNASKED:
                continue
            for path in self.filled(route):
                found.append(path)
                fields = getattr(route.query, "__struct_encode_fields__", ())
                if "name" in fields:
                    found.append(f"{path}?name=密谋")
                if "limit" in fields:
                    found.append(f"{path}?limit=2")
                if "q" in fields:
                    found += [f"{path}?q={word}&limit=3" for word in WORDS]
        return list(dict.fromkeys(found))

    def acts(self) -> list[tuple[str, str, Any]]:
        """Writing to the next numbers: nothing of theirs is there, then something hidden is."""
        found = []
        for route in routes(self.house):
            kind = route.path.split("/")[2]
            if route.method == "GET" or "{id:int}" not in route.path or kind not in self.newest:
                continue
            sample = SAMPLES[route.name](self.things)
            values = {**sample.path, "id": self.newest[kind] + 1}
            path = re.sub(r"\{(\w+):\w+\}", lambda match: str(values[match[1]]), route.path)  # noqa: B023
            found.append((route.method, path, None if route.octets else sample.body))
        return found

    async def all_of(self, client: Client, cursor: str) -> Answers:
        said: Answers = {}
        for path in self.questions():
            said |= await pages(client, path)
        said["poll"] = plain(await client.http.get("/api/events", params={"cursor": cursor, "wait": 0}))
        for method, path, body in self.acts():
            key = {"Idempotency-Key": f"worlds-{next(_keys)}"}
            about = {"json": body} if body is not None else {"content": b"x"}
            said[f"{method} {path}"] = plain(await client.http.request(method, path, headers=key, **about))
        refs = [{"kind": "post", "id": self.newest["posts"] + ahead} for ahead in (0, 1, 2)]
        refs += [{"kind": "conversation", "id": self.newest["conversations"] + ahead} for ahead in (1, 2)]
        for ref in refs:
            said[f"card {ref}"] = plain(await client.http.post("/api/cards", json={"refs": [ref]}))
        return said


async def pages(client: Client, path: str) -> Answers:
    """This question to the end of its list."""
    said: Answers = {}
    asked = path
    while asked:
        reply = await client.http.get(asked)
        assert reply.status_code < 500, f"{asked}: {reply.text}"
        said[asked] = plain(reply)
        following = None
        if reply.status_code == 200 and "json" in reply.headers.get("content-type", "") and "limit=" in path:
            following = reply.json().get("next")
        asked = f"{path}&cursor={following}" if following and len(said) < 12 else ""
    return said


def plain(reply: Any) -> tuple[int, str]:
    """Status and body without the log's number and times counted from now; what is no text (a picture) as it stands."""
    body = re.sub(r'"(seq|cursor|made_at|nudge|deputy|manager)":("[^"]*"|\d+)', r'"\1":"…"', reply.text)
    return reply.status_code, body


def differing(before: Answers, after: Answers) -> list[str]:
    """The questions with two answers, and where the answers part."""
    found = []
    for asked in sorted(set(before) | set(after)):
        one, other = before.get(asked, (0, "")), after.get(asked, (0, ""))
        if one != other:
            at = next((at for at, (a, b) in enumerate(zip(one[1], other[1], strict=False)) if a != b), 0)
            found.append(
                f"{asked}: {one[0]} …{one[1][max(0, at - 80) : at + 80]} ≠ {other[0]} …{other[1][max(0, at - 80) : at + 80]}"
            )
    return found


# --- what happens hidden


async def data(cast: Cast, base: Mapping[str, int]) -> None:
    """People write, send, confirm, remove, remember. Nobody who asks is among them, not even who administers."""
    author, member, other = cast["author"], cast["required"], cast["other required"]
    file = (await upload(author, "hidden-words.txt", "密 hidden words".encode()))["id"]
    people = {"people": [member.id, cast["manager above"].id]}
    body = {
        "kind": "share", "text": "密 hidden-words #[密谋](topic)", "audience": people, "files": [file],
        "receipts": {"people": [member.id], "due_at": tomorrow()}, "mentions": {"people": [member.id]},
        "poll": {"options": ["密", "hidden-words"]},
    }  # fmt: skip
    post = (await author.post("/api/posts", body))["id"]
    await member.put(f"/api/posts/{post}/vote", {"version": 1, "chosen": [1]})
    await author.post(f"/api/posts/{post}/receipts/remind")
    await member.put(f"/api/posts/{post}/receipt", {"version": 1})
    await author.post("/api/posts", {"kind": "share", "text": "密 two", "audience": {"people": [other.id]}})
    group = {"kind": "group", "name": "密 hidden", "people": [member.id, other.id]}
    made = (await author.post("/api/conversations", group))["id"]
    direct = await author.post("/api/conversations", {"kind": "direct", "people": [cast["reader"].id]})
    for number, conversation in enumerate((made, direct["id"], base["conversations"], base["conversations"])):
        path = f"/api/conversations/{conversation}/messages"
        said = {"client_id": f"hidden-{number}", "text": f"密 hidden-words {number}"}
        await author.post(path, said)
    await author.http.patch(f"/api/conversations/{base['conversations']}", json={"name": "密 renamed"})
    await author.post(f"/api/conversations/{base['conversations']}/members", {"people": [other.id]})
    await author.delete(f"/api/conversations/{made}/members/{other.id}")
    for client in (member, other):  # of a post that everybody sees
        await client.put(f"/api/posts/{base['posts']}/receipt", {"version": 1})
        await client.put(f"/api/posts/{base['posts']}/read", {"version": 1})
    for at in (post, base["posts"]):
        about = {"about": {"kind": "post", "id": at}, "at": tomorrow(), "note": "hidden"}
        await author.post("/api/reminders", about)
    when = {**in_an_hour(), "place": "密 hidden", "reminders": [5], "repeat": {"every": "day"}}
    invited = {"people": [member.id]}
    meeting = {
        "kind": "schedule",
        "text": "密 hidden-words",
        "audience": invited,
        "details": {**when, **invited},
    }
    planned = (await author.post("/api/posts", meeting))["id"]
    answer = {"answer": "tentative", "sequence": 0, "word": "密 hidden-words"}
    await member.put(f"/api/posts/{planned}/invitation", answer)
    asked = await member.get("/api/log-templates")
    template, values = asked["items"][0]["id"], {"1": "密 hidden-words", "3": "密 hidden"}
    log = {"template": template, "period": asked["today"], "values": values}
    handed = {"kind": "log", "text": "密 hidden-words", "audience": {}, "details": log}
    await author.put(f"/api/posts/{(await member.post('/api/posts', handed))['id']}/score", {"score": 2})
    await author.try_post(f"/api/log-templates/{template}/periods/{asked['today']}/remind")
    await upload(author, "hidden-words-2.txt")
    await author.put(f"/api/conversations/{base['conversations']}/mute", {"muted": True})
    await author.put("/api/me/language", {"language": "en"})
    await enter(cast.house, "1004")


async def administration(cast: Cast, base: Mapping[str, int]) -> None:
    """Roles, links, requests, who acts for whom, why somebody is away: for who administers, and for whom it concerns."""
    admin, author, member = cast["administrator"], cast["author"], cast["required"]
    role = {"name": "hidden-words", "capabilities": {"people.read": ["all"], "audit.read": ["all"]}}
    made = (await admin.post("/api/roles", role))["id"]
    await author.post("/api/me/calendar-feed")
    await author.post("/api/me/tokens", {"name": "hidden", "scopes": ["post.read"], "days": 3})
    held = [one["role_id"] for one in (await admin.get(f"/api/people/{member.id}/permissions"))["roles"]]
    await admin.put(f"/api/people/{member.id}/roles", {"roles": [*held, made]})
    await admin.put("/api/company/join-link", {"is_on": True})
    link = (await admin.get("/api/company/join-link"))["link"].rpartition("/")[2]
    wanted = {
        "name": "hidden",
        "login": "13700009999",
        "password": "a good one 4",
        "note": "密",
        "language": "en",
    }
    assert (await cast.house.anonymous().http.post(f"/api/joining/{link}", json=wanted)).status_code < 300
    await admin.post(f"/api/people/{member.id}/password-reset")
    await cast.house.anonymous().http.post("/api/session", json={"login": "1004", "password": "hidden-words"})
    await author.post(
        f"/api/people/{author.id}/delegations",
        {"deputy_id": member.id, "kinds": ["todos"], "from_day": day_from_now(1)},
    )
    absence = f"/api/people/{author.id}/absences/{base['absence']}"
    changed = await author.http.patch(absence, json={"reason": "sick"})
    assert changed.status_code == 200, changed.text


async def directory(cast: Cast, base: Mapping[str, int]) -> None:
    """Who sits where, reports to whom, is reached how, is away when: for colleagues."""
    admin, author = cast["administrator"], cast["author"]
    department = await admin.post("/api/departments", {"name": "密 hidden", "heads": []})
    person = await admin.get(f"/api/people/{author.id}")
    change = {
        "version": person["version"], "phone": "13700008888", "email": "hidden-words@farbridge.example",
        "department_ids": [*person["department_ids"], department["id"]], "manager_id": admin.id,
    }  # fmt: skip
    assert (await admin.http.patch(f"/api/people/{author.id}", json=change)).status_code == 200
    away = {"from_day": day_from_now(20), "to_day": day_from_now(21), "reason": "sick"}
    await author.post(f"/api/people/{author.id}/absences", away)
    new = {"name": "密 hidden", "phone": "13700007777", "place": {"department_ids": [department["id"]]}}
    await admin.post("/api/people", new)


def newest(conn: Connection) -> dict[str, int]:
    """By the word in the address: the last number given."""
    tables: dict[str, Any] = {"posts": Post, "conversations": Conversation, "files": File, "people": Person}
    found = {word: conn.execute(select(func.max(table.id))).scalar() or 0 for word, table in tables.items()}
    reminders = conn.execute(text("SELECT max(id) FROM reminder")).scalar() or 0
    return found | {"reminders": reminders}


async def settled(house: House) -> None:
    """Notices are decided, the search index has caught up, and what the audit log has is sealed."""
    await catch_up(house.company)
    await seal_audit(house.company, {})


def told(live: Live) -> list[dict[str, Any]]:
    return [frame for frame in live.frames if frame["op"] in ("events", "typing")]


@pytest.mark.timeout(180)
async def test_what_is_hidden_changes_no_answer_to_whom_it_is_hidden_from(
    shared: House, things: Things, cast: Cast
) -> None:
    author, former = cast["author"], cast["outsider"]
    everybody = {"everyone": True, "people": [cast["external"].id]}
    asked_of = {"people": [cast["required"].id, cast["other required"].id]}
    open_post = await author.post(
        "/api/posts", {"kind": "share", "text": "给大家", "audience": everybody, "receipts": asked_of}
    )
    group = {"kind": "group", "name": "旧群", "people": [cast["required"].id, former.id]}
    old = (await author.post("/api/conversations", group))["id"]
    await author.delete(f"/api/conversations/{old}/members/{former.id}")
    away = {"from_day": day_from_now(5), "to_day": day_from_now(6)}
    absence = (await author.post(f"/api/people/{author.id}/absences", away))["id"]
    base = {"posts": open_post["id"], "conversations": old, "absence": absence}

    viewers = {
        "administrator": await enter(shared, "1002"), "colleague who was removed": former, "external": cast["external"],
    }  # fmt: skip
    # The last step of what is hidden from each.
    last = {"administrator": data, "colleague who was removed": administration, "external": directory}
    await settled(shared)
    asking = Asking(shared, things, base, await shared.company.read(newest))
    async with AsyncExitStack() as opened:
        lives = {name: await opened.enter_async_context(client.live()) for name, client in viewers.items()}
        cursor = (await former.bootstrap())["cursor"]
        before = {name: await asking.all_of(client, cursor) for name, client in viewers.items()}
        assert len(before["administrator"]) > 180
        leaks = []
        for step in (data, administration, directory):
            await step(cast, base)
            await settled(shared)
            await all_heard(shared, lives.values())
            for name in [name for name in viewers if last[name] is step]:
                after = await asking.all_of(viewers[name], cursor)
                leaks += [f"{name}: {one}" for one in differing(before[name], after)]
                leaks += [f"{name} hears {frame}" for frame in told(lives[name])]
    open_to_colleagues = {"/api/departments": before["colleague who was removed"]["/api/departments"]}
    seen = differing(open_to_colleagues, await pages(former, "/api/departments"))
    assert seen, "the last step happened, and who may see it does"
    assert not leaks, f"{len(leaks)} answers tell of what is hidden:\n" + "\n".join(leaks[:40])
