"""Who is where with an instruction: who asked sees all, a manager the people below, recipients the counts."""

from typing import Literal

from sqlalchemy import Connection, select

from feed.instruction.models import Instruction, InstructionPerson
from feed.instruction.present import InstructionPanel, InstructionRow, tally
from feed.kinds import PaperRow
from feed.models import Post
from feed.policies import must_read
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change
from server.kit.problems import NotFound
from server.org.lines import below
from server.people.present import person_puts_for
from server.permissions.actor import Actor


def answers(conn: Connection, actor: Actor, post_id: int, limit: int | None, cursor: str) -> InstructionPanel:
    """Raises `NotFound` for who may not read it and for what is no instruction."""
    must_read(conn, actor, post_id)
    asked = conn.execute(select(Instruction.__table__).where(Instruction.post_id == post_id)).first()
    if asked is None:
        raise NotFound()
    names = _names(conn, actor, post_id)
    if names == "none":
        return InstructionPanel(names, tally(asked), [], None, [])
    size, after = page_size(limit, 100), decode_cursor(cursor, int)
    query = select(InstructionPerson.__table__).where(InstructionPerson.post_id == post_id)
    if names == "below":
        query = query.where(InstructionPerson.person_id.in_(below(actor.id)))
    if after is not None:
        query = query.where(InstructionPerson.person_id > after[0])
    rows = conn.execute(query.order_by(InstructionPerson.person_id).limit(size + 1)).all()
    items = [InstructionRow(row.person_id, row.state, row.received_at, row.done_at) for row in rows[:size]]
    following = encode_cursor(items[-1].person_id) if len(rows) > size else None
    people: list[Change] = list(person_puts_for(conn, actor, [row.person_id for row in items]))
    return InstructionPanel(names, tally(asked), items, following, people)


def on_paper(conn: Connection, actor: Actor, post_id: int) -> list[PaperRow]:
    """The same rows, all of them."""
    names = _names(conn, actor, post_id)
    if names == "none":
        return []
    query = select(InstructionPerson.__table__).where(InstructionPerson.post_id == post_id)
    if names == "below":
        query = query.where(InstructionPerson.person_id.in_(below(actor.id)))
    return [
        PaperRow(row.person_id, row.state, row.done_at or row.received_at)
        for row in conn.execute(query.order_by(InstructionPerson.person_id))
    ]


def _names(conn: Connection, actor: Actor, post_id: int) -> Literal["all", "below", "none"]:
    author = conn.execute(select(Post.author_id).where(Post.id == post_id)).scalar_one()
    if author == actor.id or actor.can("receipts.read"):
        return "all"
    line = select(InstructionPerson.person_id).where(
        InstructionPerson.post_id == post_id, InstructionPerson.person_id.in_(below(actor.id))
    )
    return "below" if conn.execute(line.limit(1)).first() is not None else "none"
