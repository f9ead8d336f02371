"""The same key gives the same effect once, however often it is sent and how many at once (P3)."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select, update

from chat.models import Conversation
from feed.models import Post
from server.kit.clock import real_now
from server.work import idempotency
from server.work.idempotency import IdempotencyKey
from tests.house import House
from tests.server.realtime.crowd import all_heard, enter, enter_all

AUTHOR = 3
_numbers = itertools.count(1)


def key() -> str:
    return f"key-{next(_numbers)}"


def a_post() -> tuple[str, dict[str, Any]]:
    text = f"post {next(_numbers)}"
    return "/api/posts", {
        "kind": "share",
        "text": text,
        "audience": {"people": [4]},
        "receipts": {"people": [4]},
    }


def a_group() -> tuple[str, dict[str, Any]]:
    return "/api/conversations", {"kind": "group", "name": f"G{next(_numbers)}", "people": [4, 5]}


async def count(house: House) -> tuple[int, int]:
    return await house.company.read(
        lambda conn: (
            conn.execute(select(func.count()).select_from(Post)).scalar_one(),
            conn.execute(select(func.count()).select_from(Conversation)).scalar_one(),
        )
    )


def told(answer: httpx2.Response) -> tuple[int, str, Any]:
    return answer.status_code, answer.headers["Tenfour-Seq"], answer.json()


@pytest.mark.parametrize("make", [a_post, a_group])
async def test_eight_requests_at_once_under_one_key_make_one_thing_and_get_one_answer(
    shared_house: House, make: Any
) -> None:
    author, reader = await enter(shared_house, AUTHOR), await enter(shared_house, 4)
    path, body = make()
    before = await count(shared_house)
    async with reader.live() as live:
        one = key()
        answers = await asyncio.gather(*[author.try_post(path, body, key=one) for _ in range(8)])
        late = await author.try_post(path, body, key=one)
        assert {str(told(answer)) for answer in (*answers, late)} == {str(told(answers[0]))}
        assert answers[0].status_code == 201
        await all_heard(shared_house, [live])
        kinds = [event["type"] for event in live.events]
        assert kinds in (["post.published"], ["conversation.joined"])
        assert int(answers[0].headers["Tenfour-Seq"]) >= live.events[0]["seq"]
    after = await count(shared_house)
    assert sum(after) - sum(before) == 1


async def test_the_answer_to_added_members_is_the_same_when_asked_again(shared_house: House) -> None:
    owner = await enter(shared_house, AUTHOR)
    made = await owner.post(*a_group())
    path, one = f"/api/conversations/{made['id']}/members", key()
    answers = [await owner.try_post(path, {"people": [6, 7]}, key=one) for _ in range(3)]
    assert [answer.json() for answer in answers] == [{"added": 2}] * 3
    assert len({answer.headers["Tenfour-Seq"] for answer in answers}) == 1


async def test_a_key_used_for_another_body_route_or_place_is_refused_and_changes_nothing(
    shared_house: House,
) -> None:
    owner = await enter(shared_house, AUTHOR)
    one, (path, body) = key(), a_group()
    made = (await owner.try_post(path, body, key=one)).json()
    before = await count(shared_house)
    others = [
        (path, {**body, "name": "another"}),
        (path, {**body, "people": [4]}),
        a_post(),
        (f"/api/conversations/{made['id']}/members", {"people": [6]}),
        (f"/api/conversations/{made['id']}/members", body),
    ]
    for other_path, other in others:
        refused = await owner.try_post(other_path, other, key=one)
        code = "invalid" if other_path.endswith("members") and other is body else "idempotency_mismatch"
        assert (refused.status_code, refused.json()["code"]) == (422 if code == "invalid" else 409, code)
    assert await count(shared_house) == before
    somebody_else = await (await enter(shared_house, 5)).try_post(*a_group(), key=one)
    assert somebody_else.status_code == 201, "keys are each person's own"


async def test_a_refused_request_leaves_its_key_free(shared_house: House) -> None:
    owner = await enter(shared_house, AUTHOR)
    one = key()
    path, body = a_group()
    refused = await owner.try_post(path, {**body, "people": [999_999]}, key=one)
    assert refused.status_code == 422
    assert (await owner.try_post(path, body, key=one)).status_code == 201


async def test_the_repeated_answer_shows_the_thing_as_it_is_today(shared_house: House) -> None:
    clients = await enter_all(shared_house, (AUTHOR, 4))
    one, (path, body) = key(), a_group()
    first = (await clients[AUTHOR].try_post(path, body, key=one)).json()
    await clients[4].http.patch(f"{path}/{first['id']}", json={"name": "renamed since"})
    again = await clients[AUTHOR].try_post(path, body, key=one)
    assert (again.status_code, again.json()["id"], again.json()["name"]) == (
        201,
        first["id"],
        "renamed since",
    )


async def test_old_keys_are_forgotten_and_young_ones_are_kept(shared_house: House) -> None:
    owner = await enter(shared_house, AUTHOR)
    old, young = key(), key()
    for one in (old, young):
        await owner.try_post(*a_group(), key=one)
    now = shared_house.company.clock.now()

    def age(work: Any) -> int:
        work.conn.execute(
            update(IdempotencyKey)
            .where(IdempotencyKey.key == old)
            .values(created_at=now - timedelta(days=36))
        )
        return idempotency.forget(work.conn, now)

    assert (await shared_house.company.write(age)).value == 1
    kept = await shared_house.company.read(
        lambda conn: set(
            conn.execute(select(IdempotencyKey.key).where(IdempotencyKey.key.in_([old, young]))).scalars()
        )
    )
    assert kept == {young}
    assert real_now() - now < timedelta(days=1)
