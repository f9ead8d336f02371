"""Files that want to do harm, made here: pixel bombs, archives, what claims to be something else, names that attack."""

import io
import struct
import zipfile
import zlib

from tests.server.files.sending import PDF, film, office, picture, turned, zipped

# What becomes of one: a refusal's code, or «harmless» (kept so that it cannot hurt anybody).
Bomb = tuple[str, bytes, str]

HARMLESS = "harmless"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, packed: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = packed or zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _gif(width: int, height: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + bytes(6)
    frame = b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\0\x02\x02L\x01\0"
    return screen + frame + b"\x3b"


def _jpeg(width: int, height: int) -> bytes:
    data = picture("JPEG", (16, 16))
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _webp(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _packed(megabytes: int, name: str = "a.txt") -> dict[str, bytes]:
    return {name: bytes(megabytes << 20)}


def _office_bomb(part: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", part: bytes(48 << 20)})


def _claiming(size: int) -> bytes:
    """The directory says that this much will come out."""
    data = bytearray(zipped({"a.txt": b"a" * 100}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def _overlapping() -> bytes:
    """Two entries in one place (a quine's trick)."""
    data = bytearray(zipped({"a.txt": b"a" * 100, "b.txt": b"b" * 100}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = bytes(4)
    return bytes(data)


def _many(count: int) -> bytes:
    data = bytearray(zipped({"a.txt": b"a"}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", count, count)
    return bytes(data)


def _long_directory() -> bytes:
    data = bytearray(zipped({"a.txt": b"a"}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 1 << 30)
    return bytes(data)


def _nested() -> bytes:
    inner = zipped(_packed(16))
    for _ in range(5):
        inner = zipped({f"{at}.zip": inner for at in range(4)})
    return inner


def _encrypted() -> bytes:
    data = bytearray(zipped({"a.txt": b"a"}))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def _escaping() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", b"x")
    return out.getvalue()


_HTML = b"<!doctype html><script>alert(1)</script>"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'

BOMBS: list[Bomb] = [
    # More pixels than anybody has memory for.
    ("pixels.png", _png(50_000, 50_000), "too_many_pixels"),
    ("line.png", _png(2_000_000_000, 1), "too_many_pixels"),
    ("column.png", _png(1, 2_000_000_000), "too_many_pixels"),
    ("packed.png", _png(20_000, 20_000, zlib.compress(bytes(8 << 20), 9)), "too_many_pixels"),
    ("pixels.gif", _gif(65_535, 65_535), "too_many_pixels"),
    ("pixels.jpg", _jpeg(65_500, 65_500), "too_many_pixels"),
    ("pixels.webp", _webp(16_000, 16_000), "damaged"),
    ("nothing.png", _png(0, 0), "damaged"),
    ("nothing.gif", _gif(0, 0), "damaged"),
    # Rows that do not end, or that are not there.
    ("endless.png", _png(100, 100, zlib.compress(bytes(32 << 20), 9)), HARMLESS),
    ("empty.png", _png(100, 100, zlib.compress(b"")), "damaged"),
    ("noise.png", _png(100, 100, b"\xff" * 5_000), "damaged"),
    ("half.png", picture("PNG")[:300], "damaged"),
    ("half.jpg", picture("JPEG")[:300], "damaged"),
    ("half.webp", picture("WEBP")[:60], "damaged"),
    ("half.gif", film()[:20], "damaged"),
    ("half.heic", picture("HEIF")[:200], "damaged"),
    ("head.jpg", b"\xff\xd8\xff", "damaged"),
    ("head.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    ("loop.jpg", b"\xff\xd8\xff\xe0\0\0" * 5_000, "damaged"),
    # Frames without end: the first is kept.
    ("flood.gif", film(600, (8, 8)), HARMLESS),
    ("wide-film.gif", film(20, (1_500, 1_500)), HARMLESS),
    # Pictures that carry something along.
    ("exif.jpg", turned(), HARMLESS),
    ("comment.jpg", picture("JPEG", comment=b"<script>alert(1)</script>"), HARMLESS),
    ("tail.jpg", picture("JPEG") + _HTML, HARMLESS),
    ("tail.png", picture("PNG") + zipped({"a.class": b"\xca\xfe\xba\xbe"}), HARMLESS),
    ("gifar.gif", film() + zipped({"A.class": b"\xca\xfe\xba\xbe"}), HARMLESS),
    ("script.gif", b"GIF89a/*" + film()[8:] + b"*/=1;alert(1)", HARMLESS),
    # Archives that unpack to more than there is.
    ("bomb.zip", zipped(_packed(64)), "archive_bomb"),
    ("bomb.docx", _office_bomb("word/document.xml"), "archive_bomb"),
    ("bomb.xlsx", _office_bomb("xl/workbook.xml"), "archive_bomb"),
    ("bomb.pptx", _office_bomb("ppt/presentation.xml"), "archive_bomb"),
    ("claims.zip", _claiming(0xFFFF_FFF0), "archive_bomb"),
    ("overlap.zip", _overlapping(), "archive_bomb"),
    ("many.zip", _many(0xFFFF), "archive_bomb"),
    ("directory.zip", _long_directory(), "archive_bomb"),
    ("nested.zip", _nested(), HARMLESS),
    ("secret.zip", _encrypted(), HARMLESS),
    ("escape.zip", _escaping(), HARMLESS),
    ("half.zip", zipped({"a.txt": b"a" * 1000})[:60], "damaged"),
    ("no-end.docx", b"PK\x03\x04" + bytes(500), "damaged"),
    ("macro.docx", zipped({"[Content_Types].xml": b"", "word/vbaProject.bin": b"x"}), "macros"),
    ("xxe.docx", office("word/document.xml").replace(b"<document/>", b"<document/>"), HARMLESS),
    # Pages and scripts under another name.
    ("page.html", _HTML, "markup"),
    ("page.txt", _HTML, "markup"),
    ("page.jpg", b"\xef\xbb\xbf \n\t" + _HTML, "markup"),
    ("picture.svg", _SVG, "markup"),
    ("picture.png", _SVG, "markup"),
    ("comment.svg", b"<!-- x -->" + _SVG, "markup"),
    ("xxe.xml", _XXE, "markup"),
    ("laughs.xml", _LAUGHS, "markup"),
    ("upper.txt", b"<SCRIPT>alert(1)</SCRIPT>", "markup"),
    ("polyglot.pdf", PDF + _HTML, HARMLESS),
    (
        "script.pdf",
        b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
        HARMLESS,
    ),
    ("late.pdf", _HTML + PDF, "markup"),
    ("script.js", b"alert(1)", HARMLESS),
    ("run.bat", b"@echo off\r\ndel *.*\r\n", HARMLESS),
    ("deep.txt", b"[" * 3_000_000, HARMLESS),
    ("deep.json", b'{"a":' * 500_000, HARMLESS),
    ("formula.csv", b"=cmd|' /C calc'!A0,1\n", HARMLESS),
    # Programs and what nobody knows.
    ("program.exe", b"MZ" + bytes(500), "wrong_kind"),
    ("program.pdf", b"\x7fELF" + bytes(500), "wrong_kind"),
    ("class.jpg", b"\xca\xfe\xba\xbe" + bytes(100), "wrong_kind"),
    ("setup.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "wrong_kind"),
    ("packed.gz", b"\x1f\x8b\x08" + bytes(500), "wrong_kind"),
    ("archive.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100), "wrong_kind"),
    ("film.mkv", b"\x1a\x45\xdf\xa3\x42\x82\x88matroska" + bytes(100), "wrong_kind"),
    ("nul.txt", b"text\0text", "wrong_kind"),
    ("noise.bin", bytes(range(256)) * 40, "wrong_kind"),
    ("avif.avif", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(99), "wrong_kind"),
]

# name as sent → a part of the name that must not come out (the content is text).
NAMES: list[tuple[str, str]] = [
    ("../../etc/passwd", "/"),
    ("..\\..\\windows\\system32\\x.txt", "\\"),
    ("/etc/shadow", "/"),
    ("C:\\autoexec.bat", ":"),
    ("invoice\u202etxt.exe", "\u202e"),
    ("a\u2066b\u2069.txt", "\u2066"),
    ("zero\u200bwidth.txt", "\u200b"),
    ("line\nbreak.txt", "\n"),
    ('quote".txt', '"'),
    ("header\r\nSet-Cookie: a=1.txt", "\r"),
    ("CON.txt", "\0"),
    ("....", "...."),
    ("   ", "   "),
    (".htaccess", "/"),
    ("名" * 300 + ".txt", "\0"),
    ("x" * 900, "\0"),
    ("page.html", "\0"),
    ("a.txt.exe", "\0"),
    ("\u0301" * 50, "/"),
    ("%2e%2e%2f.txt", "/"),
]
