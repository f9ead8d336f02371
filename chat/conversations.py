"""Starting conversations, who is in them, their names. System messages take numbers like any other, so nothing has holes."""

import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from chat import events, owners
from chat.membership import as_left, place_of, views
from chat.messages import MESSAGES
from chat.models import Conversation, Membership, MembershipSpan
from chat.present import ConversationView, MembershipView, MessageMentions, MessageView, message
from server.kit.problems import Forbidden, StaleVersion, invalid
from server.kit.text import clean
from server.org.known import must_be_departments
from server.org.lines import members_of
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work

MAX_NAME = 60
MAX_MEMBERS = 5_000


def start_direct(work: Work, actor: Actor, person_id: int) -> int:
    """The one direct conversation of these two; made when it is not there yet. Raises `Invalid` on `people`."""
    if person_id == actor.id:
        raise invalid("people", "oneself", "Choose somebody else.")
    _must_be_colleagues(work.conn, [person_id], stays=True)
    low, high = sorted((actor.id, person_id))
    key = f"{low}-{high}"
    found = work.conn.execute(select(Conversation.id).where(Conversation.direct_key == key)).scalar()
    if found is not None:
        return found
    conversation_id = _create(work, actor, "direct", "", key)
    _admit(work, actor, conversation_id, [actor.id, person_id], 0)
    return conversation_id


def start_group(
    work: Work, actor: Actor, name: str, people: Sequence[int], departments: Sequence[int]
) -> int:
    """A group with its maker as owner. Raises `Invalid` on `name`, `people`, `departments`."""
    members = _wanted(work.conn, actor, people, departments)
    if not members:
        raise invalid("people", "required", "Choose at least one other person.")
    title = clean(name, "name", limit=MAX_NAME, single_line=True)
    conversation_id = _create(work, actor, "group", title, None)
    _say(work, actor, conversation_id, f"group_created:{title}", members)
    _admit(work, actor, conversation_id, [actor.id, *members], 1)
    return conversation_id


def add_members(
    work: Work, actor: Actor, conversation_id: int, people: Sequence[int], departments: Sequence[int]
) -> int:
    """Brings people into a group; who is in already is left alone. Answers how many came in."""
    _must_be_in_group(work, actor, conversation_id)
    wanted = _wanted(work.conn, actor, people, departments)
    rows = {
        row.person_id: row
        for start in range(0, len(wanted), 500)
        for row in work.conn.execute(
            select(Membership.__table__).where(
                Membership.conversation_id == conversation_id,
                Membership.person_id.in_(wanted[start : start + 500]),
            )
        )
    }
    new = [one for one in wanted if one not in rows]
    back = [row for row in rows.values() if row.state == "removed"]
    joining = [*new, *[row.person_id for row in back]]
    if not joining:
        return 0
    current = views(work.conn, [conversation_id])[conversation_id]
    if current.member_count + len(joining) > MAX_MEMBERS:
        raise invalid("people", "too_many", f"A group holds at most {MAX_MEMBERS} people.", limit=MAX_MEMBERS)
    said = _say(work, actor, conversation_id, "members_added", joining)
    for row in back:
        _reopen(work, row, said.number)
    _admit(work, actor, conversation_id, new, said.number, came_back=[row.person_id for row in back])
    work.record(events.conversation_changed(actor.id, views(work.conn, [conversation_id])[conversation_id]))
    return len(joining)


def remove_member(work: Work, actor: Actor, conversation_id: int, person_id: int) -> None:
    """The owner removes somebody, or one leaves. What was readable stays readable, nothing later does (CHAT-18)."""
    _lock(work, conversation_id)
    theirs = place_of(work.conn, person_id, conversation_id)
    if theirs.state == "removed" and person_id == actor.id:
        return  # left already: asked again because the answer was lost
    mine = _must_be_in_group(work, actor, conversation_id)
    if theirs.state == "removed":
        return
    if person_id != actor.id and mine.role != "owner":
        raise Forbidden("Only the group's owner removes people.", next_step="ask_owner")
    code = "member_left" if person_id == actor.id else "member_removed"
    said = _say(work, actor, conversation_id, code, [person_id])
    closed = msgspec.structs.replace(theirs, state="removed", role="member", to_number=said.number)
    work.conn.execute(
        update(Membership)
        .where(Membership.conversation_id == conversation_id, Membership.person_id == person_id)
        .values(state="removed", role="member", to_number=said.number)
    )
    work.record(events.conversation_removed(actor.id, person_id, closed))
    if theirs.role == "owner":
        owners.pass_on(work, conversation_id)
    work.record(events.conversation_changed(actor.id, views(work.conn, [conversation_id])[conversation_id]))


def rename(
    work: Work, actor: Actor, conversation_id: int, name: str, version: int | None
) -> ConversationView:
    """Any member renames a group. Raises `StaleVersion` when somebody else was faster."""
    _must_be_in_group(work, actor, conversation_id)
    title = clean(name, "name", limit=MAX_NAME, single_line=True)
    current = views(work.conn, [conversation_id])[conversation_id]
    if version is not None and version != current.version:
        raise StaleVersion(
            "Somebody renamed the group meanwhile.", version=current.version, current=current.name
        )
    if title != current.name:
        work.conn.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(name=title, version=Conversation.version + 1)
        )
        _say(work, actor, conversation_id, f"renamed:{title}", [])
        current = views(work.conn, [conversation_id])[conversation_id]
        work.record(events.conversation_changed(actor.id, current))
    return current


def _must_be_in_group(work: Work, actor: Actor, conversation_id: int) -> MembershipView:
    """Locks the conversation; the actor's place in it. Raises `NotFound`, `Forbidden`."""
    kind = _lock(work, conversation_id)
    place = place_of(work.conn, actor.id, conversation_id)
    if place.state != "active":
        raise Forbidden("You are no longer in this conversation.", next_step="ask_member")
    if kind != "group":
        raise Forbidden("A direct conversation always has the same two people.", next_step="start_group")
    return place


def _lock(work: Work, conversation_id: int) -> str | None:
    """Whoever comes or goes waits here; answers the kind of conversation."""
    return work.conn.execute(
        select(Conversation.kind).where(Conversation.id == conversation_id).with_for_update()
    ).scalar()


def _must_be_colleagues(conn: Connection, people: Sequence[int], *, stays: bool = False) -> None:
    """`stays`: none of them leaves before this act is committed; who is leaving at this moment was first."""
    wanted = list(people)
    known: set[int] = set()
    for start in range(0, len(wanted), 500):
        query = select(Person.id).where(
            Person.id.in_(wanted[start : start + 500]), Person.kind != "external", Person.state != "left"
        )
        known.update(conn.execute(query.with_for_update(read=True) if stays else query).scalars())
    missing = [one for one in wanted if one not in known]
    if missing:
        raise invalid(
            "people", "not_found", "Some of these people are not here (any more).", ids=missing[:20]
        )


def _wanted(conn: Connection, actor: Actor, people: Sequence[int], departments: Sequence[int]) -> list[int]:
    """The persons named, singly and by department, without the actor. Raises `Invalid` where nobody is named."""
    if not (people or departments):
        raise invalid("people", "required", "Choose at least one other person.")
    _must_be_colleagues(conn, people)
    must_be_departments(conn, departments, "departments")
    found = list(people)
    if departments:
        found += conn.execute(
            select(Person.id)
            .where(Person.id.in_(members_of(departments)), Person.state != "left")
            .order_by(Person.id)
        ).scalars()
    wanted = [one for one in dict.fromkeys(found) if one != actor.id]
    if len(wanted) >= MAX_MEMBERS:
        raise invalid("people", "too_many", f"A group holds at most {MAX_MEMBERS} people.", limit=MAX_MEMBERS)
    return wanted


def _create(work: Work, actor: Actor, kind: str, name: str, direct_key: str | None) -> int:
    return work.conn.execute(
        insert(Conversation)
        .values(
            kind=kind,
            name=name,
            direct_key=direct_key,
            created_by=actor.id,
            created_at=work.now,
            active_at=work.now,
            last_number=0,
            everyone_number=0,
            version=1,
        )
        .returning(Conversation.id)
    ).scalar_one()


def _admit(
    work: Work,
    actor: Actor,
    conversation_id: int,
    people: Sequence[int],
    at: int,
    came_back: Sequence[int] = (),
) -> None:
    """Makes places from message `at` on. The maker's own place differs from the others' (owner, has read)."""
    conversation = views(work.conn, [conversation_id])[conversation_id]
    is_new = actor.id in people
    owner = is_new and conversation.kind == "group"
    rows = [
        {
            "conversation_id": conversation_id,
            "person_id": one,
            "state": "active",
            "role": "owner" if owner and one == actor.id else "member",
            "from_number": max(at, 1) if not is_new else 1,
            "read_number": at if one == actor.id else max(at - 1, 0),
            "joined_at": work.now,
        }
        for one in people
    ]
    if rows:
        work.conn.execute(insert(Membership), rows)
    conversation = views(work.conn, [conversation_id])[conversation_id]
    latest = _latest(work.conn, conversation_id)
    groups: dict[MembershipView, list[int]] = {}
    for row in rows:
        groups.setdefault(_view_of(row), []).append(int(str(row["person_id"])))
    if came_back:
        groups.setdefault(
            MembershipView(conversation_id, "active", "member", at, None, at - 1, 0), []
        ).extend(came_back)
    for place, members in groups.items():
        work.record(events.conversation_joined(actor.id, members, conversation, place, latest))


def _view_of(row: dict[str, Any]) -> MembershipView:
    return MembershipView(
        row["conversation_id"], row["state"], row["role"], row["from_number"], None, row["read_number"], 0
    )


def _reopen(work: Work, row: Any, number: int) -> None:
    """Somebody who was here before: the old span is kept, a new one begins."""
    work.conn.execute(
        insert(MembershipSpan).values(
            conversation_id=row.conversation_id,
            person_id=row.person_id,
            from_number=row.from_number,
            to_number=row.to_number,
        )
    )
    work.conn.execute(
        update(Membership)
        .where(Membership.conversation_id == row.conversation_id, Membership.person_id == row.person_id)
        .values(
            state="active",
            role="member",
            from_number=number,
            to_number=None,
            read_number=number - 1,
            mentioned_number=0,
            muted=False,
            joined_at=work.now,
        )
    )


def _say(work: Work, actor: Actor, conversation_id: int, code: str, people: Sequence[int]) -> MessageView:
    """A system message with the next number. Its author has read it, as with any own message."""
    number = work.conn.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_number=Conversation.last_number + 1, active_at=work.now)
        .returning(Conversation.last_number)
    ).scalar_one()
    work.conn.execute(
        update(Membership)
        .where(Membership.conversation_id == conversation_id, Membership.person_id == actor.id)
        .values(read_number=number)
    )
    mentions = MessageMentions(list(people[:100]))
    client_id = f"system-{secrets.token_hex(8)}"
    message_id = work.conn.execute(
        insert(MESSAGES)
        .values(
            conversation_id=conversation_id,
            number=number,
            kind="system",
            author_id=actor.id,
            client_id=client_id,
            body_hash="",
            text=code,
            mentions=msgspec.json.encode(mentions).decode(),
            created_at=work.now,
        )
        .returning(MESSAGES.c.id)
    ).scalar_one()
    view = MessageView(
        message_id, conversation_id, number, "system", actor.id, client_id, code, mentions, None, work.now
    )
    work.stamp(MESSAGES, {"id": message_id}, work.record(events.message_sent(view)))
    return view


def _latest(conn: Connection, conversation_id: int) -> list[MessageView]:
    row = conn.execute(
        select(MESSAGES)
        .where(MESSAGES.c.conversation_id == conversation_id)
        .order_by(MESSAGES.c.number.desc())
        .limit(1)
    ).first()
    return [message(row)] if row else []


def visible_or_missing(conn: Connection, actor: Actor, conversation_id: int) -> ConversationView:
    """The conversation, as somebody who is or was in it sees it. Raises `NotFound`."""
    place = place_of(conn, actor.id, conversation_id)
    return as_left(conn, views(conn, [conversation_id])[conversation_id], place)
