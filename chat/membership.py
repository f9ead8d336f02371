"""Finding is permitting: every look-up of a conversation starts from the person's own place in it."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, exists, func, or_, select, union

from chat.models import Conversation, Membership, MembershipSpan, Message
from chat.present import ConversationView, MembershipView, MessageView, conversation, membership, message
from server.db.hot import Hot, among
from server.kit.problems import NotFound
from server.permissions.actor import Actor

NEWEST = 2**63 - 1
# Places with what their conversations add to them: what `present.membership` reads.
PLACES = select(
    Membership.__table__, Conversation.everyone_number, Conversation.last_number, Conversation.active_at
).join(Conversation, Conversation.id == Membership.conversation_id)

_PLACE = Hot(
    PLACES.where(
        Membership.conversation_id == bindparam("conversation"), Membership.person_id == bindparam("person")
    )
)
_COUNTS = Hot(
    select(Membership.conversation_id, func.count().label("members"))
    .where(among(Membership.conversation_id, "ids"), Membership.state == "active")
    .group_by(Membership.conversation_id)
)
_CONVERSATIONS = Hot(select(Conversation.__table__).where(among(Conversation.id, "ids")))
_NEWEST = Hot(
    select(Message.__table__)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(among(Conversation.id, "ids"), Message.number == Conversation.last_number)
)
_EARLIER = Hot(
    select(MembershipSpan.from_number, MembershipSpan.to_number).where(
        MembershipSpan.conversation_id == bindparam("conversation"),
        MembershipSpan.person_id == bindparam("person"),
    )
)


def place_of(conn: Connection, person_id: int, conversation_id: int) -> MembershipView:
    """The person's place, present or past. Raises `NotFound` for who was never in."""
    rows = _PLACE.named(conn, {"conversation": conversation_id, "person": person_id})
    if not rows:
        raise NotFound()
    return membership(rows[0])


def views(conn: Connection, ids: Iterable[int]) -> dict[int, ConversationView]:
    """Conversations by id with their member counts. The caller has checked who asks."""
    wanted = list(ids)
    counts: dict[int, int] = dict(_COUNTS.rows(conn, {"ids": wanted}))
    rows = _CONVERSATIONS.named(conn, {"ids": wanted})
    return {row.id: conversation(row, counts.get(row.id, 0)) for row in rows}


def as_left(conn: Connection, view: ConversationView, place: MembershipView) -> ConversationView:
    """A group as who was removed last saw it: later names and members are not theirs to know (CHAT-18)."""
    at = place.to_number
    if at is None:
        return view
    named = select(Message.number, Message.text).where(
        Message.conversation_id == view.id,
        Message.kind == "system",
        or_(*(Message.text.startswith(code, autoescape=True) for code in ("group_created:", "renamed:"))),
    )
    # Only a renamed group has anything to look for.
    names = conn.execute(named.order_by(Message.number)).all() if view.version > 1 else []
    seen = [row.text.partition(":")[2] for row in names if row.number <= at]
    # Groups of the first release did not write down what they were called at the beginning.
    name = seen[-1] if seen else ("" if names else view.name)
    renamings = sum(row.number <= at and row.text.startswith("renamed:") for row in names)
    return msgspec.structs.replace(
        view, name=name, version=1 + renamings, member_count=_members_at(conn, view.id, at)
    )


def _members_at(conn: Connection, conversation_id: int, number: int) -> int:
    """How many were in when this message was written."""
    spans = [
        select(kind.person_id).where(
            kind.conversation_id == conversation_id,
            kind.from_number <= number,
            or_(kind.to_number.is_(None), kind.to_number >= number),
        )
        for kind in (Membership, MembershipSpan)
    ]
    return conn.execute(select(func.count()).select_from(union(*spans).subquery())).scalar_one()


def readable(conn: Connection, place: MembershipView, person_id: int) -> list[tuple[int, int]]:
    """The spans of numbers of a conversation that the person may read, the present one first, both ends included."""
    to_number = NEWEST if place.to_number is None else place.to_number
    earlier = _EARLIER.rows(conn, {"conversation": place.conversation_id, "person": person_id})
    return [(place.from_number, to_number), *[(low, high) for low, high in earlier]]


def within_spans(person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Messages that lie in a span of this person, the present one or an earlier one."""
    spans = [
        exists().where(
            kind.conversation_id == Message.conversation_id,
            kind.person_id == person_id,
            kind.from_number <= Message.number,
            or_(kind.to_number.is_(None), kind.to_number >= Message.number),
        )
        for kind in (Membership, MembershipSpan)
    ]
    return or_(*spans)


def readable_among(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of these messages that the person may read."""
    return set(conn.execute(select(Message.id).where(Message.id.in_(ids), within_spans(actor.id))).scalars())


def newest_of(conn: Connection, places: Sequence[MembershipView]) -> dict[int, MessageView]:
    """The newest message each place may see, by conversation. One query."""
    if not places:
        return {}
    ids = [place.conversation_id for place in places]
    found = {row.conversation_id: message(row) for row in _NEWEST.named(conn, {"ids": ids})}
    for place in places:
        # Who was removed sees the newest of the span; who joined an empty tail sees nothing yet.
        view = found.get(place.conversation_id)
        if view is not None and place.to_number is not None and view.number > place.to_number:
            row = conn.execute(
                select(Message.__table__).where(
                    Message.conversation_id == place.conversation_id, Message.number == place.to_number
                )
            ).first()
            found.pop(place.conversation_id)
            if row is not None and place.to_number >= place.from_number:
                found[place.conversation_id] = message(row)
        elif view is not None and view.number < place.from_number:
            found.pop(place.conversation_id)
    return found
