"""The only row → JSON of conversations, memberships and messages: used by answers, events and the bootstrap alike."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from server.cards import carrying
from server.cards.carrying import CarriedCard
from server.events.envelope import Put
from server.files.present import FileView, from_stored


class MessageMentions(msgspec.Struct, frozen=True):
    people: list[int] = []
    everyone: bool = False


class MessageView(msgspec.Struct, frozen=True):
    """A message. A system message's `text` is a code (docs/wire.md)."""

    id: int
    conversation_id: int
    number: int
    kind: Literal["text", "system"]
    author_id: int
    client_id: str
    text: str
    mentions: MessageMentions
    reply_to: int | None
    created_at: datetime
    files: list[FileView] = []
    cards: list[CarriedCard] = []


class ConversationView(msgspec.Struct, frozen=True):
    """Shared by all members: holds no unread count and nothing private."""

    id: int
    kind: Literal["direct", "group"]
    name: str
    people: list[int]
    member_count: int
    created_by: int
    created_at: datetime
    version: int


class MembershipView(msgspec.Struct, frozen=True):
    """The reader's own place in a conversation; its id on the wire is the conversation's."""

    conversation_id: int
    state: Literal["active", "removed"]
    role: Literal["owner", "member"]
    from_number: int
    to_number: int | None
    read_number: int
    mentioned_number: int
    muted: bool = False


class MemberView(msgspec.Struct, frozen=True):
    """Somebody in a conversation, as the other members see it."""

    person_id: int
    role: Literal["owner", "member"]
    joined_at: datetime


_mentions = msgspec.json.Decoder(MessageMentions)


def message(row: Any) -> MessageView:
    """From a row of all message columns."""
    return MessageView(
        row.id,
        row.conversation_id,
        row.number,
        row.kind,
        row.author_id,
        row.client_id,
        row.text,
        _mentions.decode(row.mentions),
        row.reply_to,
        row.created_at,
        from_stored(row.files),
        carrying.from_stored(row.cards),
    )


def conversation(row: Any, member_count: int) -> ConversationView:
    """From a row of all conversation columns."""
    people = [int(one) for one in row.direct_key.split("-")] if row.direct_key else []
    return ConversationView(
        row.id, row.kind, row.name, people, member_count, row.created_by, row.created_at, row.version
    )


def membership(row: Any) -> MembershipView:
    """From a row of `membership.PLACES`. Who was named last: by name, or with everyone, while in."""
    everyone = row.everyone_number if row.everyone_number >= row.from_number else 0
    if row.to_number is not None and everyone > row.to_number:
        everyone = 0
    return MembershipView(
        row.conversation_id,
        row.state,
        row.role,
        row.from_number,
        row.to_number,
        row.read_number,
        max(row.mentioned_number, everyone),
        row.muted,
    )


def message_put(view: MessageView) -> Put:
    return Put("message", view.id, view)


def conversation_put(view: ConversationView) -> Put:
    return Put("conversation", view.id, view)


def membership_put(view: MembershipView) -> Put:
    return Put("membership", view.conversation_id, view)
