"""Topics on the wire."""

from datetime import datetime

import msgspec


class TopicView(msgspec.Struct, frozen=True):
    """A topic as it is offered. `keys`: the folded names under which it is found, as in `topics` of a post; `posts`: how many of those
    that were looked at name it (0 where none were)."""

    name: str
    keys: list[str]
    is_official: bool
    posts: int = 0


class TopicChoices(msgspec.Struct, frozen=True):
    """The three sources (FEED-05): what I use, what is official, what is talked about where I can read it."""

    mine: list[TopicView]
    official: list[TopicView]
    hot: list[TopicView]


class TopicPage(msgspec.Struct, frozen=True):
    """`posts`: exactly how many of its posts the reader may see and has not hidden (FEED-27)."""

    name: str
    keys: list[str]
    is_official: bool
    is_retired: bool
    posts: int


class OfficialTopicView(msgspec.Struct, frozen=True):
    """`keys`: its own name folded, and the earlier ones."""

    id: int
    name: str
    keys: list[str]
    version: int
    created_at: datetime
    retired_at: datetime | None
