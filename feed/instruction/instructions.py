"""Instructing (WORK-09, 10): a text, who has to do it, by when. Each answers «received» and «done», nothing more."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, literal, select, update

from feed import audience
from feed.due import checked_due
from feed.instruction import events
from feed.instruction.inputs import InstructionInput
from feed.instruction.models import Instruction, InstructionPerson
from feed.instruction.present import InstructionReply, InstructionView, answer, tally
from feed.instruction.todo import todo
from feed.kinds import Begun
from feed.models import Post
from feed.policies import must_lie_within, must_read
from feed.present import PostView
from server.events.envelope import Change, Drop, Put
from server.kit.problems import NotPending, NotRequired, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work

KIND = "instruction"
MOST = 500
_MINE = InstructionPerson


def begin(work: Work, actor: Actor, begun: Begun, fields: InstructionInput) -> InstructionView:
    """Raises `Forbidden` with `beyond` beyond one's scope, `Invalid` on the due time or for too many or too few people."""
    due = checked_due(work, "details.due_at", fields.due_at)
    to = begun.audience
    reached = audience.people_in(to.everyone, to.departments, to.people) & (Person.id != actor.id)
    must_lie_within(work.conn, actor, "post.instruct", reached)
    work.conn.execute(
        insert(InstructionPerson).from_select(
            ["post_id", "person_id", "state"],
            select(literal(begun.post_id), Person.id, literal("open")).where(reached),
        )
    )
    # Who leaves at this moment either waits for us, and then takes these back, or was first: then they are not asked.
    gone = select(Person.id).where(Person.state == "left")
    of_it = InstructionPerson.post_id == begun.post_id
    work.conn.execute(delete(InstructionPerson).where(of_it, InstructionPerson.person_id.in_(gone)))
    asked = work.conn.execute(select(func.count()).select_from(InstructionPerson).where(of_it)).scalar_one()
    if not asked:
        raise invalid("audience", "nobody_else", "Nobody but you would have to do it.")
    if asked > MOST:
        raise invalid("audience", "too_many", f"At most {MOST} people; announce it to more.", limit=MOST)
    work.conn.execute(
        insert(Instruction).values(post_id=begun.post_id, due_at=due, asked=asked, received=0, done=0)
    )
    return InstructionView(due)


def follow(work: Work, view: PostView) -> None:
    """Everybody has it among their to-dos; who asked sees the counts."""
    people = work.conn.execute(
        select(_MINE.person_id).where(_MINE.post_id == view.id).order_by(_MINE.person_id)
    ).scalars()
    row = row_of(work.conn, view.id)
    nothing_yet = InstructionReply(view.id, "open", None, None)
    work.record(events.instruction_given(view.author_id, nothing_yet, todo(row, work.now), list(people)))
    count(work, view.id)


def reply(work: Work, actor: Actor, post_id: int, state: str) -> InstructionReply:
    """«received» or «done», each once, with its first time; «received» after «done» changes nothing.

    Raises `NotFound`, `NotRequired` for who is not asked, `NotPending` when it no longer waits.
    """
    must_read(work.conn, actor, post_id)
    # Their own row before the tally, as everybody locks them.
    before = _locked(work, post_id, actor.id)
    if before is None:
        raise NotRequired("Nobody has asked this of you.")
    if before.state == "done" or (before.state == "received" and state == "received"):
        return answer(before)
    if before.state not in ("open", "received"):
        raise NotPending("This no longer waits for you.", state=before.state)
    times = {"received_at": before.received_at or work.now, "done_at": work.now if state == "done" else None}
    work.conn.execute(
        update(InstructionPerson)
        .where(_MINE.post_id == post_id, _MINE.person_id == actor.id)
        .values(state=state, **times)
    )
    _move(work, post_id, before.state, state)
    view = InstructionReply(post_id, "done" if state == "done" else "received", **times)
    work.record(events.instruction_answered(actor.id, view))
    count(work, post_id)
    return view


def mine(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    """My answer, or none; what I asked myself comes with its counts."""
    answers = {
        row.post_id: answer(row)
        for row in conn.execute(
            select(_MINE.__table__).where(_MINE.person_id == actor.id, _MINE.post_id.in_(post_ids))
        )
    }
    own: list[Change] = [
        Put("instruction", one, answers[one]) if one in answers else Drop("instruction", one)
        for one in post_ids
    ]
    tallies = conn.execute(
        select(Instruction.__table__)
        .join(Post, Post.id == Instruction.post_id)
        .where(Instruction.post_id.in_(post_ids), Post.author_id == actor.id)
    )
    return [*own, *[Put("tally/instruction", row.post_id, tally(row)) for row in tallies]]


def close(work: Work, post_id: int, hearing: Sequence[str]) -> None:
    """The post is deleted: nobody has to do it any more."""
    waiting = (_MINE.post_id == post_id) & _MINE.state.in_(("open", "received", "left"))
    rows = work.conn.execute(
        select(_MINE.person_id, _MINE.state).where(waiting).order_by(_MINE.person_id).with_for_update()
    ).all()
    work.conn.execute(update(InstructionPerson).where(waiting).values(state="withdrawn"))
    counted = sum(row.state != "left" for row in rows)
    work.conn.execute(
        update(Instruction)
        .where(Instruction.post_id == post_id)
        .values(asked=Instruction.asked - counted, received=0)
    )
    people = [row.person_id for row in rows]
    if people:
        work.record(events.instruction_withdrawn(post_id, people))


def count(work: Work, post_id: int) -> None:
    row = row_of(work.conn, post_id)
    work.record(events.instruction_counted(row.author_id, tally(row)))


def _move(work: Work, post_id: int, before: str, after: str) -> None:
    work.conn.execute(
        update(Instruction)
        .where(Instruction.post_id == post_id)
        .values(
            received=Instruction.received + int(after == "received") - int(before == "received"),
            done=Instruction.done + int(after == "done"),
        )
    )


def _locked(work: Work, post_id: int, person_id: int) -> Any:
    query = select(_MINE.__table__).where(_MINE.post_id == post_id, _MINE.person_id == person_id)
    return work.conn.execute(query.with_for_update()).first()


def row_of(conn: Connection, post_id: int) -> Any:
    """The instruction with what its post says."""
    return conn.execute(
        select(Instruction.__table__, Post.author_id, Post.text, Post.title, Post.files, Post.created_at)
        .join(Post, Post.id == Instruction.post_id)
        .where(Instruction.post_id == post_id)
    ).one()
