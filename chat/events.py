"""Facts of chat, named in the past: who hears them and what changes."""

from collections.abc import Iterable, Sequence

from chat.present import (
    ConversationView,
    MembershipView,
    MessageView,
    conversation_put,
    membership_put,
    message_put,
)
from server.events.envelope import Event, person_stream


def stream(conversation_id: int) -> str:
    return f"conversation:{conversation_id}"


def message_sent(view: MessageView) -> Event:
    """Heard by everyone in the conversation; `echo` lets the sender swap the pending message."""
    return Event(
        "message.sent",
        [stream(view.conversation_id)],
        [message_put(view)],
        actor=view.author_id,
        echo=view.client_id,
    )


def conversation_joined(
    actor: int,
    people: Iterable[int],
    conversation: ConversationView,
    place: MembershipView,
    latest: Sequence[MessageView],
) -> Event:
    """To those who came in, whose place is alike; from here on they hear the conversation."""
    joined = list(people)
    return Event(
        "conversation.joined",
        [person_stream(one) for one in joined],
        [conversation_put(conversation), membership_put(place), *[message_put(one) for one in latest]],
        actor=actor,
        opens={stream(conversation.id): joined},
    )


def conversation_changed(actor: int | None, conversation: ConversationView) -> Event:
    return Event(
        "conversation.changed", [stream(conversation.id)], [conversation_put(conversation)], actor=actor
    )


def conversation_removed(actor: int, person_id: int, place: MembershipView) -> Event:
    """To the one who left or was removed; nothing of the conversation follows it (P9)."""
    return Event(
        "conversation.removed",
        [person_stream(person_id)],
        [membership_put(place)],
        actor=actor,
        closes={stream(place.conversation_id): [person_id]},
    )


def conversation_read(person_id: int, place: MembershipView) -> Event:
    """To the reader's own devices: the badge falls everywhere (CHAT-14)."""
    return Event("conversation.read", [person_stream(person_id)], [membership_put(place)], actor=person_id)


def conversation_muted(person_id: int, place: MembershipView) -> Event:
    """To one's own devices."""
    return Event("conversation.muted", [person_stream(person_id)], [membership_put(place)], actor=person_id)
