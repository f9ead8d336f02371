"""Conversations and messages as cards, for who is or was in."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select

from chat.membership import PLACES, as_left, views, within_spans
from chat.models import Membership, MembershipSpan, Message
from chat.policies import IN_CONVERSATION
from chat.present import membership
from server.cards.cards import CardKind, CardView, Ref
from server.db.hot import Hot, among
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.module import Module
from server.kit.text import excerpt
from server.org.models import Person
from server.people.present import persons
from server.permissions.actor import Actor

_PLACES = Hot(
    PLACES.where(Membership.person_id == bindparam("person"), among(Membership.conversation_id, "ids"))
)
_MESSAGES = Hot(
    select(
        Message.id,
        Message.conversation_id,
        Message.number,
        Message.author_id,
        Message.text,
        Message.files,
        Message.created_at,
    ).where(among(Message.id, "ids"), Message.kind == "text", within_spans(bindparam("person")))
)


def _conversations(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    """A group by its name, a direct conversation by the other one's."""
    places = [membership(row) for row in _PLACES.named(conn, {"person": actor.id, "ids": ids})]
    found = views(conn, [place.conversation_id for place in places])
    shown = [as_left(conn, found[place.conversation_id], place) for place in places]
    others = {view.id: next((one for one in view.people if one != actor.id), actor.id) for view in shown}
    names = {view.id: view.name for view in persons(conn, others.values())}
    return [
        CardView(
            "conversation",
            view.id,
            False,
            view.name if view.kind == "group" else names.get(others[view.id], ""),
            person_id=others[view.id] if view.kind == "direct" else None,
            at=view.created_at,
            state=view.kind,
            version=view.version,
        )
        for view in shown
    ]


def _messages(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    rows = _MESSAGES.named(conn, {"person": actor.id, "ids": ids})
    return [
        CardView(
            "message",
            row.id,
            False,
            excerpt(in_a_line(plain(row.text), row.files)),
            person_id=row.author_id,
            at=row.created_at,
            version=1,
            within=Ref("conversation", row.conversation_id),
            number=row.number,
        )
        for row in rows
    ]


def _conversation_seen_by(
    conn: Connection, actor: Actor, modules: Sequence[Module], conversation_id: int
) -> ColumnElement[bool] | None:
    """Who is or was in. Who was removed is not told who came later (CHAT-18)."""
    if not _is_in(conn, actor, conversation_id):
        return None
    return Person.id.in_(select(Membership.person_id).where(Membership.conversation_id == conversation_id))


def _message_seen_by(
    conn: Connection, actor: Actor, modules: Sequence[Module], message_id: int
) -> ColumnElement[bool] | None:
    """Who was in when it was written."""
    said = conn.execute(select(Message.conversation_id, Message.number).where(Message.id == message_id)).one()
    if not _is_in(conn, actor, said.conversation_id):
        return None
    spans = [
        Person.id.in_(
            select(kind.person_id).where(
                kind.conversation_id == said.conversation_id,
                kind.from_number <= said.number,
                or_(kind.to_number.is_(None), kind.to_number >= said.number),
            )
        )
        for kind in (Membership, MembershipSpan)
    ]
    return or_(*spans)


def _is_in(conn: Connection, actor: Actor, conversation_id: int) -> bool:
    own = (Membership.conversation_id == conversation_id) & (Membership.person_id == actor.id)
    return conn.execute(select(Membership.state).where(own)).scalar() == "active"


CARDS = [
    CardKind(
        "conversation",
        IN_CONVERSATION,
        _conversations,
        address="/chat/",
        seen_by=_conversation_seen_by,
    ),
    CardKind("message", IN_CONVERSATION, _messages, seen_by=_message_seen_by),
]
