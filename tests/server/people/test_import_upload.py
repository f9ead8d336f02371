"""What may come as an upload, and that one key means one import."""

import asyncio
import random
from typing import Any

import pytest

from server.people.sheet import MAX_BYTES
from tests.house import Client, House
from tests.server.people.files import STAFF
from tests.server.people.imports import (
    ADMINISTRATOR,
    ended,
    imported,
    person,
    staff_list,
    sums,
    try_upload,
    upload,
)

FILE = b'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
LIST = "姓名,工号\r\n李娜,L1\r\n".encode()
WHOLE = b"--b\r\n" + FILE + LIST + b"\r\n--b--\r\n"
FORM = "multipart/form-data; boundary=b"

REFUSED: list[tuple[str, str, bytes, int, str]] = [
    ("no form at all", "application/json", b"{}", 400, ""),
    ("no kind", "", WHOLE, 400, ""),
    ("no boundary", "multipart/form-data", WHOLE, 400, ""),
    ("an empty boundary", "multipart/form-data; boundary=", WHOLE, 400, ""),
    ("an endless boundary", "multipart/form-data; boundary=" + "b" * 3000, WHOLE, 400, ""),
    ("another boundary", "multipart/form-data; boundary=c", WHOLE, 400, ""),
    ("nothing", FORM, b"", 400, ""),
    ("blank lines", FORM, b"\r\n" * 20_000, 400, ""),
    ("only an end", FORM, b"--b--\r\n", 422, "file"),
    ("cut off in the head", FORM, WHOLE[:20], 400, ""),
    ("cut off in the file", FORM, WHOLE[:-12], 400, ""),
    ("a head without end", FORM, b"--b\r\nContent-Disposition: " + b"x" * 50_000, 400, ""),
    ("a thousand heads", FORM, b"--b\r\n" + b"A: b\r\n" * 1000 + FILE + LIST + b"\r\n--b--\r\n", 400, ""),
    ("a head without name", FORM, b"--b\r\n: x\r\n\r\nx\r\n--b--\r\n", 400, ""),
    ("a part without heads", FORM, b"--b\r\n\r\nx\r\n--b--\r\n", 422, "body"),
    ("another field", FORM, WHOLE.replace(b'name="file"', b'name="list"'), 422, "list"),
    (
        "another field besides",
        FORM,
        b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n' + WHOLE,
        422,
        "x",
    ),
    ("two files", FORM, WHOLE.removesuffix(b"--b--\r\n") + WHOLE, 422, "file"),
    ("text instead of a file", FORM, WHOLE.replace(b'; filename="a.csv"', b""), 422, "file"),
    (
        "a name of bytes that mean nothing",
        FORM,
        WHOLE.replace(b'name="file"', b'name="\xff\xfe"'),
        422,
        "\ufffd\ufffd",
    ),
]


async def send(client: Client, kind: str, body: Any, *, key: str = "k") -> Any:
    headers = {"Idempotency-Key": key} | ({"Content-Type": kind} if kind else {})
    return await client.http.post("/api/people/imports?dry_run=true", content=body, headers=headers)


async def test_a_form_that_is_not_one_file_is_refused_in_words(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    for label, kind, body, status, field in REFUSED:
        answer = await send(admin, kind, body)
        assert answer.status_code == status, f"{label}: {answer.status_code} {answer.text}"
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert [error["field"] for error in problem["errors"]] == ([field] if status == 422 else []), label
    assert (await admin.get("/api/people/imports"))["items"] == []
    good = await send(admin, FORM, WHOLE)
    assert good.status_code == 202
    assert sums(await ended(admin, good.json()["id"])) == (1, 0, 0, 0)


async def test_whatever_bytes_come_as_a_form_nothing_breaks(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    chance = random.Random(11)
    pieces = [
        b"--b",
        b"--b--",
        b"\r\n",
        b"\r",
        b"\n",
        b"-",
        FILE,
        LIST,
        b"file",
        b'name="',
        b";",
        b":",
        b"\0",
    ]
    for at in range(150):
        body = bytearray(WHOLE) if at % 2 else bytearray().join(chance.choices(pieces, k=12))
        for _ in range(chance.randrange(4)):
            place = chance.randrange(len(body))
            body[place : place + chance.randrange(9)] = chance.choice(pieces)
        answer = await send(admin, FORM, bytes(body), key=f"k{at}")
        assert answer.status_code in (202, 400, 413, 422), f"{answer.status_code} for {bytes(body)!r}"


async def test_a_list_may_have_five_megabytes_and_not_a_byte_more(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    blanks = (b" " * 59_999 + b"\n") * (MAX_BYTES // 60_000)
    data = LIST + blanks + b" " * (MAX_BYTES - len(LIST) - len(blanks))
    whole = await imported(admin, data, dry_run=True)
    assert sums(whole) == (1, 0, 0, 0)

    async def in_pieces(size: int) -> Any:
        yield b"--b\r\n" + FILE
        for _ in range(0, size, 1 << 16):
            yield b"x" * (1 << 16)
        yield b"\r\n--b--\r\n"

    for size in (1, 200_000, 4_000_000, 20_000_000):
        told = await try_upload(admin, b"x" * (MAX_BYTES + size))
        assert (told.status_code, told.json()["code"]) == (413, "too_large")
        if size < 4_000_000:
            streamed = await send(admin, FORM, in_pieces(MAX_BYTES + size))
            assert (streamed.status_code, streamed.json()["code"]) == (413, "too_large")
            assert streamed.json()["limit"] == MAX_BYTES
    assert len((await admin.get("/api/people/imports"))["items"]) == 1


async def test_one_key_means_one_import(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    data = staff_list(STAFF)
    answers = await asyncio.gather(*[try_upload(admin, data, key="once") for _ in range(5)])
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await admin.get("/api/people/imports"))["items"]) == 1
    for other in (
        await try_upload(admin, staff_list(STAFF[:1]), key="once"),
        await try_upload(admin, data, key="once", dry_run=True),
    ):
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    assert sums(await ended(admin, answers[0].json()["id"])) == (5, 0, 0, 0)
    again = await try_upload(admin, data, key="once")
    assert again.json() == answers[0].json()
    without = await admin.http.post("/api/people/imports", files={"file": ("a.csv", data)})
    assert without.json()["code"] == "needs_key"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("花名册 2026.xlsx", "花名册 2026.xlsx"),
        ("C:\\Users\\me\\staff.csv", "staff.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\u202evsc.exe", "avsc.exe"),
        ("x" * 500, "x" * 200),
    ],
)
async def test_a_file_name_is_only_shown(house: House, sent: str, shown: str) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    view = await admin.get(f"/api/people/imports/{await upload(admin, LIST, name=sent, dry_run=True)}")
    assert view["file_name"] == shown


async def test_questions_about_imports_that_make_no_sense_are_refused_by_field(house: House) -> None:
    admin = await house.sign_in(ADMINISTRATOR)
    import_id = (await imported(admin, LIST))["id"]
    for query, field in (
        ("outcome=gone", "outcome"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("cursor=x", "cursor"),
        ("page=2", "page"),
    ):
        answer = await admin.http.get(f"/api/people/imports/{import_id}/rows?{query}")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    answer = await admin.http.post("/api/people/imports?dry_run=perhaps", content=b"")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "dry_run")
    answer = await admin.try_post(f"/api/people/imports/{import_id}/links", {"replace": "yes"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "replace")
    assert (await person(admin, "L1"))["state"] == "invited"
