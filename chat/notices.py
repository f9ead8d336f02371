"""What chat tells people: that a message names them. @everyone is a mark on the conversation, not a notice for each."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from chat.models import Membership
from chat.policies import IN_CONVERSATION
from chat.present import MessageMentions, MessageView
from notifications.declared import NoticeKind, Telling
from server.background.reactions import Fact
from server.cards.cards import Ref


class _Naming(msgspec.Struct):
    """Of a message only whom it names."""

    mentions: MessageMentions


def _tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Those who are named and in the conversation, unless they name themselves."""
    tellings: list[Telling] = []
    if not any(one.mentions.people for one in fact.of("message", _Naming)):
        return tellings  # nearly all messages: not worth reading whole
    for message in fact.of("message", MessageView):
        named = [one for one in message.mentions.people if one != message.author_id]
        if not named or message.kind != "text":
            continue
        people = conn.execute(
            select(Membership.person_id)
            .where(
                Membership.conversation_id == message.conversation_id,
                Membership.person_id.in_(named),
                Membership.state == "active",
                Membership.from_number <= message.number,
            )
            .order_by(Membership.person_id)
        ).scalars()
        within = Ref("conversation", message.conversation_id)
        key = f"mention/message/{message.id}"
        tellings.append(
            Telling(list(people), Ref("message", message.id), message.author_id, key, within, message.number)
        )
    return tellings


def _muted(conn: Connection, within: Ref, people: Sequence[int]) -> set[int]:
    query = select(Membership.person_id).where(
        Membership.conversation_id == within.id, Membership.person_id.in_(list(people)), Membership.muted
    )
    return set(conn.execute(query).scalars())


MENTION = NoticeKind("message_mention", IN_CONVERSATION, frozenset({"message.sent"}), _tell, _muted)
