"""Being told: once, only of what one may see, aloud or quietly as one wishes (NOTI-09, 10, 11)."""

from typing import Any

import pytest

from notifications import deliver
from server.background.reactions import Fact, catch_up
from tests.chat.talk import group_of, send
from tests.feed.board import move, publish, refusal
from tests.house import Client, House
from tests.server.api.people import department_id, enter


async def inbox(client: Client) -> list[dict[str, Any]]:
    await catch_up(client.house.company)
    items: list[dict[str, Any]] = (await client.get("/api/notifications"))["items"]
    return items


def at(person: int, name: str = "x") -> str:
    return f"@[{name}](person:{person})"


async def test_who_is_mentioned_in_a_post_is_told_once_and_live(house: House) -> None:
    author, named, other = [await enter(house, one) for one in ("1004", "1005", "1006")]
    async with named.live() as screen:
        post = await publish(author, {"people": [named.id, other.id]}, text=f"{at(named.id)} 请看")
        event = await screen.event("notice.told", about={"kind": "post", "id": post})
    told = event["changes"][0]["data"]
    assert told["kind"] == "post_mention"
    assert told["alert"] is True
    assert "请看" in told["title"]
    assert [one["about"] for one in await inbox(named)] == [{"kind": "post", "id": post}]
    assert await inbox(other) == []
    assert await inbox(author) == []


async def test_a_mentioned_department_tells_its_members_who_see_the_post(house: House) -> None:
    author, member, outsider = [await enter(house, one) for one in ("1004", "1005", "1013")]
    department = await department_id(house, "华东/销售一部")
    text = f"@[销售一部](department:{department}) {at(outsider.id)}"
    post = await publish(author, {"departments": [department]}, text=text)
    assert [one["about"]["id"] for one in await inbox(member)] == [post]
    assert await inbox(outsider) == []


async def test_a_message_tells_who_is_named_and_still_in(house: House) -> None:
    owner, member, gone = [await enter(house, one) for one in ("1004", "1005", "1006")]
    group = await group_of(owner, member.id, gone.id)
    await owner.delete(f"/api/conversations/{group}/members/{gone.id}")
    message = await send(owner, group, text=f"{at(member.id)} {at(gone.id)} {at(owner.id)} 在吗")
    (told,) = await inbox(member)
    assert told["about"] == {"kind": "message", "id": message["id"]}
    assert told["within"] == {"kind": "conversation", "id": group}
    assert told["number"] == message["number"]
    assert await inbox(gone) == []
    assert await inbox(owner) == []


async def test_what_one_may_no_longer_see_keeps_its_words_to_itself(house: House) -> None:
    author, named = await enter(house, "1004"), await enter(house, "1005")
    department, elsewhere = (
        await department_id(house, "华东/销售一部"),
        await department_id(house, "华南/深圳办"),
    )
    await publish(author, {"departments": [department]}, text=f"{at(named.id)} 部门机密")
    assert "部门机密" in (await inbox(named))[0]["title"]
    # W18: what was addressed while in the department stays readable; a removed span does not.
    await move(house, named.id, elsewhere)
    assert "部门机密" in (await inbox(named))[0]["title"]


async def test_a_notice_is_written_once_however_often_it_is_worked_off(house: House) -> None:
    author, named = await enter(house, "1004"), await enter(house, "1005")
    post = await publish(author, {"people": [named.id]}, text=f"{at(named.id)} 请看")
    (told,) = await inbox(named)
    shown = (await author.get(f"/api/posts/{post}"))["item"]
    change = {"op": "put", "kind": "post", "id": post, "data": shown}
    fact = {"seq": 1, "type": "post.published", "at": shown["created_at"], "actor": None, "changes": [change]}

    def again(conn: Any) -> Any:
        import msgspec

        logged = msgspec.json.encode(fact)  # what a change holds is read where somebody wants it
        return deliver.prepare(conn, house.company, [msgspec.json.decode(logged, type=Fact)])

    effect = await house.company.read(again)
    assert effect is not None
    await house.company.write(effect)
    assert await inbox(named) == [told]


async def test_what_is_muted_quiet_or_switched_off_is_not_said_aloud(house: House) -> None:
    owner, member = await enter(house, "1004"), await enter(house, "1005")
    group = await group_of(owner, member.id)
    await member.put(f"/api/conversations/{group}/mute", {"muted": True})
    await send(owner, group, text=at(member.id))
    assert [one["alert"] for one in await inbox(member)] == [False]
    await member.put("/api/preferences", {"quiet_hours": None, "kinds": {"post_mention": "inbox"}})
    await publish(owner, {"people": [member.id]}, text=at(member.id))
    assert [one["alert"] for one in await inbox(member)] == [False, False]
    await member.put("/api/preferences", {"quiet_hours": None, "kinds": {"post_mention": "off"}})
    await publish(owner, {"people": [member.id]}, text=at(member.id))
    assert len(await inbox(member)) == 2
    day = {"start": "00:00", "end": "23:59"}
    await member.put("/api/preferences", {"quiet_hours": day, "kinds": {}})
    await publish(owner, {"people": [member.id]}, text=at(member.id))
    shown = await member.get("/api/preferences")
    assert shown["quiet_hours"] == day
    assert shown["kinds"]["post_mention"] == "alert"
    assert [one["alert"] for one in await inbox(member)] == [False, False, False]


async def test_a_second_mention_in_the_same_place_soon_after_is_bundled(house: House) -> None:
    owner, member = await enter(house, "1004"), await enter(house, "1005")
    group = await group_of(owner, member.id)
    await send(owner, group, text=at(member.id))
    await catch_up(house.company)
    await send(owner, group, text=at(member.id))
    first, second = (await inbox(member))[::-1]
    assert (first["alert"], second["alert"]) == (True, False)
    await member.put("/api/notifications/read", {"up_to": second["id"]})
    await send(owner, group, text=at(member.id))
    assert (await inbox(member))[0]["alert"] is True


async def test_reading_moves_the_mark_on_every_screen_and_never_back(house: House) -> None:
    author, named = await enter(house, "1004"), await enter(house, "1005")
    for _ in range(3):
        await publish(author, {"people": [named.id]}, text=at(named.id))
    told = await inbox(named)
    async with named.live() as screen:
        await named.put("/api/notifications/read", {"up_to": told[1]["id"]})
        event = await screen.event("inbox.read")
    assert event["changes"][0]["data"] == {"read_id": told[1]["id"]}
    await named.put("/api/notifications/read", {"up_to": told[2]["id"]})
    first = await named.bootstrap()
    marks = [one["data"]["read_id"] for one in first["changes"] if one["kind"] == "inbox"]
    assert marks == [told[1]["id"]]
    assert first["notices"]["ids"] == [one["id"] for one in told]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quiet_hours": None, "kinds": {"gossip": "off"}}, "kinds.gossip"),
        ({"quiet_hours": None, "kinds": {"post_mention": "loud"}}, "kinds"),
        ({"quiet_hours": {"start": "25:00", "end": "08:00"}, "kinds": {}}, "quiet_hours.start"),
        ({"quiet_hours": {"start": "22:00", "end": "8"}, "kinds": {}}, "quiet_hours.end"),
        ({"quiet_hours": {"start": "22:00", "end": "22:00"}, "kinds": {}}, "quiet_hours.end"),
    ],
)
async def test_a_wish_that_cannot_be_is_refused_by_field(
    shared: House, body: dict[str, Any], field: str
) -> None:
    person = await enter(shared, "1006")
    answer = await person.http.put("/api/preferences", json=body)
    assert refusal(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["field"].startswith(field)
