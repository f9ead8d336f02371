"""Receipts that ask for an answer (N7), and receipts asked on a post that asked for none."""

import asyncio
from io import BytesIO
from typing import Any

import httpx2
import pytest
from openpyxl import load_workbook

from tests.feed.board import confirm, counts, publish, refusal, try_publish
from tests.house import Client, House
from tests.server.api.people import enter, everything, person_id
from tests.server.files.sending import download, upload

CHOICE = {"type": "choice", "text": "哪一天开会?", "choices": ["周一", "周二", "周三"]}
NUMBER = {"type": "number", "text": "这个月几单?", "unit": "单"}
FILE = {"type": "file", "text": "请交合同扫描件"}


async def asked(house: House, question: dict[str, Any], *people: str) -> tuple[Client, int]:
    """A post of 1004's that asks these colleagues."""
    author = await enter(house, "1004")
    ids = [await person_id(house, one) for one in people]
    return author, await publish(author, {"people": ids}, {"people": ids, "question": question})


async def answer(client: Client, post: int, given: dict[str, Any] | None) -> httpx2.Response:
    return await client.http.put(f"/api/posts/{post}/receipt", json={"version": 1, "answer": given})


def wrong(response: httpx2.Response) -> tuple[str, str]:
    assert response.status_code == 422, response.text
    (error,) = response.json()["errors"]
    return error["field"], error["code"]


async def test_an_answer_is_given_with_the_receipt_and_the_first_one_stays(shared: House) -> None:
    author, post = await asked(shared, CHOICE, "1005", "1006")
    reader = await enter(shared, "1005")
    assert (await reader.get(f"/api/posts/{post}"))["item"]["receipts"]["question"] == CHOICE | {
        "several": False
    }
    given = (await answer(reader, post, {"type": "choice", "chosen": [1]})).raise_for_status().json()
    assert (given["state"], given["answer"]) == ("done", {"type": "choice", "chosen": [1]})
    again = (await answer(reader, post, {"type": "choice", "chosen": [2]})).raise_for_status().json()
    assert again == given
    panel = await author.get(f"/api/posts/{post}/receipts", column="confirmed")
    assert [row["answer"] for row in panel["items"]] == [{"type": "choice", "chosen": [1]}]
    assert panel["answers"] == {"answered": 1, "chosen": [0, 1, 0], "sum": None, "least": None, "most": None}


async def test_two_devices_that_answer_at_once_leave_one_answer(shared: House) -> None:
    author, post = await asked(shared, CHOICE | {"several": True}, "1005", "1006")
    reader = await enter(shared, "1005")
    answers = [{"type": "choice", "chosen": [one]} for one in (0, 1, 2)] * 3
    got = await asyncio.gather(*[answer(reader, post, one) for one in answers])
    said = {tuple(one.raise_for_status().json()["answer"]["chosen"]) for one in got}
    assert len(said) == 1
    assert await counts(author, post) == {"asked": 2, "done": 1, "read": 0, "withdrawn": 0, "left": 0}
    assert (await author.get(f"/api/posts/{post}/receipts"))["answers"]["answered"] == 1


@pytest.mark.parametrize(
    ("question", "given", "field", "code"),
    [
        (CHOICE, None, "answer", "required"),
        (CHOICE, {"type": "number", "value": 1}, "answer", "kind"),
        (CHOICE, {"type": "choice", "chosen": [3]}, "answer.chosen", "range"),
        (CHOICE, {"type": "choice", "chosen": [0, 1]}, "answer.chosen", "too_many"),
        (CHOICE | {"several": True}, {"type": "choice", "chosen": [1, 0]}, "answer.chosen", "twice"),
        (NUMBER, {"type": "choice", "chosen": [0]}, "answer", "kind"),
        (FILE, {"type": "file", "file": 999_999}, "answer.file", "not_ready"),
    ],
)
async def test_what_does_not_answer_the_question_is_refused_and_gives_no_receipt(
    shared: House, question: dict[str, Any], given: dict[str, Any] | None, field: str, code: str
) -> None:
    author, post = await asked(shared, question, "1005")
    reader = await enter(shared, "1005")
    assert wrong(await answer(reader, post, given)) == (field, code)
    assert (await counts(author, post))["done"] == 0


async def test_a_receipt_without_a_question_takes_no_answer(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    post = await publish(author, {"people": [reader.id]}, {"people": [reader.id]})
    assert wrong(await answer(reader, post, {"type": "number", "value": 1})) == ("answer", "nothing_asked")
    assert (await confirm(reader, post)).status_code == 200
    assert (await author.get(f"/api/posts/{post}/receipts"))["answers"] is None


@pytest.mark.parametrize(
    ("question", "field", "code"),
    [
        (CHOICE | {"choices": ["一", "一"]}, "receipts.question.choices", "twice"),
        (CHOICE | {"choices": ["一", "  "]}, "receipts.question.choices", "required"),
        (NUMBER | {"text": " "}, "receipts.question.text", "required"),
        (NUMBER | {"unit": "很" * 21}, "receipts.question.unit", "too_long"),
    ],
)
async def test_a_question_that_cannot_be_answered_is_refused_with_its_post(
    shared: House, question: dict[str, Any], field: str, code: str
) -> None:
    author, other = await enter(shared, "1004"), await person_id(shared, "1005")
    before = await everything(shared)
    made = await try_publish(author, {"people": [other]}, {"people": [other], "question": question})
    assert wrong(made) == (field, code)
    assert await everything(shared) == before


async def test_numbers_are_summed_and_a_manager_sees_those_below_only(shared: House) -> None:
    author, post = await asked(shared, NUMBER, "1005", "1006")
    values: list[tuple[str, float]] = [("1005", 3), ("1006", 2.5)]
    for who, value in values:
        given = await answer(await enter(shared, who), post, {"type": "number", "value": value})
        assert given.status_code == 200
    answers = (await author.get(f"/api/posts/{post}/receipts"))["answers"]
    assert answers == {"answered": 2, "chosen": [], "sum": 5.5, "least": 2.5, "most": 3.0}
    asked_person = await enter(shared, "1005")
    seen = await asked_person.get(f"/api/posts/{post}/receipts")
    assert (seen["names"], seen["answers"]) == ("none", None)


async def test_a_file_is_answered_with_and_read_by_who_sees_the_names(shared: House) -> None:
    author, post = await asked(shared, FILE, "1005", "1006")
    sender, other = await enter(shared, "1005"), await enter(shared, "1006")
    file = await upload(sender, "合同.txt", "甲方与乙方".encode())
    stolen = await answer(other, post, {"type": "file", "file": file["id"]})
    assert wrong(stolen) == ("answer.file", "not_ready")
    given = (await answer(sender, post, {"type": "file", "file": file["id"]})).raise_for_status().json()
    assert given["answer"]["file"]["name"] == "合同.txt"
    for client, status in ((sender, 200), (author, 200), (other, 404)):
        assert (await download(client, file["id"])).status_code == status


async def test_the_sheet_holds_the_rows_and_their_answers_as_text(shared: House) -> None:
    question = CHOICE | {"choices": ["=1+1", "周二"], "several": True}
    author, post = await asked(shared, question, "1005", "1006")
    reader = await enter(shared, "1005")
    (await answer(reader, post, {"type": "choice", "chosen": [0, 1]})).raise_for_status()
    got = (await author.http.get(f"/api/posts/{post}/receipts/sheet?language=en")).raise_for_status()
    assert "receipts.xlsx" in got.headers["content-disposition"]
    page = load_workbook(BytesIO(got.content)).worksheets[0]
    heads, *rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert heads[0] == "Name"
    assert heads[-1] == "Answer: 哪一天开会?"
    by_state = {row[2]: row for row in rows}
    assert set(by_state) == {"confirmed", "pending"}
    assert by_state["confirmed"][-1] == "=1+1; 周二"
    assert page.cell(2, len(heads)).data_type in ("s", "inlineStr")
    refused = await reader.http.get(f"/api/posts/{post}/receipts/sheet")
    assert refusal(refused) == (403, "forbidden")


async def test_receipts_are_asked_later_on_a_post_that_asked_for_none(shared: House) -> None:
    author, reader, other = (
        await enter(shared, "1004"),
        await enter(shared, "1005"),
        await enter(shared, "1006"),
    )
    post = await publish(author, {"people": [reader.id, other.id]})
    state = await reader.bootstrap()
    async with reader.live(state["cursor"]) as live:
        wanted = {"people": [reader.id], "question": NUMBER}
        made = await author.try_post(f"/api/posts/{post}/receipts", wanted)
        assert made.status_code == 201, made.text
        event = await live.event("post.changed")
    kinds = {change["kind"] for change in event["changes"]}
    assert kinds == {"post", "receipt_ask"}
    assert [todo["ref"]["id"] for todo in (await reader.get("/api/todos"))["items"]].count(post) == 1
    assert (await answer(reader, post, {"type": "number", "value": 7})).status_code == 200
    twice = await author.try_post(f"/api/posts/{post}/receipts", {"people": [other.id]})
    assert refusal(twice) == (409, "wrong_state")
    mine = await reader.try_post(f"/api/posts/{post}/receipts", {"people": [other.id]})
    assert refusal(mine) == (403, "forbidden")


async def test_only_one_of_two_askings_at_once_counts(shared: House) -> None:
    author, reader, other = (
        await enter(shared, "1004"),
        await enter(shared, "1005"),
        await enter(shared, "1006"),
    )
    post = await publish(author, {"people": [reader.id, other.id]})
    got = await asyncio.gather(
        *[author.try_post(f"/api/posts/{post}/receipts", {"people": [one]}) for one in (reader.id, other.id)]
    )
    assert sorted(one.status_code for one in got) == [201, 409]
    assert (await counts(author, post))["asked"] == 1


async def test_a_kind_that_takes_no_receipts_asks_for_none_later_either(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    told = {"kind": "instruction", "text": "请今天报数", "audience": {"people": [reader.id]}}
    post = (await author.post("/api/posts", told))["id"]
    made = await author.try_post(f"/api/posts/{post}/receipts", {"people": [reader.id]})
    assert wrong(made) == ("receipts", "unknown")
