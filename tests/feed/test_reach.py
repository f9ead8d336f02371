"""Who will not see this, said while it is composed (N2): readers, mentioned people and departments, and each card's stubs."""

from typing import Any

from sqlalchemy import Connection, event

from feed.inputs import AudienceInput
from feed.reach.inputs import ReachInput
from feed.reach.present import Reach
from feed.reach.reach import reach
from server.cards.inputs import RefInput
from server.permissions.actor import load_actor
from tests.feed.board import publish, refusal
from tests.house import Client, House
from tests.server.api.people import (
    BOSS,
    HEAD,
    MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    department_id,
    enter,
    everything,
)
from tests.server.cards.test_carrying import refs
from tests.server.files.sending import upload


async def check(client: Client, audience: dict[str, Any], **about: Any) -> Any:
    return await client.http.post("/api/posts/audience-check", json={"audience": audience, **about})


async def test_the_mentioned_whom_the_audience_leaves_out_are_named(shared: House) -> None:
    author, inside, outside = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    sales = await department_id(shared, "华东/销售一部")
    before = await everything(shared)
    told = (
        await check(
            author,
            {"people": [inside.id]},
            people=[inside.id, outside.id, author.id],
            departments=[sales],
        )
    ).json()
    assert (told["readers"], told["people"]) == (1, [outside.id])
    assert [one["id"] for one in told["departments"]] == [sales]
    assert told["departments"][0]["outside"] >= 1
    assert outside.id in [one["id"] for one in told["also"] if one["kind"] == "person"]
    whole = (await check(author, {"departments": [sales]}, departments=[sales])).json()
    assert whole["departments"] == []
    assert whole["readers"] >= 2
    assert await everything(shared) == before, "it only asks"


async def test_of_each_card_it_is_said_who_will_see_only_the_stub(shared: House) -> None:
    author, sees, blind, other = [await enter(shared, one) for one in (BOSS, SELLER, SECOND_SELLER, HEAD)]
    source = await publish(author, {"people": [sees.id]})
    group = await author.post(
        "/api/conversations", {"kind": "group", "name": "蓝湖", "people": [sees.id, other.id]}
    )
    conversation = group["item"]["id"] if "item" in group else group["id"]
    file = (await upload(author))["id"]
    message = {"client_id": "reach-1", "text": "报价", "files": [file]}
    said = await author.post(f"/api/conversations/{conversation}/messages", message)
    comment = await author.post(f"/api/posts/{source}/comments", {"text": "见群"})
    cards = refs(
        ("post", source),
        ("comment", comment["id"]),
        ("conversation", conversation),
        ("message", said["id"]),
        ("file", file),
        ("person", blind.id),
    )
    everybody = {"people": [sees.id, blind.id, other.id]}
    told = (await check(author, everybody, cards=cards)).json()
    found = {one["kind"]: (one["blind"], one["people"]) for one in told["cards"]}
    assert found == {
        "post": (2, sorted([blind.id, other.id])),
        "comment": (2, sorted([blind.id, other.id])),
        "conversation": (1, [blind.id]),
        "message": (1, [blind.id]),
        "file": (1, [blind.id]),
        "person": (0, []),
    }
    # It agrees with what each of them is shown.
    for one in (sees, blind, other):
        shown = (await one.post("/api/cards", {"refs": cards}))["items"]
        assert {card["kind"] for card in shown if card["restricted"]} == {
            kind for kind, (_, people) in found.items() if one.id in people
        }
    # Of a card that the author does not see nothing is said; who left a group is not told who came later.
    refused = await check(blind, everybody, cards=refs(("post", source)))
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("cards[0]", "not_found")]
    await other.http.delete(f"/api/conversations/{conversation}/members/{other.id}")
    left = (await check(other, everybody, cards=refs(("conversation", conversation)))).json()
    assert [(one["blind"], one["people"]) for one in left["cards"]] == [(None, [])]


async def test_many_are_counted_and_ten_named_in_a_few_statements(shared: House) -> None:
    author = await enter(shared, BOSS)
    source = await publish(author, {"people": [author.id]})

    def counted(conn: Connection, audience: AudienceInput) -> tuple[int, Reach]:
        actor = load_actor(conn, author.id)
        assert actor is not None
        statements: list[str] = []

        def note(*args: Any) -> None:
            statements.append(args[2])

        event.listen(conn, "before_cursor_execute", note)
        wish = ReachInput(audience, [], [], [RefInput("post", source)])
        found = reach(conn, actor, shared.company.modules, wish)
        event.remove(conn, "before_cursor_execute", note)
        return len(statements), found

    somebody = AudienceInput(people=[author.id])
    few, _ = await shared.company.read(lambda conn: counted(conn, somebody))
    many, found = await shared.company.read(lambda conn: counted(conn, AudienceInput(everyone=True)))
    [card] = found.cards
    assert (card.blind, len(card.people)) == (found.readers, 10)
    assert few <= many <= 16


async def test_refusals_say_what_is_wrong(shared: House) -> None:
    author = await enter(shared, MANAGER)
    assert refusal(await check(author, {})) == (422, "audience_empty")
    assert refusal(await check(author, {"people": [999_999]})) == (422, "invalid")
    unknown = await check(author, {"everyone": True}, cards=[{"kind": "nothing", "id": 1}])
    assert [(one["field"], one["code"]) for one in unknown.json()["errors"]] == [("cards[0].kind", "choice")]
    assert refusal(await check(author, {"everyone": True}, people=list(range(1, 52)))) == (422, "invalid")
