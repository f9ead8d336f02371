"""Typed bodies, queries and socket frames of chat."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import Counted, EntityId, Line, Prose
from server.cards.carrying import CardInputs
from server.files.inputs import FileIds

People = Annotated[list[EntityId], Meta(max_length=5_000)]
Departments = Annotated[list[EntityId], Meta(max_length=500)]


class MessageMentionsInput(msgspec.Struct, forbid_unknown_fields=True):
    """May be left out: the text is the truth."""

    people: Annotated[list[EntityId], Meta(max_length=50)] = []
    everyone: bool = False


class NewConversation(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["direct", "group"]
    people: People = []
    departments: Departments = []
    name: Line = ""


class NewMembers(msgspec.Struct, forbid_unknown_fields=True):
    people: People = []
    departments: Departments = []


class Rename(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    version: EntityId | None = None


class NewMessage(msgspec.Struct, forbid_unknown_fields=True):
    """`anyway`: its cards go also to who will see only their stubs."""

    client_id: Line
    text: Prose
    mentions: MessageMentionsInput | None = None
    reply_to: EntityId | None = None
    files: FileIds = []
    cards: CardInputs = []
    anyway: bool = False


class ReadUpTo(msgspec.Struct, forbid_unknown_fields=True):
    number: Counted


class SendFrame(msgspec.Struct, tag_field="op", tag="send", forbid_unknown_fields=True):
    conversation: EntityId
    client_id: Line
    text: Prose
    mentions: MessageMentionsInput | None = None
    reply_to: EntityId | None = None
    files: FileIds = []
    cards: CardInputs = []
    anyway: bool = False


class ReadFrame(msgspec.Struct, tag_field="op", tag="read", forbid_unknown_fields=True):
    conversation: EntityId
    number: Counted


class TypingFrame(msgspec.Struct, tag_field="op", tag="typing", forbid_unknown_fields=True):
    conversation: EntityId


class Mute(msgspec.Struct, forbid_unknown_fields=True):
    muted: bool
