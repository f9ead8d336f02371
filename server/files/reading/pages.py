"""A PDF page by page: how large each is, its words for who listens, and the page as a picture. Scripts and forms are never run."""

import io
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from server.files.reading.blocks import Blocks

MOST_PAGES = 300
WIDTH, HEIGHT = 1_400, 2_400
QUALITY = 80
_PASSWORD = 4


class Locked(Exception):
    """It opens with a password only."""


def _opened(place: str) -> Any:
    try:
        return pdfium.PdfDocument(place)
    except pdfium.PdfiumError as error:
        raise Locked if getattr(error, "err_code", None) == _PASSWORD else error from error


def read(place: str, blocks: Blocks) -> None:
    """A block `page` for each, `width` and `height` in pixels as `picture` draws it. Raises `Locked`, `Enough`."""
    document = _opened(place)
    blocks.cut = len(document) > MOST_PAGES
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = (max(1, round(edge * _scale(page))) for edge in page.get_size())
        words = page.get_textpage().get_text_bounded() if number < 60 else ""
        blocks.add("page", " ".join(words.split())[:2_000], number=number + 1, width=width, height=height)
        page.close()


def picture(place: str, number: int) -> bytes:
    """A WebP of the page. Raises `IndexError` when there is none."""
    document = _opened(place)
    if not 0 < number <= min(len(document), MOST_PAGES):
        raise IndexError(number)
    page = document[number - 1]
    out = io.BytesIO()
    page.render(scale=_scale(page)).to_pil().convert("RGB").save(out, "WEBP", quality=QUALITY, method=3)
    return out.getvalue()


def _scale(page: Any) -> float:
    """As wide as a desk shows it, never larger than memory allows."""
    width, height = (max(edge, 0.01) for edge in page.get_size())
    return float(min(WIDTH / width, HEIGHT / height, 8.0))
