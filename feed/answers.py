"""Answers given with receipts (N7): taken with the receipt itself, counted for who sees the names, readable as the receipt is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select

from feed import questions
from feed.models import Post, Receipt, ReceiptAnswer
from feed.policies import may_read
from feed.present import AnswersView, ReceiptView
from feed.questions import Answer, ChoiceAnswer, ChoiceQuestion, FileAnswer, FileInput, NumberAnswer
from server.files import attaching
from server.kit.problems import Problem
from server.org.lines import below
from server.permissions.actor import Actor
from server.work.work import Work

if TYPE_CHECKING:
    from feed.receipts import Act

KIND = "receipt_answer"


def taken(work: Work, act: "Act", asked: str) -> Answer | Problem | None:
    """The answer as it will be kept, None where none is asked for, or why it is refused. A file is the answering person's own upload."""
    answer = act.answer
    problem = questions.refusal(questions.question_of(asked), answer)
    if problem is not None:
        return problem
    if not isinstance(answer, FileInput):
        return answer
    mine = attaching.chosen(act.by or act.person_id, [answer.file], attaching.ready(work, [answer.file]))
    return FileAnswer(mine[0]) if mine else attaching.not_ready([answer.file], "answer.file")


def keep(work: Work, given: Sequence[tuple[int, ReceiptView]]) -> None:
    """Beside their receipts, in the same act."""
    for person_id, view in given:
        if view.answer is None:
            continue
        answer_id = work.conn.execute(
            insert(ReceiptAnswer)
            .values(
                post_id=view.post_id,
                person_id=person_id,
                version=view.confirmed,
                answer=questions.stored(view.answer),
            )
            .returning(ReceiptAnswer.id)
        ).scalar_one()
        if isinstance(view.answer, FileAnswer):
            attaching.hang(work, KIND, {view.answer.file.id: answer_id})


def summary(conn: Connection, asked: Any, whose: ColumnElement[bool]) -> AnswersView | None:
    """Of the receipts that stand on this ask, of these people; None where nothing is asked. Reads every answer."""
    question = questions.question_of(asked.question)
    if question is None:
        return None
    rows = conn.execute(
        select(ReceiptAnswer.answer)
        .join(
            Receipt,
            (Receipt.post_id == ReceiptAnswer.post_id)
            & (Receipt.person_id == ReceiptAnswer.person_id)
            & (Receipt.confirmed == ReceiptAnswer.version),
        )
        .where(Receipt.post_id == asked.post_id, Receipt.version == asked.version, whose)
    )
    found = [questions.answer_of(text) for text in rows.scalars()]
    if isinstance(question, ChoiceQuestion):
        chosen = [0] * len(question.choices)
        for answer in found:
            for place in answer.chosen if isinstance(answer, ChoiceAnswer) else ():
                chosen[place] += 1
        return AnswersView(len(found), chosen)
    values = [answer.value for answer in found if isinstance(answer, NumberAnswer)]
    if not values:
        return AnswersView(len(found))
    return AnswersView(len(found), [], sum(values), min(values), max(values))


def readable_among(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Whose file it is: one's own, of those below, and all of one's own posts; while the post itself may be read."""
    rows = conn.execute(
        select(ReceiptAnswer.id, ReceiptAnswer.post_id)
        .join(Post, Post.id == ReceiptAnswer.post_id)
        .where(ReceiptAnswer.id.in_(ids), _seen_by(actor))
    ).all()
    open_posts = {one for one in {row.post_id for row in rows} if may_read(conn, actor, one)}
    return {row.id for row in rows if row.post_id in open_posts}


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """The rows of the panel that this person sees with their names (W21), and their own."""
    if actor.can("receipts.read"):
        return ReceiptAnswer.id.is_not(None)
    return or_(
        Post.author_id == actor.id,
        ReceiptAnswer.person_id == actor.id,
        ReceiptAnswer.person_id.in_(below(actor.id)),
    )
