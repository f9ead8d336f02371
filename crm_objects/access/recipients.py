"""With whom a record is to be shared: named one by one, as a post's audience, or as the members of a conversation."""

from sqlalchemy import ColumnElement, Connection, select

from chat.membership import place_of
from chat.models import Membership
from crm_objects.access.inputs import ShareInput
from feed import audience
from server.kit.problems import Forbidden, invalid
from server.org.models import Person
from server.permissions.actor import Actor


def chosen(conn: Connection, actor: Actor, body: ShareInput) -> ColumnElement[bool]:
    """Raises `Invalid` unless one way is chosen, `NotFound` or `Forbidden` for a conversation that is not the actor's."""
    if (bool(body.people), body.audience is not None, body.conversation is not None).count(True) != 1:
        raise invalid("people", "required", "People, an audience or a conversation.")
    if body.audience is not None:
        to = audience.known(conn, body.audience)
        return audience.people_in(to.everyone, to.departments, to.people)
    if body.conversation is not None:
        if place_of(conn, actor.id, body.conversation).state != "active":
            raise Forbidden("You are no longer in this conversation.", next_step="ask_member")
        members = select(Membership.person_id).where(
            Membership.conversation_id == body.conversation, Membership.state == "active"
        )
        return Person.id.in_(members)
    there = set(conn.execute(select(Person.id).where(Person.id.in_(body.people))).scalars())
    if missing := [one for one in body.people if one not in there]:
        raise invalid("people", "not_found", "Some of these people are not here.", ids=missing[:20])
    return Person.id.in_(body.people)
