"""Mentions in text: `@[张伟](person:17)`, `@[销售一部](department:3)`, `@[everyone](everyone:0)` (docs/wire.md). The text is the truth."""

import re
from dataclasses import dataclass

from server.kit.problems import invalid
from server.kit.topics import TOPIC

_MENTION = re.compile(r"@\[([^\]\n]{1,100})\]\((person|department|everyone):([0-9]{1,15})\)")
# A sticker of the company's (`server/stickers`): `:[干杯](sticker:3)`.
_STICKER = re.compile(r":\[([^\]\n]{1,20})\]\(sticker:[0-9]{1,15}\)")
MAX_MENTIONS = 50


@dataclass(frozen=True)
class Mentions:
    """Whom a text names, in order of appearance, each once."""

    people: tuple[int, ...]
    departments: tuple[int, ...]
    everyone: bool


def mentions_in(text: str, field: str = "text") -> Mentions:
    """Raises `Invalid` with code `too_many` past `MAX_MENTIONS`."""
    if "@[" not in text:
        return Mentions((), (), False)
    found = [(kind, int(number)) for _, kind, number in _MENTION.findall(text)]
    if len(found) > MAX_MENTIONS:
        raise invalid(field, "too_many", f"At most {MAX_MENTIONS} mentions.", limit=MAX_MENTIONS)
    people = tuple(dict.fromkeys(number for kind, number in found if kind == "person"))
    departments = tuple(dict.fromkeys(number for kind, number in found if kind == "department"))
    return Mentions(people, departments, any(kind == "everyone" for kind, _ in found))


def plain(text: str) -> str:
    """The text with `@张伟`, `#春季发布#` and `[干杯]` instead of the markup, for excerpts."""
    if "@[" in text:
        text = _MENTION.sub(lambda match: "@" + match[1], text)
    if "](sticker:" in text:
        text = _STICKER.sub(lambda match: f"[{match[1]}]", text)
    return TOPIC.sub(lambda match: f"#{match[1]}#", text) if "](topic)" in text else text
