"""Text as people type it: cleaning, emptiness, excerpts. Used by every domain that stores words."""

import re

from server.kit.problems import invalid

# Control characters and unpaired surrogates; a line break and a tab are part of prose.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FORBIDDEN_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def clean(value: str, field: str, *, limit: int, required: bool = True, single_line: bool = False) -> str:
    """The text without control characters and outer white space; refuses empty, too long and unpaired surrogates.

    Raises `Invalid` naming `field` with code `required`, `too_long` or `characters`.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if (_FORBIDDEN_IN_A_LINE if single_line else _FORBIDDEN).search(text):
        raise invalid(field, "characters", "The text holds characters that cannot be stored.")
    text = text.strip()
    if required and not text.strip(_INVISIBLE + " \n\t\u3000"):
        raise invalid(field, "required", "Please write something.")
    if len(text) > limit:
        raise invalid(field, "too_long", f"At most {limit} characters.", limit=limit)
    return text


def excerpt(text: str, length: int = 80) -> str:
    """One line for lists and notices; mentions lose their markup, blanks are folded."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
