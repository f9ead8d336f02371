"""An upload part by part: what is taken, where it goes on after a kill, and what is refused in words."""

import asyncio
import hashlib
import io

import pytest
from PIL import Image
from sqlalchemy import select, update

from server.files.models import File
from server.files.partial import Partial
from server.files.sweeping import sweep
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.house import Client, House, serve
from tests.server.api.people import MANAGER, OUTSIDER, SELLER, enter
from tests.server.files.sending import (
    CHUNK,
    GOOD,
    begin,
    complete,
    download,
    film,
    part,
    picture,
    send_all,
    try_upload,
    turned,
    upload,
)


async def row_of(house: House, file_id: int) -> tuple[str, str]:
    """(state, key)."""
    query = select(File.state, File.key).where(File.id == file_id)
    row = await house.company.read(lambda conn: conn.execute(query).one())
    return row.state, row.key


def code_of(answer: object) -> str:
    errors = answer.json()["errors"]  # type: ignore[attr-defined]
    return str(errors[0]["code"])


@pytest.mark.parametrize("name", list(GOOD))
async def test_every_kind_of_file_is_known_by_its_content(shared: House, name: str) -> None:
    someone = await enter(shared, SELLER)
    data, kind = GOOD[name]
    view = await upload(someone, name, data)
    assert view["kind"] == kind
    assert view["name"] == name.replace(".heic", ".jpg")
    got = await download(someone, view["id"])
    assert got.status_code == 200
    assert len(got.content) == view["size"]
    if kind != "picture":
        assert got.content == data
        assert (view["width"], view["height"]) == (None, None)


async def test_a_file_arrives_in_parts_and_whole(shared: House) -> None:
    someone = await enter(shared, SELLER)
    data = b"ID3" + bytes(range(256)) * 10_000
    made = await begin(someone, "long.mp3", len(data))
    assert (made["state"], made["received"], made["chunk"], made["file"]) == ("uploading", 0, CHUNK, None)
    early = await complete(someone, made["id"])
    assert (early.status_code, early.json()["code"], early.json()["received"]) == (409, "wrong_state", 0)
    await send_all(someone, made["id"], data)
    done = await complete(someone, made["id"], hashlib.sha256(data).hexdigest())
    assert (done.status_code, done.json()["state"]) == (200, "ready")
    assert (await complete(someone, made["id"])).json() == done.json()
    assert (await download(someone, made["id"])).content == data


async def test_parts_come_in_order_and_the_same_part_may_come_twice(shared: House) -> None:
    someone = await enter(shared, SELLER)
    file_id = (await begin(someone, "a.txt", 10))["id"]
    assert (await part(someone, file_id, 0, b"01234")).json()["received"] == 5
    ahead = await part(someone, file_id, 7, b"789")
    assert (ahead.status_code, ahead.json()["code"], ahead.json()["received"]) == (409, "wrong_state", 5)
    again = await part(someone, file_id, 0, b"01234")
    assert (again.status_code, again.json()["received"]) == (200, 5)
    overlapping = await part(someone, file_id, 3, b"34567")
    assert (overlapping.status_code, overlapping.json()["received"]) == (409, 5)
    beyond = await part(someone, file_id, 5, b"567890")
    assert (beyond.status_code, code_of(beyond)) == (422, "range")
    assert (await part(someone, file_id, 5, b"56789")).json()["received"] == 10
    assert (await someone.get(f"/api/files/{file_id}"))["received"] == 10


async def test_of_two_who_send_the_same_part_at_once_nothing_is_stored_twice(shared: House) -> None:
    someone = await enter(shared, SELLER)
    data = b"OggS" + bytes(CHUNK - 4)
    file_id = (await begin(someone, "a.ogg", 2 * CHUNK))["id"]
    answers = await asyncio.gather(*[part(someone, file_id, 0, data) for _ in range(4)])
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert (await someone.get(f"/api/files/{file_id}"))["received"] == CHUNK
    await send_all(someone, file_id, data + data, CHUNK)
    assert (await complete(someone, file_id)).status_code == 200
    assert (await download(someone, file_id)).content == data + data


async def test_an_upload_goes_on_after_the_server_was_killed(house_settings: SettingsMaker) -> None:
    settings = house_settings()
    data = b"OggS" + bytes(range(256)) * 8_000
    async with serve(settings) as house:
        someone = await enter(house, SELLER)
        file_id = (await begin(someone, "voice.ogg", len(data)))["id"]
        await part(someone, file_id, 0, data[:CHUNK])
        _, key = await row_of(house, file_id)
    # The kill came in the middle of a part: some of it is on the disk.
    with Partial(settings.data, key).path.open("ab") as file:
        file.write(data[CHUNK : CHUNK + 1000])
    async with serve(settings) as house:
        someone = await enter(house, SELLER)
        received = (await someone.get(f"/api/files/{file_id}"))["received"]
        assert received == CHUNK + 1000
        await send_all(someone, file_id, data, received)
        done = await complete(someone, file_id, hashlib.sha256(data).hexdigest())
        assert done.status_code == 200, done.text
        assert (await download(someone, file_id)).content == data


async def test_what_arrived_otherwise_than_it_was_sent_is_sent_again(shared: House) -> None:
    someone = await enter(shared, SELLER)
    file_id = (await begin(someone, "a.txt", 5))["id"]
    await send_all(someone, file_id, b"wrong")
    answer = await complete(someone, file_id, hashlib.sha256(b"right").hexdigest())
    assert (answer.status_code, code_of(answer)) == (422, "mismatch")
    await send_all(someone, file_id, b"right")
    assert (await complete(someone, file_id, hashlib.sha256(b"right").hexdigest())).status_code == 200


async def test_the_same_key_begins_one_upload(shared: House) -> None:
    someone = await enter(shared, SELLER)
    first = await begin(someone, "a.txt", 5, key="upload-once")
    await part(someone, first["id"], 0, b"ab")
    again = await begin(someone, "a.txt", 5, key="upload-once")
    assert (again["id"], again["received"]) == (first["id"], 2)


async def test_a_picture_is_kept_upright_and_tells_no_place(shared: House) -> None:
    someone = await enter(shared, SELLER)
    view = await upload(someone, "holiday.jpg", turned(60, 40))
    assert (view["width"], view["height"]) == (40, 60)
    for size in ("thumb", "large", "full"):
        got = await download(someone, view["id"], size=size)
        image = Image.open(io.BytesIO(got.content))
        assert image.size == (40, 60)
        assert b"secret" not in got.content
        assert not image.getexif()
        assert image.format == ("JPEG" if size == "full" else "WEBP")


async def test_a_large_picture_comes_in_three_sizes(shared: House) -> None:
    someone = await enter(shared, SELLER)
    view = await upload(someone, "wall.png", picture("PNG", (2400, 1200)))
    sizes = {}
    for size in ("thumb", "large", "full"):
        image = Image.open(io.BytesIO((await download(someone, view["id"], size=size)).content))
        sizes[size] = image.size
    assert sizes == {"thumb": (320, 160), "large": (1600, 800), "full": (2400, 1200)}


async def test_a_short_animation_still_moves(shared: House) -> None:
    someone = await enter(shared, SELLER)
    view = await upload(someone, "dance.gif", film(5))
    got = await download(someone, view["id"])
    image = Image.open(io.BytesIO(got.content))
    assert (image.format, getattr(image, "n_frames", 1)) == ("GIF", 5)
    assert b"secret" not in got.content


async def test_what_is_refused_is_gone_and_its_room_is_free(house: House) -> None:
    someone = await enter(house, SELLER)
    file_id = (await begin(someone, "page.html", 20))["id"]
    await send_all(someone, file_id, b"<html><script></scri")
    answer = await complete(someone, file_id)
    assert (answer.status_code, code_of(answer)) == (422, "markup")
    assert (await someone.http.get(f"/api/files/{file_id}")).status_code == 404
    assert await row_of(house, file_id) == ("gone", "")


async def test_room_is_counted_for_a_person_and_for_all(house_settings: SettingsMaker) -> None:
    settings = house_settings(file_bytes=100, person_file_bytes=150, company_file_bytes=200)
    async with serve(settings) as house:
        someone, other = await enter(house, SELLER), await enter(house, MANAGER)
        body = {"name": "a.txt", "size": 101, "type": ""}
        assert code_of(await someone.try_post("/api/files", body)) == "too_large"
        first = await begin(someone, "a.txt", 100)
        refused = await someone.try_post("/api/files", {**body, "size": 60})
        assert (refused.status_code, code_of(refused)) == (422, "person_full")
        await begin(someone, "b.txt", 50)
        assert code_of(await other.try_post("/api/files", {**body, "size": 60})) == "company_full"
        await someone.delete(f"/api/files/{first['id']}")
        await begin(other, "c.txt", 100)


async def test_room_is_never_given_twice(house_settings: SettingsMaker) -> None:
    async with serve(house_settings(person_file_bytes=500)) as house:
        someone = await enter(house, SELLER)
        body = {"name": "a.txt", "size": 100, "type": ""}
        answers = await asyncio.gather(*[someone.try_post("/api/files", body) for _ in range(12)])
        assert sorted(answer.status_code for answer in answers) == [201] * 5 + [422] * 7


async def test_a_given_up_upload_leaves_nothing(house: House) -> None:
    someone = await enter(house, SELLER)
    file_id = (await begin(someone, "a.txt", 5))["id"]
    await part(someone, file_id, 0, b"abc")
    _, key = await row_of(house, file_id)
    await someone.delete(f"/api/files/{file_id}")
    assert (await part(someone, file_id, 3, b"de")).status_code == 404
    assert not Partial(house.settings.data, key).path.exists()


async def test_nobody_elses_upload_is_touched_or_seen(shared: House) -> None:
    someone, other = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    view = await upload(someone)
    waiting = (await begin(someone, "a.txt", 5))["id"]
    for file_id in (view["id"], waiting):
        assert (await part(other, file_id, 0, b"abcde")).status_code == 404
        assert (await complete(other, file_id)).status_code == 404
        assert (await other.http.delete(f"/api/files/{file_id}")).status_code == 404
        assert (await other.http.get(f"/api/files/{file_id}")).status_code == 404
        assert (await download(other, file_id)).status_code == 404


async def test_what_hangs_nowhere_for_a_day_is_swept(house: House) -> None:
    someone = await enter(house, SELLER)
    old, young = await upload(someone), await upload(someone)
    unfinished = (await begin(someone, "a.txt", 5))["id"]
    kept = await upload(someone)
    await _hang(house, someone, kept["id"])

    def age(work: Work) -> None:
        from datetime import timedelta

        long_ago = work.now - timedelta(days=2)
        work.conn.execute(update(File).where(File.id != young["id"]).values(created_at=long_ago))

    await house.company.write(age)
    await sweep(house.company, {})
    await sweep(house.company, {})
    assert (await download(someone, old["id"])).status_code == 404
    assert await row_of(house, unfinished) == ("gone", "")
    for one in (young, kept):
        assert (await download(someone, one["id"])).status_code == 200


async def _hang(house: House, someone: Client, file_id: int) -> None:
    audience = {"everyone": True}
    body = {"kind": "share", "text": "见附件", "audience": audience, "files": [file_id]}
    await someone.post("/api/posts", body)


async def test_an_empty_file_is_refused_at_once(shared: House) -> None:
    someone = await enter(shared, SELLER)
    answer = await someone.try_post("/api/files", {"name": "a.txt", "size": 0, "type": ""})
    assert (answer.status_code, code_of(answer)) == (422, "empty")


async def test_a_part_must_call_itself_bytes(shared: House) -> None:
    someone = await enter(shared, SELLER)
    file_id = (await begin(someone, "a.txt", 5))["id"]
    answer = await someone.http.put(f"/api/files/{file_id}/chunks/0", json={"a": 1})
    assert answer.status_code == 415
    assert (await part(someone, file_id, 0, bytes(CHUNK + 1))).status_code == 413


async def test_a_damaged_picture_is_refused_in_words(shared: House) -> None:
    someone = await enter(shared, SELLER)
    answer = await try_upload(someone, "half.png", picture("PNG")[:200])
    assert (answer.status_code, code_of(answer)) == (422, "damaged")
