"""Cards: each viewer gets what they may see now, and an honest stub for the rest."""

from typing import Any

from tests.chat.talk import group_of, send
from tests.feed.board import publish
from tests.house import Client, House
from tests.server.api.people import enter, enter_as, make_person
from tests.server.files.sending import upload


async def cards(client: Client, *refs: tuple[str, int]) -> list[dict[str, Any]]:
    body = {"refs": [{"kind": kind, "id": number} for kind, number in refs]}
    items: list[dict[str, Any]] = (await client.post("/api/cards", body))["items"]
    return items


async def test_a_batch_shows_each_viewer_what_they_may_see_in_the_order_asked(shared: House) -> None:
    author, reader, outsider = [await enter(shared, one) for one in ("1004", "1005", "1013")]
    post = await publish(author, {"people": [reader.id]}, text="**报价**已发")
    group = await group_of(author, reader.id)
    message = (await send(author, group, text="在吗"))["id"]
    refs = [("message", message), ("post", post), ("conversation", group), ("person", author.id)]
    seen = await cards(reader, *refs)
    assert [(one["kind"], one["id"]) for one in seen] == refs
    assert [one["restricted"] for one in seen] == [False] * 4
    assert seen[0]["title"] == "在吗"
    assert seen[1]["person_id"] == author.id
    unseen = await cards(outsider, *refs)
    assert [one["restricted"] for one in unseen] == [True, True, True, False]
    assert all(one["title"] == "" and one["person_id"] is None for one in unseen[:3])


async def test_a_file_is_a_card_for_who_may_read_what_it_hangs_on(shared: House) -> None:
    author, reader, outsider = [await enter(shared, one) for one in ("1004", "1005", "1013")]
    hung, free = await upload(author, "报价单.txt", b"1,2"), await upload(author, "草稿.txt", b"3")
    body = {"kind": "share", "text": "", "audience": {"people": [reader.id]}, "files": [hung["id"]]}
    post = (await author.post("/api/posts", body))["id"]
    refs = [("file", hung["id"]), ("file", free["id"]), ("post", post)]
    (seen, waiting, share) = await cards(author, *refs)
    assert (seen["title"], seen["subtitle"], seen["state"]) == ("报价单.txt", "3", "text")
    assert (waiting["title"], share["title"]) == ("草稿.txt", "报价单.txt")
    assert [one["restricted"] for one in await cards(reader, *refs)] == [False, True, False]
    unseen = await cards(outsider, *refs, ("file", 999_999_999))
    assert [one["restricted"] for one in unseen] == [True] * 4
    assert unseen[0] | {"id": 0} == unseen[3] | {"id": 0}


async def test_what_one_may_not_see_looks_like_what_does_not_exist(shared: House) -> None:
    author, outsider = await enter(shared, "1004"), await enter(shared, "1013")
    post = await publish(author, {"people": [author.id]})
    there, nowhere = await cards(outsider, ("post", post), ("post", 999_999_999))
    assert there | {"id": 0} == nowhere | {"id": 0}


async def test_a_message_is_a_stub_outside_of_ones_span(house: House) -> None:
    owner, member = await enter(house, "1004"), await enter(house, "1005")
    other = await enter(house, "1006")
    group = await group_of(owner, member.id, other.id)
    before = (await send(owner, group, text="之前"))["id"]
    await owner.delete(f"/api/conversations/{group}/members/{member.id}")
    after = (await send(owner, group, text="之后"))["id"]
    seen = await cards(member, ("message", before), ("message", after), ("conversation", group))
    assert [one["restricted"] for one in seen] == [False, True, False]


async def test_outsiders_of_the_company_get_no_card_of_a_colleague(house: House) -> None:
    external = await enter_as(house, await make_person(house, "9001", "external", "external"))
    (card,) = await cards(external, ("person", (await enter(house, "1004")).id))
    assert card["restricted"] is True


async def test_unknown_kinds_and_too_many_refs_are_refused_by_field(shared: House) -> None:
    asker = await enter(shared, "1004")
    for refs, field in (
        ([{"kind": "moon", "id": 1}], "refs[0].kind"),
        ([{"kind": "post", "id": 1}] * 101, "refs"),
    ):
        answer = await asker.try_post("/api/cards", {"refs": refs})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field
