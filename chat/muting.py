"""A conversation that is not said aloud to me: its messages count, nothing rings."""

from sqlalchemy import update

from chat import events
from chat.membership import place_of
from chat.models import Membership
from chat.present import MembershipView
from server.permissions.actor import Actor
from server.work.work import Work


def mute(work: Work, actor: Actor, conversation_id: int, muted: bool) -> MembershipView:
    """On all my devices. Raises `NotFound` for who was never in."""
    changed = work.conn.execute(
        update(Membership)
        .where(
            Membership.conversation_id == conversation_id,
            Membership.person_id == actor.id,
            Membership.muted != muted,
        )
        .values(muted=muted)
    )
    place = place_of(work.conn, actor.id, conversation_id)
    if changed.rowcount:
        work.record(events.conversation_muted(actor.id, place))
    return place
