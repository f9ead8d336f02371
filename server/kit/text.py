"""Text as people type it: cleaning, emptiness, excerpts. Used by every domain that stores words."""

import re
import unicodedata

from server.kit.problems import invalid

# Control characters and unpaired surrogates; a line break and a tab are part of prose.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# In a line also other line breaks, and what turns the text around it, so that a name could show as another.
_FORBIDDEN_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Letters by their category that nobody can see: fillers, the empty braille cell, the joiner that joins nothing.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def clean(value: str, field: str, *, limit: int, required: bool = True, single_line: bool = False) -> str:
    """The text without control characters and outer white space; refuses empty, too long and unpaired surrogates.

    Raises `Invalid` naming `field` with code `required`, `too_long` or `characters`.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if (_FORBIDDEN_IN_A_LINE if single_line else _FORBIDDEN).search(text):
        raise invalid(field, "characters", "The text holds characters that cannot be stored.")
    text = text.strip()
    if required and not any(map(_is_visible, text)):
        raise invalid(field, "required", "Please write something.")
    if len(text) > limit:
        raise invalid(field, "too_long", f"At most {limit} characters.", limit=limit)
    return text


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _BLANK_LETTERS


def excerpt(text: str, length: int = 80) -> str:
    """One line for lists and notices; mentions lose their markup, blanks are folded."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def like_pattern(sought: str) -> str:
    """What contains this, as a LIKE pattern with `\\` as its escape; compare with the lower-case column."""
    needle = sought.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{needle}%"
