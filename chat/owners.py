"""Who owns a group: handed on when the owner leaves the group, or the company."""

from sqlalchemy import select, update

from chat import events
from chat.membership import place_of
from chat.models import Membership
from server.org.models import Person
from server.work.work import Work


def pass_on(work: Work, conversation_id: int) -> bool:
    """The owner left the group or the company: whoever has been here longest takes over. False when nobody is left to."""
    heir = work.conn.execute(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.conversation_id == conversation_id,
            Membership.state == "active",
            Person.state != "left",
        )
        .order_by(Membership.joined_at, Membership.person_id)
        .limit(1)
    ).scalar()
    if heir is None:
        return False
    work.conn.execute(
        update(Membership)
        .where(Membership.conversation_id == conversation_id, Membership.person_id == heir)
        .values(role="owner")
    )
    work.record(events.conversation_read(heir, place_of(work.conn, heir, conversation_id)))
    return True
