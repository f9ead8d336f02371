"""Pictures that people upload, good and bad, made in code."""

import io
import struct
import zlib
from collections.abc import Callable

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()


def picture(kind: str, size: tuple[int, int] = (300, 200), **how: object) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return encoded(image, kind, **how)


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def turned() -> bytes:
    """A photograph lying on its side, as phones write it, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to the right
    exif[0x010E] = "secret place"
    return picture("JPEG", exif=exif.tobytes())


def png_header(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that promises these pixels and holds next to none."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def huge_gif() -> bytes:
    frames = [Image.new("P", (2000, 2000), colour) for colour in range(20)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "wrong_kind"),
    "a page": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "wrong_kind",
    ),
    "a moving GIF": (huge_gif, "wrong_kind"),
    "a program": (lambda: b"\x7fELF" + bytes(1000), "wrong_kind"),
    "a pixel bomb": (lambda: png_header(60_000, 60_000, bytes(1000)), "too_many_pixels"),
    "a wide bomb": (lambda: png_header(2_000_000_000, 1, bytes(1000)), "too_many_pixels"),
    "a promise not kept": (lambda: png_header(4000, 4000, bytes(1000)), "damaged"),
    "cut off": (lambda: picture("JPEG", (2000, 2000))[:3000], "damaged"),
    "cut off early": (lambda: picture("PNG")[:40], "damaged"),
    "a beginning alone": (lambda: b"\xff\xd8\xff" + bytes(range(256)) * 40, "damaged"),
    "noise called WebP": (lambda: b"RIFF\xff\xff\xff\xffWEBP" + bytes(range(256)) * 40, "damaged"),
    "noise called HEIC": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256)) * 40, "damaged"),
}
