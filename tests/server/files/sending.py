"""Uploading as a client does, and small true files of every kind to upload."""

import io
import itertools
import zipfile
from typing import Any

import httpx2
from PIL import Image

from tests.house import Client

_numbers = itertools.count(1)
CHUNK = 1 << 20


async def begin(client: Client, name: str, size: int, **about: Any) -> dict[str, Any]:
    made: dict[str, Any] = await client.post("/api/files", {"name": name, "size": size, "type": ""}, **about)
    return made


async def part(client: Client, file_id: int, offset: int, data: bytes) -> httpx2.Response:
    return await client.http.put(
        f"/api/files/{file_id}/chunks/{offset}",
        content=data,
        headers={"Content-Type": "application/octet-stream"},
    )


async def send_all(client: Client, file_id: int, data: bytes, start: int = 0) -> None:
    for offset in range(start, len(data), CHUNK):
        answer = await part(client, file_id, offset, data[offset : offset + CHUNK])
        assert answer.status_code == 200, answer.text


async def complete(client: Client, file_id: int, sha256: str = "") -> httpx2.Response:
    return await client.http.put(f"/api/files/{file_id}/completion", json={"sha256": sha256})


async def try_upload(client: Client, name: str, data: bytes) -> httpx2.Response:
    """The answer to the completion."""
    file_id = (await begin(client, name, len(data)))["id"]
    await send_all(client, file_id, data)
    return await complete(client, file_id)


async def upload(client: Client, name: str = "", data: bytes = b"") -> dict[str, Any]:
    """A ready file: its view."""
    answer = await try_upload(client, name or f"note-{next(_numbers)}.txt", data or b"words")
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.json()["file"]
    return view


async def download(client: Client, file_id: int, **about: Any) -> httpx2.Response:
    headers = about.pop("headers", {})
    return await client.http.get(f"/api/files/{file_id}/content", params=about, headers=headers)


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **about: Any) -> bytes:
    """Above red, below blue."""
    image = Image.new("RGB", size, (220, 30, 30))
    image.paste((20, 40, 200), (0, size[1] // 2, *size))
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    out = io.BytesIO()
    image.save(out, kind, **about)
    return out.getvalue()


def turned(width: int = 60, height: int = 40) -> bytes:
    """A photograph lying on its side, with the place and words in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret <script>alert(1)</script>"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", (width, height), exif=exif)


def film(frames: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    images = [Image.new("P", size, at % 250) for at in range(frames)]
    for image in images:
        image.putpalette([value % 256 for value in range(768)])
    out = io.BytesIO()
    images[0].save(out, "GIF", save_all=True, append_images=images[1:], duration=40, comment=b"secret")
    return out.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def office(part_name: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", part_name: b"<document/>"})


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)


MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(3000)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

# name → (content, kind on the wire)
GOOD: dict[str, tuple[bytes, str]] = {
    "photo.jpg": (picture("JPEG"), "picture"),
    "screen.png": (picture("PNG"), "picture"),
    "web.webp": (picture("WEBP"), "picture"),
    "phone.heic": (picture("HEIF"), "picture"),
    "dance.gif": (film(), "picture"),
    "clip.mp4": (MP4, "video"),
    "clip.mov": (b"\0\0\0\x14ftypqt  \0\0\2\0qt  " + bytes(99), "video"),
    "clip.webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(99), "video"),
    "song.mp3": (b"ID3\3\0\0\0\0\0\0" + bytes(99), "audio"),
    "bare.mp3": (b"\xff\xfb\x90\x64" + bytes(99), "audio"),
    "voice.m4a": (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + bytes(99), "audio"),
    "voice.ogg": (b"OggS" + bytes(99), "audio"),
    "voice.wav": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(99), "audio"),
    "voice.amr": (b"#!AMR\n" + bytes(99), "audio"),
    "合同.pdf": (PDF, "pdf"),
    "letter.docx": (office("word/document.xml"), "document"),
    "table.xlsx": (office("xl/workbook.xml"), "sheet"),
    "talk.pptx": (office("ppt/presentation.xml"), "slides"),
    "old.doc": (old_office("WordDocument"), "document"),
    "old.xls": (old_office("Workbook"), "sheet"),
    "old.ppt": (old_office("PowerPoint Document"), "slides"),
    "说明.txt": ("你好,收到".encode(), "text"),
    "客户.csv": ("姓名,电话\n张伟,138".encode("gb18030"), "text"),
    "read.md": (b"# Title\n\n- one\n", "text"),
    "all.zip": (zipped({"a.txt": b"a" * 1000}), "archive"),
}
