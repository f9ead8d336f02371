"""Typed bodies and queries of comments and likes."""

from typing import Annotated

import msgspec
from msgspec import Meta

from feed.inputs import PostMentionsInput
from server.api.inputs import Counted, EntityId, Prose
from server.api.paging import Window
from server.cards.carrying import CardInputs
from server.files.inputs import FileIds

# The client's own name for what it sends, by which it knows it again. The Idempotency-Key makes it once.
ClientId = Annotated[str, Meta(max_length=64, pattern=r"^[\x20-\x7e]*$(?!\n)")]


class NewComment(msgspec.Struct, forbid_unknown_fields=True):
    text: Prose
    client_id: ClientId = ""
    mentions: PostMentionsInput | None = None
    reply_to: EntityId | None = None
    files: FileIds = []
    cards: CardInputs = []


class ChangedComment(msgspec.Struct, forbid_unknown_fields=True):
    """Files and cards stay as they are."""

    version: EntityId
    text: Prose


class CommentPage(Window, forbid_unknown_fields=True):
    """Also the page `around` a number."""

    around: Counted | None = None
