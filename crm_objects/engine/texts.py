"""Values that are written in letters: cleaned, checked, and as they look in part. Pure."""

import re
import unicodedata
from typing import Any

from crm_objects.engine.wrong import Wrong
from server.kit.problems import Problem
from server.kit.text import clean

_MOBILE = re.compile(r"^(?:\+?86)?(1[3-9][0-9]{9})$", re.ASCII)
_PHONE = re.compile(r"^\+?[0-9][0-9 ()\-./#*]{2,}(?:(?:ext|x|转)\.? ?[0-9]{1,8})?$", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"^[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}$")
_URL = re.compile(r"^https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?$", re.IGNORECASE)
PARTS = ("country", "province", "city", "district", "street", "postcode")


def line(value: Any, limit: int) -> str:
    return _cleaned(value, limit, True)


def prose(value: Any, limit: int) -> str:
    return _cleaned(value, limit, False)


def _cleaned(value: Any, limit: int, single_line: bool) -> str:
    """Raises `Wrong` with the house's own codes."""
    if not isinstance(value, str):
        raise Wrong("type", "A text.")
    try:
        return clean(value, "text", limit=limit, required=False, single_line=single_line)
    except Problem as problem:
        error = problem.errors[0]
        raise Wrong(error.code, error.detail, **error.params) from problem


def phone(text: str) -> str:
    """A mobile number of the mainland in the international form, every other as it was written. Raises `Wrong` `phone`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    mobile = _MOBILE.match(re.sub(r"[ \-().]", "", plain))
    if mobile:
        return f"+86{mobile[1]}"
    if not _PHONE.match(plain) or sum(char.isdigit() for char in plain) < 3:
        raise Wrong("phone", "A telephone number, such as 13800001234 or +44 20 7946 0000.")
    return plain


def masked_phone(stored: str) -> str:
    mobile = _MOBILE.match(stored)
    if mobile:
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    return f"{stored[:3]}****{stored[-2:]}" if len(stored) > 7 else "****"


def email(text: str) -> str:
    """Raises `Wrong` `email`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain and not _EMAIL.match(plain):
        raise Wrong("email", "An e-mail address, such as name@example.com.")
    return plain


def url(text: str) -> str:
    """`example.com` becomes `https://example.com`. Raises `Wrong` `url`."""
    if not text:
        return ""
    whole = text if re.match(r"^[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    if not _URL.match(whole):
        raise Wrong("url", "A web address, such as https://example.com.")
    return whole


def address(value: Any) -> str | None:
    """A line for each part, so that only what was written is found in it; None when all are empty. Raises `Wrong` `type` or `too_long`."""
    if not isinstance(value, dict) or not set(value) <= set(PARTS):
        raise Wrong("type", f"An object of {', '.join(PARTS)}.")
    parts = [_cleaned(value.get(part) or "", 300 if part == "street" else 60, True) for part in PARTS]
    return "\n".join(parts) if any(parts) else None


def address_shown(stored: str) -> dict[str, str]:
    return dict(zip(PARTS, stored.split("\n"), strict=True))
