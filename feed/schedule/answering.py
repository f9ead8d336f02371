"""What the invited answer, and who comes."""

from typing import Literal

from sqlalchemy import Connection, select, update

from feed.policies import must_lock, must_read
from feed.schedule import events, guests, turns
from feed.schedule.inputs import InvitationAnswer
from feed.schedule.models import Schedule, ScheduleGuest
from feed.schedule.present import GuestPanel, ScheduleInvitation, guest, invitation, tallies
from server.events.envelope import Change
from server.kit.problems import NotFound, NotRequired, WrongState
from server.kit.text import clean
from server.org.lines import below
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.work import Work

MAX_WORD = 200
_GUEST = ScheduleGuest


def answer(work: Work, actor: Actor, post_id: int, given: InvitationAnswer) -> ScheduleInvitation:
    """May be given anew. Raises `NotFound`, `NotRequired` for who is not invited, `WrongState` with `reason` cancelled or moved."""
    word = clean(given.word, "word", limit=MAX_WORD, required=False, single_line=True)
    must_lock(work, actor, post_id, events.KIND)
    row = work.conn.execute(select(Schedule.__table__).where(Schedule.post_id == post_id)).one()
    me = (_GUEST.post_id == post_id) & (_GUEST.person_id == actor.id)
    before = work.conn.execute(select(_GUEST.__table__).where(me)).first()
    if before is None or before.state == "left":
        raise NotRequired("You were not invited.")
    if row.state == "cancelled":
        raise WrongState("It was cancelled.", reason="cancelled")
    if given.sequence != row.sequence:
        raise WrongState("It has changed meanwhile.", reason="moved")
    for_now = before.answered_for == row.asking
    if for_now and (before.answer, before.word) == (given.answer, word):
        return invitation(before)
    work.conn.execute(
        update(ScheduleGuest)
        .where(me)
        .values(
            state="answered",
            answer=given.answer,
            word=word,
            answered_at=work.now,
            answered_for=row.asking,
        )
    )
    declined = given.answer == "declined"
    if declined != (for_now and before.answer == "declined"):
        turns.comes(work, post_id, actor.id, not declined)
    view = ScheduleInvitation(post_id, "answered", given.answer, word, work.now)
    work.record(events.answered(actor.id, view))
    guests.count(work, post_id, row.author_id)
    return view


def panel(conn: Connection, actor: Actor, post_id: int) -> GuestPanel:
    """Raises `NotFound` for who may not read it and for what is no schedule item."""
    must_read(conn, actor, post_id)
    row = conn.execute(select(Schedule.__table__).where(Schedule.post_id == post_id)).first()
    if row is None:
        raise NotFound()
    tally = tallies(conn, [post_id])[post_id]
    names = _names(conn, actor, post_id, row.author_id)
    if names == "none":
        return GuestPanel(names, tally, [], [])
    query = select(_GUEST.__table__).where(_GUEST.post_id == post_id)
    if names == "below":
        query = query.where(_GUEST.person_id.in_(below(actor.id)))
    items = [
        guest(one, row.asking, shows_word=actor.id in (row.author_id, one.person_id))
        for one in conn.execute(query.order_by(_GUEST.person_id))
    ]
    people: list[Change] = list(person_puts_for(conn, actor, [one.person_id for one in items]))
    return GuestPanel(names, tally, items, people)


def _names(conn: Connection, actor: Actor, post_id: int, author_id: int) -> Literal["all", "below", "none"]:
    if author_id == actor.id or actor.can("receipts.read"):
        return "all"
    of_it = select(_GUEST.person_id).where(_GUEST.post_id == post_id)
    if conn.execute(of_it.where(_GUEST.person_id == actor.id, _GUEST.state != "left")).first() is not None:
        return "all"
    line = of_it.where(_GUEST.person_id.in_(below(actor.id)))
    return "below" if conn.execute(line.limit(1)).first() is not None else "none"
