"""Cards that posts and messages carry: only what the author may see, shown to each reader as far as they may."""

import asyncio
from typing import Any

from tests.chat.talk import fresh, group_of, held, say, send, try_send
from tests.feed.board import publish
from tests.house import Client, House
from tests.server.api.people import MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter
from tests.server.cards.test_cards import cards

Refs = list[dict[str, Any]]


def refs(*things: tuple[str, int]) -> Refs:
    return [{"kind": kind, "id": number} for kind, number in things]


async def share(client: Client, carried: Refs, **audience: Any) -> Any:
    to = audience or {"everyone": True}
    return await client.try_post(
        "/api/posts", {"kind": "share", "text": "请看", "audience": to, "cards": carried}
    )


def refused(answer: Any) -> tuple[int, str, str]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["field"], error["code"]


async def test_a_post_brings_its_cards_to_every_reader_and_each_sees_what_is_theirs(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    group = await group_of(author, reader.id)
    secret = await publish(author, {"people": [reader.id]}, text="只给你")
    wanted = [("post", secret), ("conversation", group), ("person", reader.id)]
    async with stranger.live() as screen:
        post = (await share(author, refs(*wanted))).json()
        event = await screen.event("post.published", id=post["id"])
    assert [(one["kind"], one["id"]) for one in post["cards"]] == wanted
    assert event["changes"][0]["data"]["cards"] == post["cards"]
    assert (await stranger.get(f"/api/posts/{post['id']}"))["item"]["cards"] == post["cards"]
    assert [one["restricted"] for one in await cards(reader, *wanted)] == [False, False, False]
    assert [one["restricted"] for one in await cards(stranger, *wanted)] == [True, True, False]


async def test_a_card_says_that_its_thing_has_changed_since(house: House) -> None:
    author, reader = await enter(house, MANAGER), await enter(house, SELLER)
    group = await group_of(author, reader.id)
    post = (await share(author, refs(("conversation", group)))).json()
    (then,) = post["cards"]
    (before,) = await cards(reader, ("conversation", group))
    assert before["version"] == then["version"]
    await author.http.patch(f"/api/conversations/{group}", json={"name": "改名之后"})
    (now,) = await cards(reader, ("conversation", group))
    assert now["version"] > then["version"]
    assert now["title"] == "改名之后"


async def test_only_what_the_author_may_see_can_be_carried(shared: House) -> None:
    author, other, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    group = await group_of(author, other.id)
    secret = await publish(author, {"people": [other.id]})
    mine = await group_of(stranger, other.id)
    before = await cards(stranger, ("conversation", mine))
    for wanted, field, code in (
        (refs(("person", other.id), ("post", secret)), "cards[1]", "not_found"),
        (refs(("post", 999_999_999)), "cards[0]", "not_found"),
        (refs(("conversation", group)), "cards[0]", "not_found"),
        (refs(("moon", 1)), "cards[0].kind", "choice"),
        (refs(*[("person", one) for one in range(1, 12)]), "cards", "too_many"),
    ):
        for answer in (await share(stranger, wanted), await try_send(stranger, mine, cards=wanted)):
            assert answer.status_code == 422
            assert refused(answer)[1] == field
            assert code == "too_many" or refused(answer)[2] == code
    assert await cards(stranger, ("conversation", mine)) == before


async def test_a_message_may_be_nothing_but_cards_and_the_same_thing_counts_once(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    group = await group_of(author, reader.id)
    twice = refs(("person", reader.id), ("person", reader.id))
    async with reader.live() as screen:
        sent = await send(author, group, text="", cards=twice)
        event = await screen.event("message.sent", id=sent["id"])
    (card,) = sent["cards"]
    assert (card["kind"], card["id"]) == ("person", reader.id)
    assert event["changes"][0]["data"]["cards"] == sent["cards"]
    page = await reader.get(f"/api/conversations/{group}/messages")
    assert page["items"][-1]["cards"] == sent["cards"]
    (seen,) = await cards(reader, ("message", sent["id"]))
    assert (seen["within"], seen["number"]) == ({"kind": "conversation", "id": group}, sent["number"])


async def test_over_the_socket_a_refused_card_names_its_field_and_the_others_of_the_batch_go_on(
    house: House,
) -> None:
    author, other, stranger = [await enter(house, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    group = await group_of(author, other.id, stranger.id)
    secret = await publish(author, {"people": [other.id]})
    mine, theirs = fresh(), fresh()
    async with author.live() as one, stranger.live() as two:
        async with held(house.company, group):
            may = asyncio.ensure_future(say(one, group, mine, cards=refs(("post", secret))))
            may_not = asyncio.ensure_future(say(two, group, theirs, cards=refs(("post", secret))))
            await asyncio.sleep(0)
        assert (await may)["op"] == "sent"
        refusal = await may_not
    assert refusal["op"] == "refused"
    assert refusal["problem"]["errors"][0]["field"] == "cards[0]"


async def test_the_same_client_id_with_other_cards_is_another_message(shared: House) -> None:
    author, reader = await enter(shared, MANAGER), await enter(shared, SELLER)
    group, key = await group_of(author, reader.id), fresh()
    first = await send(author, group, client_id=key, cards=refs(("person", reader.id)))
    again = await send(author, group, client_id=key, cards=refs(("person", reader.id)))
    other = await try_send(author, group, client_id=key, cards=refs(("person", author.id)))
    assert again == first
    assert other.status_code == 422 or other.status_code == 409
