"""Documents are read in the page: words, tables, pages; for who may read them, and whatever they hold nothing but words comes of it."""

import io

import pytest
from PIL import Image

from server.files import previews
from server.files.previews import READ
from tests.house import Client, House
from tests.server.api.people import MANAGER, OUTSIDER, SELLER, enter
from tests.server.files.bombs import BOMBS, HARMLESS
from tests.server.files.documents import HOSTILE, LETTER, book, paper, talk
from tests.server.files.sending import MP4, picture, try_upload, upload


async def read(client: Client, name: str, data: bytes) -> dict[str, object]:
    view = await upload(client, name, data)
    found: dict[str, object] = await client.get(f"/api/files/{view['id']}/preview")
    return found


async def test_a_letter_is_read_in_its_order(shared: House) -> None:
    found = await read(await enter(shared, SELLER), "合同.docx", LETTER)
    assert found == {
        "cut": False,
        "blocks": [
            block("heading", "付款条件", level=2),
            block("paragraph", "三十天 <内>"),
            block("item", "先付三成"),
            block("table", rows=[["货号", "数量"], ["A1", "2"]]),
            block("paragraph", "谢谢"),
        ],
    }


def block(kind: str, text: str = "", **more: object) -> dict[str, object]:
    return {"kind": kind, "text": text, "level": 0, "rows": [], "number": 0, "width": 0, "height": 0, **more}


async def test_a_workbook_shows_its_sheets_but_no_hidden_one(shared: House) -> None:
    someone = await enter(shared, SELLER)
    found = await read(someone, "报价.xlsx", book())
    assert found["blocks"] == [
        block("heading", "报价", level=2),
        block("table", rows=[["货号", "数量", "日期"], ["A0", "2.5", "2026-01-02"]]),
        block("heading", "备注", level=2),
        block("table", rows=[["=", "<b>不粗</b>"]]),
    ]
    long = await read(someone, "long.xlsx", book(2_000))
    assert long["cut"] is True


async def test_slides_come_in_the_order_of_the_talk(shared: House) -> None:
    found = await read(await enter(shared, SELLER), "汇报.pptx", talk())
    assert [(one["kind"], one["text"] or one["number"]) for one in found["blocks"]] == [  # type: ignore[attr-defined]
        ("page", 1),
        ("heading", "第一页"),
        ("paragraph", "起初"),
        ("page", 2),
        ("heading", "第二页"),
        ("paragraph", "后来"),
    ]


async def test_texts_and_tables_of_any_encoding_are_read(shared: House) -> None:
    someone = await enter(shared, SELLER)
    table = await read(someone, "客户.csv", '姓名,电话\n张伟,"1,38"'.encode("gb18030"))
    assert table["blocks"] == [block("table", rows=[["姓名", "电话"], ["张伟", "1,38"]])]
    notes = await read(someone, "read.md", b"# Title\n\n- one\n")
    assert notes["blocks"] == [block("markdown", "# Title\n\n- one\n")]
    plain = await read(someone, "说明.txt", "收到\n 好".encode())
    assert plain["blocks"] == [block("text", "收到\n 好")]


async def test_the_pages_of_a_paper_are_pictures_for_who_may_read_it(shared: House) -> None:
    author, reader, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    view = await upload(author, "合同.pdf", paper(2))
    body = {"kind": "share", "text": "", "audience": {"people": [reader.id]}, "files": [view["id"]]}
    await author.post("/api/posts", body)
    place = f"/api/files/{view['id']}"
    pages = (await reader.get(f"{place}/preview"))["blocks"]
    assert [(one["kind"], one["number"], one["width"], one["height"]) for one in pages] == [
        ("page", 1, 1400, 1981),
        ("page", 2, 1400, 1981),
    ]
    got = await reader.http.get(f"{place}/pages/2")
    assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
    assert Image.open(io.BytesIO(got.content)).width == 1400
    again = await reader.http.get(f"{place}/pages/2", headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for one in ("preview", "pages/1"):
        answer = await stranger.http.get(f"{place}/{one}", headers={"If-None-Match": got.headers["etag"]})
        nowhere = await stranger.http.get(f"/api/files/999999/{one}")
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    for number in (0, 3, 10**9):
        assert (await reader.http.get(f"{place}/pages/{number}")).status_code == 404


async def test_what_has_no_preview_says_so(shared: House) -> None:
    someone = await enter(shared, SELLER)
    for name, data in (("clip.mp4", MP4), ("photo.jpg", picture())):
        place = f"/api/files/{(await upload(someone, name, data))['id']}"
        for one in ("preview", "pages/1"):
            answer = await someone.http.get(f"{place}/{one}")
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "no_preview")


@pytest.mark.timeout(120)
async def test_no_document_hurts_who_reads_it(shared: House) -> None:
    if shared.company.db.dialect == "postgresql":
        pytest.skip("no document touches the database")
    someone = await enter(shared, SELLER)
    said = {}
    office = (".pdf", ".docx")
    bombs = {name: data for name, data, becomes in BOMBS if becomes == HARMLESS and name.endswith(office)}
    for name, data in (HOSTILE | bombs).items():
        answer = await try_upload(someone, name, data)
        assert answer.status_code == 200, f"{name}: {answer.text}"
        view = answer.json()["file"]
        for one in ("preview", "pages/1") if view["kind"] == "pdf" else ("preview",):
            got = await someone.http.get(f"/api/files/{view['id']}/{one}")
            assert got.status_code in (200, 404, 422), f"{name}: {got.status_code} {got.text[:200]}"
            assert len(got.content) < 2 << 20, name
            code = got.json()["errors"][0]["code"] if got.status_code == 422 else ""
            said[name] = (got.status_code, code)
            assert code in ("", "damaged", "long_document", "encrypted"), name
    assert said["laughs.docx"] == said["cut.docx"] == said["broken.pdf"] == (422, "damaged")
    assert said["corner.xlsx"] == said["long.docx"] == said["huge.pdf"] == (200, "")
    assert (await someone.get("/api/me"))["person"]["id"] == someone.id


async def test_what_was_made_is_kept_a_while_and_made_anew(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "pdf" in READ
    someone = await enter(shared, SELLER)
    view = await upload(someone, "说明.txt", b"words")
    first = await someone.get(f"/api/files/{view['id']}/preview")
    folder = shared.settings.data / "files" / "made"
    assert any(folder.glob("*-text-txt"))
    monkeypatch.setattr(previews, "KEPT_BYTES", 0)
    previews.sweep(shared.settings.data)
    assert list(folder.glob("*")) == []
    assert await someone.get(f"/api/files/{view['id']}/preview") == first
