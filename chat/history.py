"""Reading: my conversations, newest first, and pages of messages within my spans."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, or_, select

from chat.membership import NEWEST, PLACES, as_left, newest_of, place_of, readable, views
from chat.models import Conversation, Membership, Message
from chat.present import (
    ConversationView,
    MembershipView,
    MemberView,
    MessageView,
    conversation_put,
    membership,
    membership_put,
    message,
    message_put,
)
from server.db.hot import Hot
from server.db.keyset import decode_cursor, encode_cursor, micros_of, moment_of, page_size
from server.events.envelope import Change
from server.kit.problems import Forbidden
from server.people.present import person_puts_for
from server.permissions.actor import Actor

_MINE = (
    PLACES.where(Membership.person_id == bindparam("person"))
    .order_by(Conversation.active_at.desc(), Conversation.id.desc())
    .limit(bindparam("limit"))
)
_FIRST_OF_MINE = Hot(_MINE)
_MORE_OF_MINE = Hot(
    _MINE.where(
        or_(
            Conversation.active_at < bindparam("moment"),
            and_(Conversation.active_at == bindparam("moment"), Conversation.id < bindparam("last_id")),
        )
    )
)
_SPAN = (
    select(Message.__table__)
    .where(
        Message.conversation_id == bindparam("conversation"),
        Message.number.between(bindparam("low"), bindparam("high")),
    )
    .limit(bindparam("limit"))
)
_FORWARDS = Hot(_SPAN.order_by(Message.number))
_BACKWARDS = Hot(_SPAN.order_by(Message.number.desc()))


def mine(
    conn: Connection, actor: Actor, limit: int | None, cursor: str
) -> tuple[list[ConversationView], str | None, list[Change]]:
    """A page of my conversations by last activity, with my places, the newest messages and the persons in them."""
    size = page_size(limit)
    after = decode_cursor(cursor, int, int)
    whose = {"person": actor.id, "limit": size + 1}
    if after is None:
        rows = _FIRST_OF_MINE.named(conn, whose)
    else:
        rows = _MORE_OF_MINE.named(conn, {**whose, "moment": moment_of(after[0]), "last_id": int(after[1])})
    following = None
    if len(rows) > size:
        last = rows[size - 1]
        following = encode_cursor(micros_of(last.active_at), last.conversation_id)
    conversations, also = _complete(conn, actor, [membership(row) for row in rows[:size]])
    return conversations, following, also


def _complete(
    conn: Connection, actor: Actor, places: Sequence[MembershipView]
) -> tuple[list[ConversationView], list[Change]]:
    found = views(conn, [place.conversation_id for place in places])
    newest = newest_of(conn, places)
    conversations = [as_left(conn, found[place.conversation_id], place) for place in places]
    people = {one for view in conversations for one in view.people}
    people |= {view.author_id for view in newest.values()}
    also: list[Change] = [membership_put(place) for place in places]
    also += [message_put(view) for view in newest.values()]
    also += person_puts_for(conn, actor, sorted(people))
    return conversations, also


def first_state(conn: Connection, actor: Actor, company: object) -> dict[str, object]:
    """The bootstrap's part: the most recent conversations whole."""
    conversations, following, also = mine(conn, actor, 100, "")
    return {
        "conversations": {"ids": [view.id for view in conversations], "next": following},
        "changes": [*[conversation_put(view) for view in conversations], *also],
    }


def one(conn: Connection, actor: Actor, conversation_id: int) -> tuple[ConversationView, list[Change]]:
    """A conversation I am or was in. Raises `NotFound`."""
    conversations, also = _complete(conn, actor, [place_of(conn, actor.id, conversation_id)])
    return conversations[0], also


def members(conn: Connection, actor: Actor, conversation_id: int) -> tuple[list[MemberView], list[Change]]:
    """Who is in. Raises `NotFound`, or `Forbidden` for who no longer is."""
    if place_of(conn, actor.id, conversation_id).state != "active":
        raise Forbidden("You are no longer in this conversation.", next_step="ask_member")
    rows = conn.execute(
        select(Membership.person_id, Membership.role, Membership.joined_at)
        .where(Membership.conversation_id == conversation_id, Membership.state == "active")
        .order_by(Membership.joined_at, Membership.person_id)
    ).all()
    listed = [MemberView(row.person_id, row.role, row.joined_at) for row in rows]
    return listed, list(person_puts_for(conn, actor, [view.person_id for view in listed]))


def messages(
    conn: Connection,
    actor: Actor,
    conversation_id: int,
    limit: int | None,
    before: int | None,
    after: int | None,
) -> tuple[list[MessageView], list[Change]]:
    """A page of history, oldest first. A keyset scan: as quick at the beginning as at the end."""
    size = page_size(limit)
    place = place_of(conn, actor.id, conversation_id)
    forwards = after is not None and before is None
    first = min(after + 1, NEWEST) if after is not None and before is None else 0
    last = NEWEST if before is None else before - 1
    found_in_spans = {
        row.number: row
        for low, high in readable(conn, place, actor.id)
        for row in (_FORWARDS if forwards else _BACKWARDS).named(
            conn,
            {
                "conversation": conversation_id,
                "low": max(low, first),
                "high": min(high, last),
                "limit": size,
            },
        )
    }
    rows = [found_in_spans[number] for number in sorted(found_in_spans)]
    found = [message(row) for row in (rows[:size] if forwards else rows[-size:])]
    people = {view.author_id for view in found} | {one for view in found for one in view.mentions.people}
    return found, list(person_puts_for(conn, actor, sorted(people)))
