"""Foreign pictures made anew: what is kept and served is only what we encoded ourselves. The decoding happens in `child.py`.

Called by whoever takes pictures: people's own (`squares`), attachments (`scaled`).
"""

import asyncio
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from server.kit import children
from server.kit.problems import Unavailable, invalid

MAX_BYTES: Final = 8 << 20
MAX_PIXELS: Final = 50_000_000
PATIENCE: Final = 20.0
AT_ONCE: Final = 2
_CHILD = Path(__file__).with_name("child.py")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_SENTENCES = {
    "wrong_kind": "Only JPEG, PNG, WebP and HEIC pictures.",
    "too_many_pixels": "The picture has too many pixels.",
    "damaged": "The picture is damaged or cut off.",
}


@dataclass(frozen=True)
class Scaled:
    """What became of a picture: its upright size in pixels, and `format` as it was encoded (`jpeg`, `png`, `webp`, `gif`)."""

    width: int
    height: int
    format: str


def kind_of(data: bytes) -> str | None:
    """jpeg, png, webp or heic by the first bytes, whatever the file is called; None for everything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "heic"
    return None


class Workshop:
    """One per company: at most `AT_ONCE` children work at a time, others wait their turn. `places` counts readers of documents too."""

    def __init__(self) -> None:
        self.places = asyncio.Semaphore(AT_ONCE)

    async def squares(self, data: bytes, sizes: Sequence[int], field: str) -> list[bytes]:
        """A square WebP for each size, upright, cut around the middle, without metadata.

        Raises `Invalid` on `field` with code `wrong_kind`, `too_many_pixels` or `damaged`; `Unavailable` when the machine is too
        busy to tell.
        """
        if kind_of(data) is None:
            raise invalid(field, "wrong_kind", _SENTENCES["wrong_kind"])
        async with self.places:
            code, out, told = await _run([str(MAX_PIXELS), ",".join(map(str, sizes))], data)
        if code == 0:
            made = _parted(out)
            if len(made) == len(sizes):
                return made
        raise _refusal(field, code, told)

    async def scaled(
        self, source: IO[bytes], full: IO[bytes], into: Mapping[int, IO[bytes]], field: str
    ) -> Scaled:
        """The whole picture encoded anew into `full`, and a WebP that fits into each size of `into`: upright, without metadata.

        All are open files; nothing of the picture comes into this process. Raises as `squares`.
        """
        files = [source, full, *into.values()]
        sizes = ",".join(f"{size}:{file.fileno()}" for size, file in into.items())
        arguments = [str(MAX_PIXELS), sizes, str(source.fileno()), str(full.fileno())]
        async with self.places:
            code, out, told = await _run(arguments, b"", [file.fileno() for file in files])
        words = out.decode("ascii", "replace").split()
        if code == 0 and len(words) == 3:
            return Scaled(int(words[0]), int(words[1]), words[2])
        raise _refusal(field, code, told)


def _refusal(field: str, code: int, told: bytes) -> Exception:
    reason = told.decode("ascii", "replace") if code == children.REFUSED else "damaged"
    reason = reason if reason in _SENTENCES else "damaged"
    return invalid(field, reason, _SENTENCES[reason], limit=MAX_PIXELS // 1_000_000)


async def _run(arguments: Sequence[str], data: bytes, handed: Sequence[int] = ()) -> tuple[int, bytes, bytes]:
    """(exit code, stdout, stderr) of the child."""
    try:
        return await children.run(_CHILD, arguments, data, handed, PATIENCE)
    except TimeoutError:
        raise Unavailable("The picture could not be made now. Please try again.") from None


def _parted(out: bytes) -> list[bytes]:
    parts, at = [], 0
    while at + 4 <= len(out):
        (length,) = struct.unpack(">I", out[at : at + 4])
        parts.append(out[at + 4 : at + 4 + length])
        at += 4 + length
    return parts
