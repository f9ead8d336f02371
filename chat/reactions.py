"""What chat does when somebody leaves or comes back: their direct conversations are closed, their groups get another owner (SEC-07).

Memberships stay as they are: history keeps its people, and groups show who has left.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from chat import events
from chat.membership import views
from chat.models import Conversation, Membership
from chat.owners import pass_on
from server.events.envelope import Event
from server.org.models import Person
from server.people.leaving import whom
from server.work.work import Work


def close(work: Work, event: Event) -> None:
    """Nobody writes to who has left; groups that they owned go to whoever has been there longest."""
    person_id = whom(event)
    _set_closed(work, _directs(work.conn, person_id), "left")
    for conversation_id in _owned(work, person_id):
        if pass_on(work, conversation_id):
            work.conn.execute(
                update(Membership)
                .where(Membership.conversation_id == conversation_id, Membership.person_id == person_id)
                .values(role="member")
            )
            view = views(work.conn, [conversation_id])[conversation_id]
            work.record(events.conversation_changed(event.actor, view))


def open_again(work: Work, event: Event) -> None:
    """Where the other of the two is here too."""
    person_id = whom(event)
    ids = _directs(work.conn, person_id)
    still = (
        select(Membership.conversation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.conversation_id.in_(ids), Membership.person_id != person_id, Person.state == "left")
    )
    gone = set(work.conn.execute(still).scalars())
    _set_closed(work, [one for one in ids if one not in gone], "")


def count_owned(conn: Connection, person_id: int) -> int:
    """The groups that will get another owner."""
    return conn.execute(
        select(func.count())
        .select_from(Membership)
        .join(Conversation, Conversation.id == Membership.conversation_id)
        .where(
            Membership.person_id == person_id,
            Membership.role == "owner",
            Membership.state == "active",
            Conversation.kind == "group",
        )
    ).scalar_one()


def _directs(conn: Connection, person_id: int) -> list[int]:
    return list(
        conn.execute(
            select(Conversation.id)
            .join(Membership, Membership.conversation_id == Conversation.id)
            .where(Membership.person_id == person_id, Conversation.kind == "direct")
            .order_by(Conversation.id)
        ).scalars()
    )


def _set_closed(work: Work, ids: Sequence[int], why: str) -> None:
    """Locked in id order first, as sending does."""
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        work.conn.execute(
            select(Conversation.id)
            .where(Conversation.id.in_(chunk))
            .order_by(Conversation.id)
            .with_for_update()
        )
        work.conn.execute(update(Conversation).where(Conversation.id.in_(chunk)).values(closed=why))


def _owned(work: Work, person_id: int) -> list[int]:
    """The groups this person owns, locked in id order."""
    mine = select(Membership.conversation_id).where(
        Membership.person_id == person_id, Membership.role == "owner", Membership.state == "active"
    )
    return list(
        work.conn.execute(
            select(Conversation.id)
            .where(Conversation.kind == "group", Conversation.id.in_(mine))
            .order_by(Conversation.id)
            .with_for_update()
        ).scalars()
    )
