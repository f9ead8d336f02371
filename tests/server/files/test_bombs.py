"""Nothing that is uploaded hurts: each bomb is refused in words or kept so that it is harmless, and the server goes on (G20)."""

import io
import re
import resource
import time
from urllib.parse import unquote

import httpx2
import pytest
from PIL import Image

from server.files.forms import FORMS
from tests.house import House
from tests.server.api.people import SELLER, enter
from tests.server.files.bombs import BOMBS, HARMLESS, NAMES
from tests.server.files.sending import CHUNK, begin, complete, download, part, send_all, try_upload, upload

MOST_MEMORY = 256 << 20
# A browser shows these in their place; everything else is saved.
SHOWN = re.compile(r"image/(jpeg|png|webp|gif)|video/|audio/|application/pdf")


def grown() -> int:
    """The most memory this process (the server is in it) has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def check_harmless(name: str, view: dict[str, object], got: httpx2.Response) -> None:
    media_type = got.headers["content-type"]
    assert "html" not in media_type, name
    assert "svg" not in media_type, name
    assert got.headers["x-content-type-options"] == "nosniff", name
    inline = got.headers["content-disposition"].startswith("inline")
    assert inline == bool(SHOWN.match(media_type)), f"{name}: {media_type}"
    if view["kind"] == "picture":
        for planted in (b"alert(1)", b"secret", b"A.class", b"a.class"):
            assert planted not in got.content, name
        Image.open(io.BytesIO(got.content)).load()


@pytest.mark.timeout(120)
async def test_every_bomb_is_refused_in_words_or_harmless(shared: House) -> None:
    assert len(BOMBS) >= 60
    someone = await enter(shared, SELLER)
    before = grown()
    slowest: list[tuple[float, str]] = []
    for name, data, becomes in BOMBS:
        start = time.perf_counter()
        answer = await try_upload(someone, name, data)
        slowest.append((time.perf_counter() - start, name))
        if becomes == HARMLESS:
            assert answer.status_code == 200, f"{name}: {answer.text}"
            view = answer.json()["file"]
            assert view["name"].rpartition(".")[2] in {end for form in FORMS.values() for end in form.endings}
            check_harmless(name, view, await download(someone, view["id"]))
        else:
            assert answer.status_code == 422, f"{name}: {answer.status_code} {answer.text}"
            assert [error["code"] for error in answer.json()["errors"]] == [becomes], f"{name}: {answer.text}"
    assert grown() - before < MOST_MEMORY
    assert (await someone.get("/api/me"))["person"]["id"] == someone.id
    print(f"{len(BOMBS)} bombs; slowest: {[f'{took:.2f} s {name}' for took, name in sorted(slowest)[-5:]]}")


async def test_no_name_leads_out_of_its_folder_or_its_header(shared: House) -> None:
    someone = await enter(shared, SELLER)
    for name, forbidden in NAMES:
        view = await upload(someone, name, b"words")
        assert forbidden not in view["name"], name
        assert 0 < len(view["name"]) <= 160, name
        assert view["name"].isprintable(), name
        assert view["name"].rpartition(".")[2] in FORMS["text"].endings, view["name"]
        got = await download(someone, view["id"])
        header = got.headers["content-disposition"]
        assert header.isascii(), name
        assert unquote(header.rpartition("UTF-8''")[2]) == view["name"], name
        assert "set-cookie" not in got.headers, name
    bad = await someone.try_post("/api/files", {"name": "a\0b.txt", "size": 5, "type": ""})
    assert bad.status_code == 422
    assert (
        await someone.try_post("/api/files", {"name": "x" * 2_000, "size": 5, "type": ""})
    ).status_code == 422


async def test_an_upload_of_a_hundred_megabytes_takes_little_memory(shared: House) -> None:
    if shared.company.db.dialect == "postgresql":
        pytest.skip("the bytes never touch the database")
    someone = await enter(shared, SELLER)
    piece = b"OggS" + bytes(CHUNK - 4)
    file_id = (await begin(someone, "long.ogg", 100 * CHUNK))["id"]
    await part(someone, file_id, 0, piece)
    before = grown()
    for at in range(1, 100):
        assert (await part(someone, file_id, at * CHUNK, piece)).status_code == 200
    assert (await complete(someone, file_id)).status_code == 200
    assert grown() - before < 32 << 20
    await someone.delete(f"/api/files/{file_id}")


async def test_text_that_was_cut_in_the_middle_of_a_character_is_no_text(shared: House) -> None:
    someone = await enter(shared, SELLER)
    data = "收到".encode()[:-1] + b"\xff\xff"
    file_id = (await begin(someone, "a.txt", len(data)))["id"]
    await send_all(someone, file_id, data)
    assert (await complete(someone, file_id)).json()["errors"][0]["code"] == "wrong_kind"
