"""Starting conversations and coming and going, at the same moment and twice."""

import asyncio
import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from chat import conversations
from chat.models import Conversation, Membership
from tests.chat.talk import fresh, group_of, send, try_send
from tests.house import Client, House
from tests.server.realtime.crowd import all_heard, enter_all


async def start_direct(client: Client, other: int) -> dict[str, Any]:
    answer = await client.try_post("/api/conversations", {"kind": "direct", "people": [other]})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def count_directs(house: House, key: str) -> int:
    return await house.company.read(
        lambda conn: conn.execute(
            select(func.count()).select_from(Conversation).where(Conversation.direct_key == key)
        ).scalar_one()
    )


async def test_two_people_who_start_it_from_both_sides_at_once_are_in_one_conversation(house: House) -> None:
    clients = await enter_all(house, (7, 14))
    async with clients[7].live() as seven, clients[14].live() as fourteen:
        made = await asyncio.gather(
            *[start_direct(clients[7], 14) for _ in range(6)],
            *[start_direct(clients[14], 7) for _ in range(6)],
        )
        assert len({one["id"] for one in made}) == 1
        assert all(one["people"] == [7, 14] and one["member_count"] == 2 for one in made)
        assert all(one["membership"]["state"] == "active" for one in made)
        await all_heard(house, [seven, fourteen])
        for live in (seven, fourteen):
            assert [event["type"] for event in live.events] == ["conversation.joined"] * len(live.events)
            assert {event["changes"][0]["id"] for event in live.events} == {made[0]["id"]}
        both = [await send(clients[7], made[0]["id"]), await send(clients[14], made[0]["id"])]
        assert [one["number"] for one in both] == [1, 2]
    assert await count_directs(house, "7-14") == 1


async def test_a_twin_that_looked_before_the_other_committed_is_answered_what_exists(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked and found nothing before either inserts. (On SQLite writers queue, so nobody waits there.)"""
    both = threading.Barrier(2)
    original, arrived = conversations._create, []

    def together(*args: Any) -> int:
        arrived.append(args[4])
        if house.company.db.dialect == "postgresql" and len(arrived) <= 2:
            both.wait(10)
        return original(*args)

    monkeypatch.setattr(conversations, "_create", together)
    clients = await enter_all(house, (7, 14))
    made = await asyncio.gather(start_direct(clients[7], 14), start_direct(clients[14], 7))
    assert made[0]["id"] == made[1]["id"]
    assert arrived == ["7-14"] * (2 if house.company.db.dialect == "postgresql" else 1)


async def test_the_same_member_added_at_once_by_several_is_in_once(house: House) -> None:
    clients = await enter_all(house, (3, 4, 5, 6))
    group = await group_of(clients[3], 4, 5, 6)
    answers = await asyncio.gather(
        *[client.post(f"/api/conversations/{group}/members", {"people": [9]}) for client in clients.values()]
    )
    assert sorted(one["added"] for one in answers) == [0, 0, 0, 1]
    view = (await clients[3].get(f"/api/conversations/{group}"))["item"]
    assert view["member_count"] == 5
    page = await clients[3].get(f"/api/conversations/{group}/messages")
    assert [one["text"].partition(":")[0] for one in page["items"]] == ["group_created", "members_added"]


async def test_a_member_who_sends_while_being_removed_is_either_before_the_fence_or_refused(
    house: House,
) -> None:
    clients = await enter_all(house, (3, 4))
    for _ in range(8):
        group = await group_of(clients[3], 4, 5)
        sent, _ = await asyncio.gather(
            try_send(clients[4], group), clients[3].delete(f"/api/conversations/{group}/members/4")
        )
        page = await clients[3].get(f"/api/conversations/{group}/messages")
        texts = [one["text"].partition(":")[0] for one in page["items"]]
        if sent.status_code == 201:
            assert texts == ["group_created", "hello", "member_removed"]
        else:
            assert sent.json()["code"] == "forbidden"
            assert texts == ["group_created", "member_removed"]


async def test_when_the_owner_and_the_heir_leave_at_once_somebody_still_owns_the_group(house: House) -> None:
    clients = await enter_all(house, (3, 4, 5, 6))
    group = await group_of(clients[3], 4, 5, 6)
    path = f"/api/conversations/{group}/members"
    await asyncio.gather(*[clients[one].delete(f"{path}/{one}") for one in (3, 4, 5)])
    rows = await house.company.read(
        lambda conn: conn.execute(
            select(Membership.person_id, Membership.role, Membership.state)
            .where(Membership.conversation_id == group)
            .order_by(Membership.person_id)
        ).all()
    )
    assert [(row.person_id, row.role, row.state) for row in rows] == [
        (3, "member", "removed"),
        (4, "member", "removed"),
        (5, "member", "removed"),
        (6, "owner", "active"),
    ]
    assert (await clients[6].get(path))["items"] == [
        {"person_id": 6, "role": "owner", "joined_at": (await clients[6].get(path))["items"][0]["joined_at"]}
    ]


async def test_of_two_renames_of_one_version_the_second_is_told_of_the_first(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    names = [fresh("name"), fresh("name")]
    answers = await asyncio.gather(
        *[
            client.http.patch(f"/api/conversations/{group}", json={"name": name, "version": 1})
            for client, name in zip(clients.values(), names, strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [won] = [answer.json() for answer in answers if answer.status_code == 200]
    [lost] = [answer.json() for answer in answers if answer.status_code == 409]
    assert (lost["code"], lost["version"], lost["current"]) == ("stale_version", 2, won["name"])


async def test_who_was_removed_no_longer_learns_who_is_in(house: House) -> None:
    clients = await enter_all(house, (3, 4, 9))
    group = await group_of(clients[3], 4)
    path = f"/api/conversations/{group}"
    assert [one["person_id"] for one in (await clients[4].get(f"{path}/members"))["items"]] == [3, 4]
    await clients[3].delete(f"{path}/members/4")
    await clients[3].post(f"{path}/members", {"people": [5]})
    refused = await clients[4].http.get(f"{path}/members")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    for never_in in (f"{path}/members", path, f"{path}/messages"):
        hidden = await clients[9].http.get(never_in)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")


async def test_leaving_twice_is_leaving_once(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4, 5)
    for _ in range(2):
        assert (await clients[4].http.delete(f"/api/conversations/{group}/members/4")).status_code == 204
    page = await clients[3].get(f"/api/conversations/{group}/messages")
    assert [one["text"].partition(":")[0] for one in page["items"]] == ["group_created", "member_left"]
