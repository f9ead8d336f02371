"""Role by role, act by act: who gets an answer, who is told «no», and who must not even learn that there is something.

The expected values are written by hand from docs/wire.md and security.md §1; nothing here asks the policies.
"""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from tests.house import Client, House
from tests.server.api.people import counts, everything
from tests.server.api.samples import SAMPLES, prepare
from tests.server.api.test_refused_requests import routes, target
from tests.server.permissions.cast import NOWHERE, Cast, act, assemble, outcome, publish

OK, NO, MISSING, WHO = "200", "403 forbidden", "404 not_found", "401 signed_out"
NOT_ASKED = "403 not_required"

# The columns are the acts below.
ON_A_POST: dict[str, tuple[str, str, str, str, str, str]] = {
    #                     look     receipts  confirm    opened  withdraw remind
    "anonymous":         (WHO,     WHO,      WHO,       WHO,    WHO,     WHO),
    "outsider":          (MISSING, MISSING,  MISSING,   MISSING, MISSING, MISSING),
    "administrator":     (MISSING, MISSING,  MISSING,   MISSING, MISSING, MISSING),
    "manager elsewhere": (MISSING, MISSING,  MISSING,   MISSING, MISSING, MISSING),
    "reader":            (OK,      NO,       NOT_ASKED, "204",  NO,      NO),
    "external":          (OK,      NO,       NOT_ASKED, "204",  NO,      NO),
    "required":          (OK,      OK,       OK,        "204",  NO,      NO),
    "manager above":     (OK,      OK,       NOT_ASKED, "204",  NO,      NO),
    "boss":              (OK,      OK,       NOT_ASKED, "204",  NO,      NO),
    "author":            (OK,      OK,       NOT_ASKED, "204",  "204",   OK),
}  # fmt: skip


def acts_on_a_post(post: int, other_required: int) -> list[tuple[str, str, Any]]:
    return [
        ("GET", f"/api/posts/{post}", None),
        ("GET", f"/api/posts/{post}/receipts", None),
        ("PUT", f"/api/posts/{post}/receipt", {"version": 1}),
        ("PUT", f"/api/posts/{post}/read", {"version": 1}),
        ("DELETE", f"/api/posts/{post}/receipts/{other_required}", None),
        ("POST", f"/api/posts/{post}/receipts/remind", None),
    ]


ON_A_GROUP: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    #                look     members  messages send     read     rename   add      remove
    "anonymous":    (WHO,     WHO,     WHO,     WHO,     WHO,     WHO,     WHO,     WHO),
    "outsider":     (MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING),
    "boss":         (MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING),
    "external":     (MISSING, MISSING, MISSING, NO,      MISSING, MISSING, MISSING, MISSING),
    "other required": (OK,    NO,      OK,      NO,      OK,      NO,      NO,      NO),  # was a member
    "required":     (OK,      OK,      OK,      "201",   OK,      OK,      "201",   NO),  # is one
    "author":       (OK,      OK,      OK,      "201",   OK,      OK,      "201",   "204"),  # owns it
}  # fmt: skip

ON_A_DIRECT: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    "outsider": (MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING),
    "required": (OK, OK, OK, "201", OK, NO, NO, NO),  # not even oneself
    "author": (OK, OK, OK, "201", OK, NO, NO, NO),
}


def acts_on_a_conversation(
    conversation: int, newcomer: int, member: int, by: str
) -> list[tuple[str, str, Any]]:
    path = f"/api/conversations/{conversation}"
    return [
        ("GET", path, None),
        ("GET", f"{path}/members", None),
        ("GET", f"{path}/messages", None),
        ("POST", f"{path}/messages", {"client_id": f"{by} in {conversation}", "text": "好"}),
        ("PUT", f"{path}/read", {"number": 1}),
        ("PATCH", path, {"name": f"改名 {by}"}),
        ("POST", f"{path}/members", {"people": [newcomer]}),
        ("DELETE", f"{path}/members/{member}", None),
    ]


# Everything else is one's own, the directory's, the import's, or the door's.
DIRECTORY = {"GET /api/people", "GET /api/people/{id:int}", "GET /api/departments"}
IMPORT = {
    "POST /api/people/{id:int}/invitation", "POST /api/people/imports", "GET /api/people/imports", "GET /api/people/imports/{id:int}",
    "GET /api/people/imports/{id:int}/rows", "POST /api/people/imports/{id:int}/links",
    "GET /api/people/imports/{id:int}/missing", "GET /api/people/imports/{id:int}/result",
}  # fmt: skip
OWN = {
    "DELETE /api/session", "GET /api/me", "PUT /api/me/language", "GET /api/todos", "GET /api/todos/counts", "GET /api/posts",
    "GET /api/conversations", "GET /api/events", "GET /api/bootstrap", "PUT /api/test/clock", "GET /api/search",
    "POST /api/cards", "GET /api/notifications", "PUT /api/notifications/read", "GET /api/preferences", "PUT /api/preferences",
    "GET /api/reminders", "POST /api/reminders", "PATCH /api/reminders/{id:int}", "DELETE /api/reminders/{id:int}",
    "PUT /api/reminders/{id:int}/done", "POST /api/posts/{id:int}/reminders", "PUT /api/conversations/{id:int}/mute",
}  # fmt: skip
ROLES = {
    "GET /api/capabilities", "GET /api/roles", "POST /api/roles", "PATCH /api/roles/{id:int}", "DELETE /api/roles/{id:int}",
    "PUT /api/roles/{id:int}/shipped", "GET /api/roles/{id:int}/people", "PUT /api/people/{id:int}/roles",
    "GET /api/people/{id:int}/permissions", "GET /api/audit", "POST /api/audit/export",
}  # fmt: skip
# What people look like, and the tree under an administrator's hands: told in tests/server/people.
EDITING = {
    "PATCH /api/people/{id:int}", "PUT /api/departments/{id:int}/people", "POST /api/departments", "PATCH /api/departments/{id:int}",
    "DELETE /api/departments/{id:int}", "PUT /api/me/about", "PUT /api/people/{id:int}/picture", "DELETE /api/people/{id:int}/picture",
    "GET /api/people/{id:int}/picture/{hash:str}",
}  # fmt: skip
MAKING = {"POST /api/posts", "POST /api/conversations"}
DOOR = {
    "POST /api/session", "GET /api/invitations/{token:str}", "POST /api/invitations/{token:str}", "GET /api/setup/{token:str}",
    "POST /api/setup/{token:str}", "GET /api/password-resets", "POST /api/password-resets", "GET /api/password-resets/{token:str}",
    "POST /api/password-resets/{token:str}", "GET /api/joining/{token:str}", "POST /api/joining/{token:str}",
    "GET /api/joining/requests/{token:str}",
}  # fmt: skip
# Who looks after the company: told in tests/server/setup, tests/server/joining, tests/server/people and tests/server/auth.
CARETAKING = {
    "PUT /api/company", "GET /api/start", "PUT /api/start/dismissal", "GET /api/company/join-link", "PUT /api/company/join-link",
    "POST /api/company/join-link", "GET /api/company/join-link/picture", "GET /api/join-requests",
    "PUT /api/join-requests/{id:int}/decision", "POST /api/people", "POST /api/people/{id:int}/password-reset",
}  # fmt: skip
# One's own ways in, an administrator's hand on them, programs: told in tests/server/auth.
WAYS_IN = {
    "POST /api/session/second", "GET /api/session/step-up", "PUT /api/session/step-up", "PUT /api/me/password",
    "GET /api/session/openid", "GET /api/session/openid/start", "GET /api/session/openid/callback",
    "GET /api/me/devices", "DELETE /api/me/devices", "DELETE /api/me/devices/{id:int}",
    "GET /api/me/second-factor", "POST /api/me/second-factor", "PUT /api/me/second-factor", "DELETE /api/me/second-factor",
    "POST /api/me/second-factor/recovery-codes", "GET /api/people/{id:int}/access", "DELETE /api/people/{id:int}/devices",
    "DELETE /api/people/{id:int}/tokens", "DELETE /api/people/{id:int}/second-factor", "GET /api/company/sign-in",
    "PUT /api/company/sign-in", "GET /api/token-scopes", "GET /api/me/tokens", "POST /api/me/tokens", "DELETE /api/me/tokens/{id:int}",
    "GET /api/bots", "POST /api/bots", "DELETE /api/bots/{id:int}", "GET /api/bots/{id:int}/tokens", "POST /api/bots/{id:int}/tokens",
    "DELETE /api/bots/{id:int}/tokens/{token_id:int}",
}  # fmt: skip
# For who holds the capability: administrator and boss.
ADMINISTRATION = {
    "GET /api/people/{id:int}/resignation", "PUT /api/people/{id:int}/resignation", "DELETE /api/people/{id:int}/resignation",
    "PUT /api/calendar/days/{day:str}", "DELETE /api/calendar/days/{day:str}", "PUT /api/calendar/week",
}  # fmt: skip
# Whose they are decides: told in tests/server/people/test_absences.py, tests/feed/test_acting.py, tests/server/calendar.
OF_SOMEBODY = {
    "GET /api/people/{id:int}/absences", "POST /api/people/{id:int}/absences",
    "PATCH /api/people/{id:int}/absences/{absence_id:int}", "DELETE /api/people/{id:int}/absences/{absence_id:int}",
    "GET /api/people/{id:int}/delegations", "POST /api/people/{id:int}/delegations",
    "DELETE /api/people/{id:int}/delegations/{delegation_id:int}", "GET /api/calendar",
}  # fmt: skip


@pytest.fixture(scope="module")
async def cast(shared: House) -> Cast:
    return await assemble(shared)


def pattern_of(method: str, path: str) -> str:
    """The route's name of a filled path."""
    filled = re.sub(r"/members/\d+$", "/members/{person_id:int}", path)
    filled = re.sub(r"/receipts/\d+$", "/receipts/{person_id:int}", filled)
    filled = re.sub(r"/\d+", "/{id:int}", filled)
    return f"{method} {filled}"


async def test_every_route_has_its_place_in_one_of_these_tables(shared: House) -> None:
    told = {pattern_of(method, path) for method, path, _ in acts_on_a_post(1, 2)}
    told |= {pattern_of(method, path) for method, path, _ in acts_on_a_conversation(1, 2, 3, "")}
    groups = [
        told,
        DIRECTORY,
        IMPORT,
        ROLES,
        OWN,
        EDITING,
        MAKING,
        DOOR,
        WAYS_IN,
        CARETAKING,
        ADMINISTRATION,
        OF_SOMEBODY,
    ]
    assert set().union(*groups) == {route.name for route in routes(shared)}
    assert sum(map(len, groups)) == len(set().union(*groups))


async def check(
    cast: Cast,
    role: str,
    acts: list[tuple[str, str, Any]],
    nowhere: list[tuple[str, str, Any]],
    table: Sequence[str],
) -> None:
    """Act after act as the table says. A refusal changes nothing, and «not found» is word for word that of what does not exist."""
    for (method, path, body), (_, elsewhere, _), wanted in zip(acts, nowhere, table, strict=True):
        before = await counts(cast.house)
        reply = await act(cast.house, cast.by_role[role], method, path, body)
        assert outcome(reply) == wanted, f"{role}: {method} {path}"
        if reply.status >= 400:
            assert await counts(cast.house) == before, f"{role}: {method} {path}"
        if wanted == MISSING:
            missing = await act(cast.house, cast.by_role[role], method, elsewhere, body)
            assert (missing.status, missing.body) == (reply.status, reply.body), f"{role}: {method} {path}"


async def test_on_a_post_with_receipts_everybody_may_what_the_table_says(cast: Cast) -> None:
    other = cast["other required"].id
    for role, table in ON_A_POST.items():
        post = await publish(cast)
        await check(cast, role, acts_on_a_post(post, other), acts_on_a_post(NOWHERE, other), table)


async def test_in_a_group_everybody_may_what_the_table_says(cast: Cast) -> None:
    author, former, reader = cast["author"], cast["other required"], cast["reader"]
    for role, table in ON_A_GROUP.items():
        people = [cast["required"].id, former.id, reader.id]
        group = (await author.post("/api/conversations", {"kind": "group", "name": "组", "people": people}))[
            "id"
        ]
        await author.delete(f"/api/conversations/{group}/members/{former.id}")
        acts = acts_on_a_conversation(group, 20, reader.id, role)
        await check(cast, role, acts, acts_on_a_conversation(NOWHERE, 20, reader.id, role), table)


async def test_in_a_direct_conversation_everybody_may_what_the_table_says(cast: Cast) -> None:
    author, other = cast["author"], cast["required"]
    direct = (await author.post("/api/conversations", {"kind": "direct", "people": [other.id]}))["id"]
    for role, table in ON_A_DIRECT.items():
        acts = acts_on_a_conversation(direct, 20, other.id, role)
        await check(cast, role, acts, acts_on_a_conversation(NOWHERE, 20, other.id, role), table)


async def test_the_directory_is_for_colleagues_and_the_import_for_who_may_import(
    shared: House, cast: Cast
) -> None:
    things = await prepare(shared)
    before = await everything(shared)
    for route in routes(shared):
        if route.name not in DIRECTORY | IMPORT:
            continue
        sample = SAMPLES[route.name](things)
        for role, client in cast.by_role.items():
            for number in (sample.path.get("id", 1), NOWHERE):
                path = target(route, type(sample)({**sample.path, "id": number}))
                reply = await act(
                    shared, client, route.method, path, sample.body or None, key="no such key yet"
                )
                about = f"{role}: {route.method} {path}: {outcome(reply)}"
                if client is None:
                    assert outcome(reply) == WHO, about
                elif role == "external" or (route.name in IMPORT and role not in ("administrator", "boss")):
                    assert outcome(reply) == NO, about
                else:
                    assert reply.status not in (401, 403), about
    assert await everything(shared) == before


async def test_leaving_and_the_calendar_are_for_administrators(shared: House, cast: Cast) -> None:
    things = await prepare(shared)
    before = await everything(shared)
    for route in routes(shared):
        if route.name not in ADMINISTRATION:
            continue
        sample = SAMPLES[route.name](things)
        path = target(
            route, type(sample)({name: NOWHERE if name == "id" else "2099-02-30" for name in sample.path})
        )
        body = {**sample.body, "version": 77} if "version" in sample.body else sample.body
        for role, client in cast.by_role.items():
            said = outcome(await act(shared, client, route.method, path, body or None))
            if client is None:
                assert said == WHO, role
            elif role in ("administrator", "boss"):
                assert said in (MISSING, "409 stale_version"), f"{role}: {route.name}"
            else:
                assert said == NO, f"{role}: {route.name}"
    assert await everything(shared) == before


async def test_only_who_may_share_and_converse_makes_something(shared: House, cast: Cast) -> None:
    before = await everything(shared)
    share = {"kind": "share", "text": "好", "audience": {"people": [1]}}
    group = {"kind": "group", "name": "好", "people": [1]}
    for path, body in (("/api/posts", share), ("/api/conversations", group)):
        assert outcome(await act(shared, None, "POST", path, body)) == WHO
        assert outcome(await act(shared, cast["external"], "POST", path, body)) == NO
    assert await everything(shared) == before
    assert outcome(await act(shared, cast["author"], "POST", "/api/conversations", {**group, "people": [cast["external"].id]})) \
        == "422 invalid"  # fmt: skip


def questions(house: House, cast: Cast, post: int, conversations: list[int]) -> list[str]:
    """Everything that can be asked, about these things and in general."""
    found = []
    for route in routes(house):
        if route.method != "GET" or route.name in DOOR:
            continue
        ids = [post] if "posts" in route.path else conversations if "conversations" in route.path else [1]
        found += [re.sub(r"\{\w+:\w+\}", str(one), route.path) for one in ids]
    listed = [path for path in found if not path.startswith("/api/events")]
    return [*dict.fromkeys(listed), "/api/people?q=canary", "/api/people?limit=100", "/api/posts?limit=100"]


async def heard(house: House, client: Client, cursor: str, paths: list[str]) -> str:
    """All that a person is ever told: every question's answer, and everything that has happened since the cursor."""
    replies = [
        await act(house, client, "GET", path) for path in [*paths, f"/api/events?wait=0&cursor={cursor}"]
    ]
    return "\n".join(reply.body.decode() for reply in replies)


async def test_a_secret_comes_out_nowhere_but_to_whom_it_was_told(shared: House, cast: Cast) -> None:
    """Canaries (security.md §2): one in every place where people write, each with those who may ever read it."""
    cursors = {role: (await client.bootstrap())["cursor"] for role, client in cast.by_role.items() if client}
    author, member, former = cast["author"], cast["required"], cast["other required"]
    post = await publish(cast, "canary-post")
    group = (
        await author.post(
            "/api/conversations",
            {"kind": "group", "name": "canary-first-name", "people": [member.id, former.id]},
        )
    )["id"]
    direct = (await author.post("/api/conversations", {"kind": "direct", "people": [member.id]}))["id"]
    await author.post(f"/api/conversations/{group}/messages", {"client_id": "c1", "text": "canary-early"})
    await author.post(f"/api/conversations/{direct}/messages", {"client_id": "c2", "text": "canary-direct"})
    await author.delete(f"/api/conversations/{group}/members/{former.id}")
    await member.post(f"/api/conversations/{group}/messages", {"client_id": "c3", "text": "canary-late"})
    renamed = await author.http.patch(f"/api/conversations/{group}", json={"name": "canary-new-name"})
    assert renamed.status_code == 200
    await author.post(f"/api/conversations/{group}/members", {"people": [cast["reader"].id]})
    await author.delete(f"/api/conversations/{group}/members/{cast['reader'].id}")

    readers = {"author", "required", "other required", "reader", "manager above", "boss", "external"}
    allowed = {
        "canary-post": readers,
        "canary-first-name": {"author", "required", "other required"},
        "canary-early": {"author", "required", "other required"},
        "canary-late": {"author", "required"},
        "canary-new-name": {"author", "required", "reader"},
        "canary-direct": {"author", "required"},
    }
    paths = questions(shared, cast, post, [group, direct])
    for role, cursor in cursors.items():
        told = await heard(shared, cast[role], cursor, paths)
        for canary, roles in allowed.items():
            assert (canary in told) == (role in roles), f"{role} and {canary}"


async def test_who_was_removed_keeps_the_group_as_it_was(shared: House, cast: Cast) -> None:
    author, former = cast["author"], cast["other required"]
    people = [cast["required"].id, former.id]
    group = (await author.post("/api/conversations", {"kind": "group", "name": "旧名", "people": people}))[
        "id"
    ]
    path = f"/api/conversations/{group}"
    assert (await author.http.patch(path, json={"name": "中名"})).status_code == 200
    kept = (await former.get(path))["item"]
    await author.delete(f"{path}/members/{former.id}")
    assert (await author.http.patch(path, json={"name": "新名"})).status_code == 200
    await author.post(f"{path}/members", {"people": [7, 8, 9]})
    for _ in range(2):
        listed = (await former.get("/api/conversations", limit=100))["items"]
        assert [one for one in listed if one["id"] == group] == [kept]
        shown = await former.get(path)
        assert shown["item"] == kept
        assert {change["data"]["text"] for change in shown["also"] if change["kind"] == "message"} == {
            "member_removed"
        }
    await author.post(f"{path}/members", {"people": [former.id]})
    assert (await former.get(path))["item"]["name"] == "新名"
    assert (await former.get(path))["item"]["member_count"] == 6


async def test_the_first_state_of_an_external_holds_no_directory(shared: House, cast: Cast) -> None:
    external = cast["external"]
    await publish(cast, "给外部")
    state = await external.bootstrap()
    kinds = {change["kind"] for change in state["changes"]}
    assert "department" not in kinds
    people = {change["id"] for change in state["changes"] if change["kind"] == "person"}
    assert people <= {external.id, cast["author"].id, *cast.named}
