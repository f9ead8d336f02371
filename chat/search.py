"""Messages are findable within one's spans of their conversations, conversations by their names (CHAT-01, CHAT-14)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from chat.membership import PLACES, as_left, readable_among, views
from chat.models import Conversation, Membership, Message
from chat.policies import IN_CONVERSATION
from chat.present import MessageView, conversation_put, membership, membership_put, message
from server.events.envelope import Change
from server.files.present import carried, from_stored, with_names
from server.kit.mentions import plain
from server.kit.text import like_pattern
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.search.declared import Doc, Finder, Hit, Searchable


def _doc(view: MessageView) -> Doc | None:
    """System messages say nothing that anybody wrote."""
    if view.kind != "text":
        return None
    tokens = (f"c{view.conversation_id}",)
    words = with_names(plain(view.text), view.files)
    return Doc(view.id, view.created_at, view.author_id, words, tokens, carried(view.files))


def _tokens(conn: Connection, actor: Actor) -> Sequence[str]:
    places = select(Membership.conversation_id).where(Membership.person_id == actor.id)
    return [f"c{one}" for one in conn.execute(places).scalars()]


def _words(row: Any) -> str:
    return with_names(plain(row.text), from_stored(row.files))


def _hits(conn: Connection, actor: Actor, ids: Sequence[int]) -> tuple[list[Hit], list[Change]]:
    rows = conn.execute(select(Message.__table__).where(Message.id.in_(ids))).all()
    hits = [
        Hit(row.id, row.created_at, row.author_id, _words(row), row.conversation_id, row.number)
        for row in rows
    ]
    return hits, _belongings(conn, actor, {row.conversation_id for row in rows}, {h.author_id for h in hits})


def _belongings(conn: Connection, actor: Actor, conversations: set[int], people: set[int]) -> list[Change]:
    """The conversations as this person may see them, and who is named."""
    rows = conn.execute(
        PLACES.where(Membership.person_id == actor.id, Membership.conversation_id.in_(sorted(conversations)))
    )
    places = [membership(row) for row in rows]
    found = views(conn, sorted(conversations))
    shown = [as_left(conn, found[place.conversation_id], place) for place in places]
    named = people | {one for view in shown for one in view.people}
    also: list[Change] = [conversation_put(view) for view in shown]
    also += [membership_put(place) for place in places]
    also += person_puts_for(conn, actor, sorted(named))
    return also


def _page(conn: Connection, after: int, count: int) -> list[Doc]:
    rows = conn.execute(
        select(Message.__table__)
        .where(Message.id > after, Message.kind == "text")
        .order_by(Message.id)
        .limit(count)
    )
    return [doc for row in rows if (doc := _doc(message(row)))]


def _find(conn: Connection, actor: Actor, q: str, size: int) -> tuple[list[Hit], list[Change]]:
    """My groups by name, the most recent first. A direct conversation is found by its person."""
    if not q:
        return [], []
    query = (
        select(Conversation.id, Conversation.name, Conversation.active_at, Conversation.created_by)
        .join(Membership, Membership.conversation_id == Conversation.id)
        .where(
            Membership.person_id == actor.id,
            # Who was removed knows the name of then, not of now.
            Membership.state == "active",
            Conversation.kind == "group",
            func.lower(Conversation.name).like(like_pattern(q), escape="\\"),
        )
        .order_by(Conversation.active_at.desc(), Conversation.id.desc())
        .limit(size)
    )
    rows = conn.execute(query).all()
    hits = [Hit(row.id, row.active_at, row.created_by, row.name, row.id) for row in rows]
    return hits, _belongings(conn, actor, {row.id for row in rows}, set())


MESSAGES = Searchable(
    "message",
    1,
    IN_CONVERSATION,
    frozenset({"message.sent"}),
    MessageView,
    _doc,
    _tokens,
    readable_among,
    _hits,
    _page,
)
CONVERSATIONS = Finder("conversation", IN_CONVERSATION, _find)
