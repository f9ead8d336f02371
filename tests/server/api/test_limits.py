"""What is exactly at a limit passes, one more is refused by name; characters are counted as people count them."""

import json
from typing import Any

from sqlalchemy import select

from chat.conversations import MAX_NAME
from chat.messages import MAX_TEXT as MAX_MESSAGE
from feed.publishing import MAX_TEXT as MAX_POST
from server.kit.mentions import MAX_MENTIONS
from server.org.models import Person
from server.people.founding import NewPerson, make_people
from server.work.work import Work
from tests.house import House
from tests.server.api.people import enter
from tests.server.api.samples import Things

CHARACTERS = ("a", "字", "😀", "é", "\u0e33")


async def refused(things: Things, path: str, body: dict[str, Any], method: str = "POST") -> dict[str, Any]:
    """The one field error of a refusal."""
    headers = {"Idempotency-Key": "one too many"}
    answer = await things.me.http.request(method, path, json=body, headers=headers)
    assert answer.status_code == 422, answer.text[:300]
    (error,) = answer.json()["errors"]
    return dict(error)


async def test_texts_are_limited_in_characters_whatever_the_script(shared: House, things: Things) -> None:
    messages = f"/api/conversations/{things.group}/messages"
    for number, character in enumerate(CHARACTERS):
        sent = await things.me.post(
            messages, {"client_id": f"full-{number}", "text": character * MAX_MESSAGE}
        )
        assert sent["text"] == character * MAX_MESSAGE
        error = await refused(things, messages, {"client_id": "over", "text": character * (MAX_MESSAGE + 1)})
        assert (error["field"], error["code"], error["params"]) == (
            "text",
            "too_long",
            {"limit": MAX_MESSAGE},
        )
        post = {"kind": "share", "text": character * MAX_POST, "audience": {"people": [things.colleague]}}
        assert (await things.me.post("/api/posts", post))["text"] == post["text"]
        error = await refused(things, "/api/posts", {**post, "text": character * (MAX_POST + 1)})
        assert (error["field"], error["code"], error["params"]) == ("text", "too_long", {"limit": MAX_POST})
        path = f"/api/conversations/{things.group}"
        renamed = await things.me.http.patch(path, json={"name": character * MAX_NAME})
        assert renamed.json()["name"] == character * MAX_NAME
        error = await refused(things, path, {"name": character * (MAX_NAME + 1)}, "PATCH")
        assert (error["field"], error["code"], error["params"]) == ("name", "too_long", {"limit": MAX_NAME})


async def test_blanks_around_a_text_do_not_count_and_are_not_kept(shared: House, things: Things) -> None:
    messages = f"/api/conversations/{things.group}/messages"
    text = "\r\n \u3000" + "字" * MAX_MESSAGE + "\t\n "
    sent = await things.me.post(messages, {"client_id": "blanks", "text": text})
    assert sent["text"] == "字" * MAX_MESSAGE
    sent = await things.me.post(messages, {"client_id": "lines", "text": "一\r\n二\r三\n四"})
    assert sent["text"] == "一\n二\n三\n四"


async def test_what_people_really_type_passes_as_it_is(shared: House, things: Things) -> None:
    messages = f"/api/conversations/{things.group}/messages"
    for number, text in enumerate(
        (
            "👨\u200d👩\u200d👧\u200d👦", "🏳️\u200d🌈", "👍🏽", "e\u0301", "नमस्ते", "می\u200cخواهم", "שלום \u200fabc", "𠮷野家", "\u20bb7",
            "0", ".", "-", "\\", "%", "<script>alert(1)</script>", "{{7*7}}", "'; DROP TABLE message; --", "null", "\U0001fadc", "\ue000",
        )
    ):  # fmt: skip
        sent = await things.me.post(messages, {"client_id": f"real-{number}", "text": text})
        assert sent["text"] == text
    page = await things.me.get(messages, limit=100)
    assert "<script>alert(1)</script>" in [one["text"] for one in page["items"]]


async def test_fifty_mentions_pass_and_one_more_is_refused(shared: House, things: Things) -> None:
    named = "".join(f"@[某人](person:{1 + number % 26})" for number in range(MAX_MENTIONS))
    messages = f"/api/conversations/{things.group}/messages"
    sent = await things.me.post(messages, {"client_id": "mentions", "text": named})
    assert sent["mentions"]["people"] == list(range(1, 27))
    post = {"kind": "share", "text": named, "audience": {"everyone": True}}
    assert (await things.me.post("/api/posts", post))["mentions"]["people"] == list(range(1, 27))
    one_more = named + "@[某人](person:1)"
    for path, body in (
        (messages, {"client_id": "over", "text": one_more}),
        ("/api/posts", {**post, "text": one_more}),
    ):
        error = await refused(things, path, body)
        assert (error["field"], error["code"], error["params"]) == (
            "text",
            "too_many",
            {"limit": MAX_MENTIONS},
        )


async def test_the_text_is_the_truth_about_who_is_mentioned(shared: House, things: Things) -> None:
    messages = f"/api/conversations/{things.group}/messages"
    for number, (text, people, everyone) in enumerate((
        ("没有人", [], False),
        ("@[甲](person:3)@[乙](person:3)", [3], False),
        ("@[大家](everyone:0)", [], True),
        ("@[甲](person:３)", [], False),
        ("@[甲](person:+3) @[](person:3) @[a\nb](person:3) @甲 (person:3) @[甲] (person:3)", [], False),
        ("@[甲](person:1234567890123456)", [], False),
    )):  # fmt: skip
        body = {
            "client_id": f"truth-{number}",
            "text": text,
            "mentions": {"people": [1, 2], "everyone": True},
        }
        sent = await things.me.post(messages, body)
        assert sent["mentions"] == {"people": people, "everyone": everyone}, text


async def test_an_audience_of_a_thousand_names_passes_and_one_more_is_refused(
    shared: House, things: Things
) -> None:
    def turn(work: Work) -> list[int]:
        return make_people(
            work, [NewPerson(f"人{number}", f"L{number:04}", password_hash="x") for number in range(1_100)]
        )

    many = (await shared.company.write(turn)).value
    post: dict[str, Any] = {"kind": "share", "text": "大家", "audience": {"people": many[:1_000]}}
    made = await things.me.post("/api/posts", {**post, "receipts": {"people": many[:1_000]}})
    assert len(made["audience"]["people"]) == 1_000
    assert (await things.me.get(f"/api/posts/{made['id']}/receipts"))["counts"]["asked"] == 1_000
    for field, body in (
        ("audience.people", {**post, "audience": {"people": many[:1_001]}}),
        ("audience.departments", {**post, "audience": {"departments": many[:1_001]}}),
        ("receipts.people", {**post, "receipts": {"people": many[:1_001]}}),
    ):
        error = await refused(things, "/api/posts", body)
        assert (error["field"], error["code"]) == (field, "too_long")
    group = {"kind": "group", "name": "千人", "people": many}
    made = await things.me.post("/api/conversations", group)
    assert made["member_count"] == 1_101
    members = await things.me.get(f"/api/conversations/{made['id']}/members")
    assert len(members["items"]) == 1_101
    unknown = [*many, *range(10**9, 10**9 + 3_000)]
    error = await refused(things, "/api/conversations", {**group, "people": unknown})
    assert (error["field"], error["code"], len(error["params"]["ids"])) == ("people", "not_found", 20)
    error = await refused(things, "/api/conversations", {**group, "people": list(range(1, 5_002))})
    assert (error["field"], error["code"]) == ("people", "too_long")
    known = await shared.company.read(lambda conn: len(conn.execute(select(Person.id)).all()))
    assert known >= 1_126


async def test_a_body_of_exactly_one_megabyte_is_read(shared: House, things: Things) -> None:
    text = json.dumps({"client_id": "mb", "text": ""})
    headers = {"Content-Type": "application/json"}
    for size, status in ((1 << 20, 422), ((1 << 20) + 1, 413)):
        content = text + " " * (size - len(text))
        path = f"/api/conversations/{things.group}/messages"
        assert (await things.me.http.post(path, content=content, headers=headers)).status_code == status


async def test_a_page_has_at_most_a_hundred_items(shared: House, things: Things) -> None:
    someone = await enter(shared, "1002")
    for path in (
        "/api/posts",
        "/api/people",
        "/api/conversations",
        f"/api/conversations/{things.group}/messages",
    ):
        assert (await someone.http.get(path, params={"limit": 100})).status_code == 200
        for limit in (0, -1, 101, 10**9):
            answer = await someone.http.get(path, params={"limit": limit})
            assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "limit"), path
