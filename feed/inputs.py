"""Typed bodies and queries of the feed."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line, Prose
from server.cards.carrying import CardInputs
from server.files.inputs import FileIds

Ids = Annotated[list[EntityId], Meta(max_length=1_000)]


class AudienceInput(msgspec.Struct, forbid_unknown_fields=True):
    everyone: bool = False
    departments: Ids = []
    people: Ids = []


class PostMentionsInput(msgspec.Struct, forbid_unknown_fields=True):
    """May be left out: the text is the truth."""

    people: Ids = []
    departments: Ids = []


class ReceiptsInput(msgspec.Struct, forbid_unknown_fields=True):
    """Who must confirm, by when. A subset of the audience. `by_deputy`: what a deputy confirms for them counts."""

    everyone: bool = False
    departments: Ids = []
    people: Ids = []
    due_at: datetime | None = None
    by_deputy: bool = False


class NewPost(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["share"]
    text: Prose
    audience: AudienceInput
    mentions: PostMentionsInput | None = None
    receipts: ReceiptsInput | None = None
    files: FileIds = []
    cards: CardInputs = []


class VersionSeen(msgspec.Struct, forbid_unknown_fields=True):
    version: EntityId


class TimelinePage(msgspec.Struct, forbid_unknown_fields=True):
    limit: int | None = None
    cursor: Line = ""


class ReceiptPage(msgspec.Struct, forbid_unknown_fields=True):
    """`column` left out: all rows, withdrawn and left too."""

    column: Literal["unread", "read", "confirmed"] | None = None
    limit: int | None = None
    cursor: Line = ""
