"""An instruction for other people than before: who comes to belong to them has to do it too, for who no longer does it waits no more."""

from sqlalchemy import ColumnElement, insert, select, update

from feed import audience
from feed.instruction import events
from feed.instruction.instructions import MOST, count, row_of
from feed.instruction.models import Instruction, InstructionPerson
from feed.instruction.present import InstructionReply
from feed.instruction.todo import todo
from feed.kinds import Changed
from feed.policies import must_lie_within
from feed.readdressing import must_release
from server.db.base import table
from server.kit.problems import invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work

_MINE = InstructionPerson


def readdressed(work: Work, actor: Actor, changed: Changed) -> None:
    """Raises `Forbidden` with `beyond`, `Invalid` on `audience`, `WrongState` where it is still to be done by somebody left out."""
    to, was = changed.audience, changed.before
    if to == was:
        return
    newly = audience.people_in(to.everyone, to.departments, to.people) & ~audience.people_in(
        was.everyone, was.departments, was.people
    )
    newly &= Person.id != actor.id
    must_lie_within(work.conn, actor, "post.instruct", newly)
    _let_go(work, changed)
    _ask(work, changed.post_id, newly)
    row = row_of(work.conn, changed.post_id)
    if not row.asked:
        raise invalid("audience", "nobody_else", "Nobody but you would have to do it.")
    if row.asked > MOST:
        raise invalid("audience", "too_many", f"At most {MOST} people; announce it to more.", limit=MOST)
    count(work, changed.post_id)


def _let_go(work: Work, changed: Changed) -> None:
    """Rows before the tally, in key order. What was done stays done."""
    waiting = (_MINE.post_id == changed.post_id) & _MINE.state.in_(("open", "received"))
    rows = work.conn.execute(
        select(_MINE.person_id, _MINE.state).where(waiting).order_by(_MINE.person_id).with_for_update()
    ).all()
    gone = [row for row in rows if row.person_id in changed.lost]
    people = [row.person_id for row in gone]
    must_release(changed.release, people)
    if not people:
        return
    work.conn.execute(
        update(InstructionPerson).where(waiting, _MINE.person_id.in_(people)).values(state="withdrawn")
    )
    _shift(work, changed.post_id, -len(gone), -sum(row.state == "received" for row in gone))
    work.record(events.instruction_withdrawn(changed.post_id, people))


def _ask(work: Work, post_id: int, newly: ColumnElement[bool]) -> None:
    """Those who were asked before go on where they were."""
    people = list(work.conn.execute(select(Person.id).where(newly).order_by(Person.id)).scalars())
    known = {
        row.person_id: row
        for row in work.conn.execute(
            select(table(InstructionPerson)).where(_MINE.post_id == post_id).with_for_update()
        )
    }
    fresh = [one for one in people if one not in known]
    back = [known[one] for one in people if one in known and known[one].state == "withdrawn"]
    if fresh:
        rows = [{"post_id": post_id, "person_id": one, "state": "open"} for one in fresh]
        work.conn.execute(insert(table(InstructionPerson)), rows)
    again = [row for row in back if row.received_at is not None]
    for state, rows_of in (("received", again), ("open", [row for row in back if row not in again])):
        ids = [row.person_id for row in rows_of]
        work.conn.execute(
            update(InstructionPerson)
            .where(_MINE.post_id == post_id, _MINE.person_id.in_(ids))
            .values(state=state)
        )
    _shift(work, post_id, len(fresh) + len(back), len(again))
    row = row_of(work.conn, post_id)
    waits = todo(row, work.now)
    if fresh:
        nothing_yet = InstructionReply(post_id, "open", None, None)
        work.record(events.instruction_given(row.author_id, nothing_yet, waits, fresh))
    for one in back:
        view = InstructionReply(
            post_id, "open" if one.received_at is None else "received", one.received_at, None
        )
        work.record(events.instruction_returned(one.person_id, view, waits))


def _shift(work: Work, post_id: int, asked: int, received: int) -> None:
    work.conn.execute(
        update(Instruction)
        .where(Instruction.post_id == post_id)
        .values(asked=Instruction.asked + asked, received=Instruction.received + received)
    )
