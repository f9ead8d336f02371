"""Traces: what refers to a thing is listed at the thing, for each reader as far as they may see it."""

from typing import Any

from sqlalchemy import delete, select

from server.links.following import rebuild
from server.links.models import Link
from tests.chat.talk import group_of, send
from tests.feed.board import publish
from tests.house import Client, House
from tests.server.api.people import MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter
from tests.server.cards.test_carrying import refs, share


async def mentioned_in(client: Client, kind: str, number: int, limit: int = 20) -> list[tuple[str, int]]:
    """Who refers to it, newest first, page by page."""
    found: list[tuple[str, int]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await client.get(f"/api/links/{kind}/{number}", limit=limit, cursor=cursor)
        found += [(one["source"]["kind"], one["source"]["id"]) for one in page["items"]]
        cursor = page["next"]
    return found


async def rows(house: House) -> list[Any]:
    columns = (Link.source_kind, Link.source_id, Link.target_kind, Link.target_id, Link.how, Link.at)
    query = select(*columns).order_by(*columns[:4])
    return await house.company.read(lambda conn: list(conn.execute(query)))


async def test_a_card_and_an_address_leave_traces_that_each_reader_sees_as_far_as_they_may(
    shared: House,
) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    target = await publish(author, {"everyone": True}, text="周计划")
    group = await group_of(author, reader.id)
    base = shared.settings.public_url
    private = (await share(author, refs(("post", target)), people=[reader.id])).json()["id"]
    said = (await send(author, group, text=f"见 {base}/posts/{target}。"))["id"]
    carried = (await send(author, group, cards=refs(("post", target))))["id"]
    public = await publish(
        author, {"everyone": True}, text=f"[看这里]({base}/posts/{target}) {base}/posts/{target}0"
    )
    everything = [("post", public), ("message", carried), ("message", said), ("post", private)]
    for limit in (20, 1):
        assert await mentioned_in(reader, "post", target, limit) == everything
        assert await mentioned_in(stranger, "post", target, limit) == [("post", public)]
    page = await reader.get(f"/api/links/post/{target}")
    assert [one["how"] for one in page["items"]] == ["text", "card", "text", "card"]
    assert page["hidden"] == 0
    assert {one["id"] for one in page["also"] if one["kind"] == "person"} == {author.id}


async def test_of_hidden_posts_a_reader_learns_how_many_of_messages_nothing(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    target = await publish(author, {"everyone": True}, text="季度目标")
    group = await group_of(author, reader.id)
    await share(author, refs(("post", target), ("person", stranger.id)), people=[reader.id])
    await send(author, group, cards=refs(("post", target), ("person", stranger.id)))
    page = await stranger.get(f"/api/links/post/{target}")
    assert (page["items"], page["hidden"], page["also"]) == ([], 1, [])
    about_me = await stranger.get(f"/api/links/person/{stranger.id}")
    assert (about_me["items"], about_me["hidden"]) == ([], 0)
    assert (await author.get(f"/api/links/post/{target}"))["hidden"] == 0


async def test_who_may_not_see_the_thing_does_not_learn_who_mentions_it(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    secret = await publish(author, {"people": [reader.id]})
    await share(author, refs(("post", secret)))
    for path in (f"post/{secret}", "post/999999999", f"moon/{secret}"):
        assert (await stranger.http.get(f"/api/links/{path}")).status_code == 404


async def test_who_leaves_a_conversation_keeps_the_traces_of_their_span_only(house: House) -> None:
    owner, member, other = [await enter(house, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    target = await publish(owner, {"everyone": True})
    group = await group_of(owner, member.id, other.id)
    before = (await send(owner, group, cards=refs(("post", target))))["id"]
    await owner.delete(f"/api/conversations/{group}/members/{member.id}")
    after = (await send(owner, group, cards=refs(("post", target))))["id"]
    assert await mentioned_in(member, "post", target) == [("message", before)]
    assert await mentioned_in(other, "post", target) == [("message", after), ("message", before)]


async def test_a_refused_act_leaves_no_trace_and_a_rebuild_makes_the_same_ones(house: House) -> None:
    author, reader = await enter(house, MANAGER), await enter(house, SELLER)
    target = await publish(author, {"everyone": True})
    group = await group_of(author, reader.id)
    base = house.settings.public_url
    await share(author, refs(("post", target), ("conversation", group)))
    await send(author, group, text=f"{base}/posts/{target} {base}/chat/{group}?at=1")
    made = await rows(house)
    assert len(made) == 4
    assert (await share(author, refs(("post", target), ("post", 999_999_999)))).status_code == 422
    assert await rows(house) == made
    await house.company.write(lambda work: work.conn.execute(delete(Link)))
    await rebuild(house.company, {})
    await rebuild(house.company, {})
    assert await rows(house) == made
