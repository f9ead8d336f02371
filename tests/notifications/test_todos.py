"""To-dos: what waits on me, whole, in the order of urgency, and a badge that is their number."""

from datetime import UTC, datetime, timedelta

from tests.feed.board import confirm, publish, refusal
from tests.house import Client, House
from tests.server.api.people import enter, enter_as, make_person

CATEGORIES = ("receipt", "reminder", "instruction", "task", "schedule", "log", "missing_receipt", "access")
NOTHING = dict.fromkeys(CATEGORIES, 0)


async def todos(client: Client, **params: str) -> list[int]:
    """The posts that wait for this person's receipt, in the order given."""
    return [todo["source"]["id"] for todo in (await client.get("/api/todos", **params))["items"]]


def due(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


async def test_what_is_due_first_comes_first_then_what_was_asked_last(shared: House) -> None:
    boss = await enter(shared, "1001")
    someone = await enter_as(shared, await make_person(shared, "9101"))
    asked = {"people": [someone.id]}
    made = [
        await publish(boss, asked, {**asked, "due_at": when} if when else asked)
        for when in (None, due(30), due(2), None, due(5))
    ]
    assert await todos(someone) == [made[2], made[4], made[1], made[3], made[0]]
    first = (await someone.get("/api/todos"))["items"][0]
    assert first["ref"] == {"kind": "receipt", "id": made[2]}
    assert first["source"] == {"kind": "post", "id": made[2]}
    assert (first["category"], first["state"], first["overdue"], first["reason"]) == (
        "receipt",
        "open",
        False,
        None,
    )
    assert first["asked_by"] == boss.id


async def test_the_badge_is_the_number_of_todos_and_falls_with_each(shared: House) -> None:
    boss = await enter(shared, "1001")
    someone = await enter_as(shared, await make_person(shared, "9102"))
    asked = {"people": [someone.id]}
    made = [await publish(boss, asked, asked) for _ in range(3)]
    assert await someone.get("/api/todos/counts") == {"total": 3, "categories": {**NOTHING, "receipt": 3}}
    await confirm(someone, made[0])
    await boss.delete(f"/api/posts/{made[1]}/receipts/{someone.id}")
    assert await someone.get("/api/todos/counts") == {"total": 1, "categories": {**NOTHING, "receipt": 1}}
    assert await todos(someone) == [made[2]]
    assert [todo["source"]["id"] for todo in (await someone.bootstrap())["todos"]] == [made[2]]


async def test_nobody_sees_what_waits_on_others(shared: House) -> None:
    boss = await enter(shared, "1001")
    someone = await enter_as(shared, await make_person(shared, "9103"))
    other = await enter_as(shared, await make_person(shared, "9104"))
    post = await publish(boss, {"people": [someone.id, other.id]}, {"people": [someone.id]})
    assert await todos(someone) == [post]
    assert await todos(other) == []
    assert await todos(boss) == []
    assert await other.get("/api/todos/counts") == {"total": 0, "categories": NOTHING}


async def test_a_category_that_is_none_is_refused_by_name(shared: House) -> None:
    someone = await enter(shared, "1005")
    assert await todos(someone, category="receipt") == await todos(someone)
    for category in ("approval", "RECEIPT", "receipt ", "%"):
        refused = await someone.http.get("/api/todos", params={"category": category})
        assert refusal(refused) == (422, "invalid")
        assert refused.json()["errors"][0]["field"] == "category"


async def test_a_title_is_one_short_line_without_markup_of_mentions(shared: House) -> None:
    boss = await enter(shared, "1001")
    someone = await enter_as(shared, await make_person(shared, "9105"))
    asked = {"people": [someone.id]}
    for text, title in (
        ("第一行\n\n第二行\t之后", "第一行 第二行 之后"),
        ("@[刘洋](person:5) 看一下", "@刘洋 看一下"),
        ("长" * 500, "长" * 79 + "…"),
        ("😀" * 80, "😀" * 80),
    ):
        post = await publish(boss, asked, asked, text)
        found = next(one for one in (await someone.get("/api/todos"))["items"] if one["source"]["id"] == post)
        assert found["title"] == title
