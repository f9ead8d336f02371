"""What becomes of instructions when somebody leaves or comes back: they no longer wait, or wait again."""

from sqlalchemy import select, update

from feed.instruction import events
from feed.instruction.instructions import count
from feed.instruction.models import Instruction, InstructionPerson
from feed.instruction.present import InstructionReply
from feed.instruction.todo import todo
from feed.models import Post
from server.events.envelope import Event
from server.people.leaving import whom
from server.work.work import Work

_MINE = InstructionPerson


def take_away(work: Work, event: Event) -> None:
    """What the leaver still had to do is «left», and who asked sees it at once. Rows before tallies, in key order."""
    held = (_MINE.person_id == whom(event)) & _MINE.state.in_(("open", "received"))
    rows = work.conn.execute(
        select(_MINE.post_id, _MINE.state).where(held).order_by(_MINE.post_id).with_for_update()
    ).all()
    work.conn.execute(update(InstructionPerson).where(held).values(state="left"))
    for row in rows:
        _shift(work, row.post_id, -1, -int(row.state == "received"))


def give_back(work: Work, event: Event) -> None:
    """Asked again, as far as they were."""
    person = whom(event)
    held = (_MINE.person_id == person) & (_MINE.state == "left")
    rows = work.conn.execute(
        select(_MINE.__table__).where(held).order_by(_MINE.post_id).with_for_update()
    ).all()
    for row in rows:
        state = "open" if row.received_at is None else "received"
        work.conn.execute(
            update(InstructionPerson)
            .where(_MINE.post_id == row.post_id, _MINE.person_id == person)
            .values(state=state)
        )
        shown = work.conn.execute(
            select(
                Instruction.post_id,
                Instruction.due_at,
                Post.author_id,
                Post.text,
                Post.files,
                Post.created_at,
            )
            .join(Post, Post.id == Instruction.post_id)
            .where(Instruction.post_id == row.post_id)
        ).one()
        view = InstructionReply(
            row.post_id, "open" if row.received_at is None else "received", row.received_at, None
        )
        work.record(events.instruction_returned(person, view, todo(shown, work.now)))
        _shift(work, row.post_id, 1, int(state == "received"))


def _shift(work: Work, post_id: int, asked: int, received: int) -> None:
    work.conn.execute(
        update(Instruction)
        .where(Instruction.post_id == post_id)
        .values(asked=Instruction.asked + asked, received=Instruction.received + received)
    )
    count(work, post_id)
