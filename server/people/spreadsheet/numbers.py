"""Numbers in a workbook as a person sees them: whole phone numbers, leading zeros of a format, dates. Pure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import NamedTuple

from server.people.spreadsheet.xml import scan


class Format(NamedTuple):
    """What of a cell's number format matters: is it a date, and to how many digits is a whole number filled up."""

    is_date: bool = False
    digits: int = 0


GENERAL = Format()

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# What a format code only shows: quoted words, escaped characters, fills, [colours] and [conditions].
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhs年月日]|am/pm", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,40}")

# Excel keeps 15 digits; what stands behind them is noise of the binary fraction.
_FIFTEEN = Context(prec=15)
_PLAIN_INTEGER = re.compile(r"-?[0-9]{1,40}")
_LONGEST = 40
_LARGEST_EXPONENT = 40

# The day before 1900-01-01, less the 29 February 1900 that Excel believes in.
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_DAY = 24 * 60 * 60


def read_formats(xml: bytes, part: str) -> list[Format]:
    """The number format of every cell style, in the order in which cells refer to them."""
    codes: dict[str, str] = {}
    formats: list[Format] = []
    in_cells = False

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal in_cells
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            in_cells = True
        elif name == "xf" and in_cells:
            number = attributes.get("numFmtId", "0")
            formats.append(_format(number, codes.get(number)))

    def closed(name: str, _text: list[str]) -> None:
        nonlocal in_cells
        if name == "cellXfs":
            in_cells = False

    scan(xml, part, opened, closed)
    return formats


def number_text(raw: str, style: Format, *, from_1904: bool = False) -> str:
    """`1.3800138E10` → `13800138000`; `12` under the format `0000` → `0012`; a date → `2026-03-01`."""
    if _PLAIN_INTEGER.fullmatch(raw) and not style.is_date:
        return raw.zfill(style.digits)
    try:
        number = Decimal(raw) if len(raw) <= _LONGEST else None
    except InvalidOperation:
        return raw
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return raw
    if style.is_date and 0 <= number < _LAST_SERIAL:
        return _date_text(number, _EPOCH_1904 if from_1904 else _EPOCH)
    text = f"{_FIFTEEN.create_decimal(number):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.zfill(style.digits) if text.isdigit() else text


def style_of(formats: Sequence[Format], index: str | None) -> Format:
    """The format a cell refers to; a reference to nowhere means none."""
    if index is None or not (index.isascii() and index.isdigit()) or len(index) > 6:
        return GENERAL
    return formats[int(index)] if int(index) < len(formats) else GENERAL


def _format(number: str, code: str | None) -> Format:
    if code is None:
        return Format(is_date=number.isascii() and number.isdigit() and int(number[:6]) in _BUILT_IN_DATES)
    shown = _LITERALS.sub("", code.split(";")[0])
    if _ZEROS.fullmatch(shown):
        return Format(digits=len(shown))
    return Format(is_date=bool(_DATE_LETTERS.search(shown)))


def _date_text(serial: Decimal, epoch: date) -> str:
    seconds = int((serial * _DAY).to_integral_value())
    days, second = divmod(seconds, _DAY)
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    if days == 0:
        return clock
    day = (epoch + timedelta(days=days)).isoformat()
    return f"{day} {clock}" if second else day
