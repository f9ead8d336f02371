"""What recipients answer, and who has answered what."""

from feed.instruction import answers, instructions
from feed.instruction.inputs import AnswersPage, ReplyInput
from feed.instruction.present import AnswersView, ReplyView
from feed.policies import MAY_ANSWER, MAY_SEE_ANSWERS
from server.api.route import Nothing, Read, Write, get, put


def reply(call: Write[ReplyInput, Nothing]) -> ReplyView:
    """«Received» or «done», for myself."""
    return instructions.reply(call.work, call.actor, call.id(), call.body.state)


def show_answers(call: Read[None, AnswersPage]) -> AnswersView:
    """Who is where with an instruction, as far as it is mine to see."""
    return answers.answers(call.conn, call.actor, call.id(), call.query.limit, call.query.cursor)


ROUTES = [
    put("/api/posts/{id:int}/answer", MAY_ANSWER, reply, output=ReplyView, body=ReplyInput),
    get("/api/posts/{id:int}/answers", MAY_SEE_ANSWERS, show_answers, output=AnswersView, query=AnswersPage),
]
