"""People's pictures: whatever is uploaded, what is kept is a small upright square that we encoded ourselves."""

import io

import httpx2
import pytest
from PIL import Image

from server.images.workshop import MAX_BYTES
from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import ADMINISTRATOR, enter
from tests.server.people.pictures import BAD, encoded, picture, turned

__all__ = ["shared", "shared_settings"]


async def put(client: Client, data: bytes, person: int | None = None) -> httpx2.Response:
    path = f"/api/people/{person or client.id}/picture"
    return await client.http.put(path, files={"file": ("me.jpg", data)})


async def shown(client: Client, person: int, digest: str, size: int = 256) -> Image.Image:
    answer = await client.http.get(f"/api/people/{person}/picture/{digest}", params={"size": size})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
async def test_a_picture_is_seen_by_everyone_at_once(shared: House, kind: str) -> None:
    someone, other = await enter(shared, "1005"), await enter(shared, "1013")
    async with other.live() as screen:
        answer = await put(someone, picture(kind))
        assert answer.status_code == 200, answer.text
        digest = answer.json()["picture"]
        await screen.event("person.changed", id=someone.id, picture=digest)
    for size in (64, 256):
        image = await shown(other, someone.id, digest, size)
        assert (image.format, image.size) == ("WEBP", (size, size))


async def test_a_photograph_stands_upright_and_tells_no_place(shared: House) -> None:
    someone = await enter(shared, "1005")
    digest = (await put(someone, turned())).json()["picture"]
    image = await shown(someone, someone.id, digest)
    top, bottom = [image.convert("RGB").getpixel((128, y)) for y in (20, 236)]
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True), (top, bottom)
    assert not image.getexif()
    answer = await someone.http.get(f"/api/people/{someone.id}/picture/{digest}")
    assert b"secret" not in answer.content


async def test_what_is_transparent_stands_on_white(shared: House) -> None:
    someone = await enter(shared, "1005")
    clear = encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG")
    image = await shown(someone, someone.id, (await put(someone, clear)).json()["picture"])
    assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("label", BAD)
async def test_what_is_no_honest_picture_is_refused_in_words(shared: House, label: str) -> None:
    make, code = BAD[label]
    someone = await enter(shared, "1006")
    refused = await put(someone, make())
    assert refused.status_code == 422, refused.text
    [error] = refused.json()["errors"]
    assert (error["field"], error["code"]) == ("file", code)
    assert (await someone.get(f"/api/people/{someone.id}"))["picture"] == ""


async def test_a_file_past_the_limit_is_refused_before_it_is_read(shared: House) -> None:
    someone = await enter(shared, "1006")
    refused = await put(someone, b"\xff\xd8\xff" + bytes(MAX_BYTES))
    assert (refused.status_code, refused.json()["limit"]) == (413, MAX_BYTES)


async def test_an_earlier_picture_is_gone_and_taking_it_away_brings_the_letters_back(shared: House) -> None:
    someone = await enter(shared, "1007")
    first = (await put(someone, picture("PNG"))).json()["picture"]
    second = (await put(someone, encoded(Image.new("RGB", (50, 50), "green"), "PNG"))).json()["picture"]
    assert first != second
    assert (await someone.http.get(f"/api/people/{someone.id}/picture/{first}")).status_code == 404
    await someone.delete(f"/api/people/{someone.id}/picture")
    assert (await someone.get(f"/api/people/{someone.id}"))["picture"] == ""
    assert (await someone.http.get(f"/api/people/{someone.id}/picture/{second}")).status_code == 404


async def test_one_changes_ones_own_picture_an_administrator_anybodys(shared: House) -> None:
    someone, admin = await enter(shared, "1008"), await enter(shared, ADMINISTRATOR)
    assert (await put(someone, picture("PNG"), admin.id)).status_code == 404
    assert (await someone.http.delete(f"/api/people/{admin.id}/picture")).status_code == 404
    assert (await put(admin, picture("PNG"), someone.id)).status_code == 200
    assert (await admin.http.delete(f"/api/people/{someone.id}/picture")).status_code == 204


async def test_the_house_serves_others_while_pictures_are_made(shared: House) -> None:
    import asyncio

    someone, other = await enter(shared, "1005"), await enter(shared, "1013")
    large = picture("PNG", (3000, 2000))
    uploads = [asyncio.create_task(put(someone, large)) for _ in range(3)]
    answers = 0
    while not all(one.done() for one in uploads):
        await other.get("/api/me")
        answers += 1
        await asyncio.wait(uploads, timeout=0.05)
    assert answers > 1
    assert [one.result().status_code for one in uploads] == [200] * 3
