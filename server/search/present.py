"""The only hit → JSON."""

from datetime import datetime

import msgspec

from server.cards.cards import Ref
from server.search.declared import Hit
from server.search.snippets import Snippet, snippet


class HitView(msgspec.Struct, frozen=True):
    """A found thing as this person may see it. `conversation_id` or `post_id`, and `number`, say where a message or comment stands,
    or what carries a file. `on` is what carries it, `state` its form (`picture`, `document` …), both of a file only."""

    kind: str
    id: int
    at: datetime
    author_id: int
    snippet: Snippet
    conversation_id: int | None
    number: int | None
    post_id: int | None
    on: Ref | None
    state: str


def hit_view(kind: str, hit: Hit, q: str) -> HitView:
    return HitView(
        kind,
        hit.id,
        hit.at,
        hit.author_id,
        snippet(hit.text, q),
        hit.conversation_id,
        hit.number,
        hit.post_id,
        hit.on,
        hit.state,
    )
