"""The only link → JSON."""

from datetime import datetime
from typing import Literal

import msgspec

from server.cards.cards import CardView
from server.events.envelope import Change


class TraceView(msgspec.Struct, frozen=True):
    """`source` refers to the thing that was asked about: it carries its card, or names its address in its text."""

    how: Literal["card", "text"]
    at: datetime
    source: CardView


class Traces(msgspec.Struct):
    """`hidden`: how many more posts, met on the way to the end of this page, are not the reader's to see."""

    items: list[TraceView]
    hidden: int
    next: str | None
    also: list[Change]
