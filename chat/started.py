"""Answers of chat that are more than one entity."""

import msgspec

from chat.present import ConversationView, MembershipView


class Started(ConversationView, frozen=True):
    """A conversation with the maker's own place."""

    membership: MembershipView

    @classmethod
    def of(cls, view: ConversationView, place: MembershipView) -> "Started":
        return cls(**msgspec.structs.asdict(view), membership=place)


class Added(msgspec.Struct):
    """How many came in."""

    added: int
