"""Topics in text: `#[春季发布](topic)` (docs/wire.md). The text is the truth; a topic is its name, folded, and nothing else."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from server.kit.problems import Invalid, invalid
from server.kit.text import clean

TOPIC = re.compile(r"#\[([^\]\n]{0,200})\]\(topic\)")
MAX_TOPICS, MAX_NAME, MAX_KEY = 10, 30, 60
# They would end the mark in a text, or look like the end of one.
_SIGNS = frozenset("#[]")


@dataclass(frozen=True)
class Topic:
    """`key` is the same for all spellings of a name: full and half width, upper and lower case, more blanks and fewer."""

    name: str
    key: str


def named(name: str, field: str) -> Topic:
    """Raises `Invalid` naming `field`: `required`, `too_long`, `characters`."""
    topic = " ".join(clean(name, field, limit=MAX_NAME, single_line=True).split())
    key = " ".join(unicodedata.normalize("NFKC", topic).casefold().split())
    if not key or _SIGNS & {*topic, *key} or any(unicodedata.category(sign) in ("Cc", "Cf") for sign in key):
        raise invalid(
            field, "characters", "A topic's name holds no #, [ or ], and nothing that cannot be seen."
        )
    if len(key) > MAX_KEY:
        raise invalid(field, "too_long", f"At most {MAX_NAME} characters.", limit=MAX_NAME)
    return Topic(topic, key)


def topics_in(text: str, field: str = "text") -> list[Topic]:
    """In order of appearance, each once. Raises `Invalid` naming `field`, with `topic_…` codes."""
    if "](topic)" not in text:
        return []
    found = {topic.key: topic for topic in reversed(list(_all_in(text, field)))}
    if len(found) > MAX_TOPICS:
        raise invalid(field, "topics_too_many", f"At most {MAX_TOPICS} topics.", limit=MAX_TOPICS)
    return list(reversed(found.values()))


def _all_in(text: str, field: str) -> Iterator[Topic]:
    for name in TOPIC.findall(text):
        try:
            yield named(name, "topic")
        except Invalid as problem:
            detail = f"A topic has a name of at most {MAX_NAME} characters, without #, [ and ]."
            raise invalid(field, "topic_name", detail, limit=MAX_NAME) from problem
