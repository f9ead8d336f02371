"""Exact decimals as whole numbers of 1/10,000, because SQLite has no decimal: `"2185.00"` on the wire is 21,850,000 in a column."""

import re
from typing import Any

from crm_objects.engine.wrong import Wrong

SCALE = 4
MOST = 10**14  # of the unit: 18 digits in all, below what both databases hold
_DECIMAL = re.compile(r"^(-?)([0-9]{1,15})(?:\.([0-9]{1,12}))?$(?!\n)", re.ASCII)


def scaled(value: Any, decimals: int, *, negative: bool) -> int:
    """From decimal text or a whole number. Raises `Wrong` `type` or `range`."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < MOST else ""
    found = _DECIMAL.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise Wrong("type", "A decimal number as text, such as 2185.00.")
    sign, whole, part = found[1], found[2], (found[3] or "").rstrip("0")
    if len(part) > decimals:
        raise Wrong("range", f"At most {decimals} digits after the point.", decimals=decimals)
    if int(whole) >= MOST or (sign and not negative):
        raise Wrong("range", "This number is too large, or below nothing.", maximum=MOST)
    number: int = int(whole) * 10**SCALE + int(part.ljust(SCALE, "0") or "0")
    return -number if sign else number


def written(number: int, decimals: int) -> str:
    """Back to text, with at least so many digits after the point."""
    whole, part = divmod(abs(number), 10**SCALE)
    digits = f"{part:0{SCALE}d}".rstrip("0").ljust(decimals, "0")
    return f"{'-' if number < 0 else ''}{whole}{'.' + digits if digits else ''}"
