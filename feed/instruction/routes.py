"""What recipients answer, and who has answered what."""

from feed.instruction import answers, instructions
from feed.instruction.inputs import InstructionAnswer, InstructionPage
from feed.instruction.present import InstructionPanel, InstructionReply
from feed.policies import MAY_ANSWER, MAY_SEE_ANSWERS
from server.api.route import Nothing, Read, Write, get, put


def reply(call: Write[InstructionAnswer, Nothing]) -> InstructionReply:
    """«Received» or «done», for myself."""
    return instructions.reply(call.work, call.actor, call.id(), call.body.state)


def show_answers(call: Read[None, InstructionPage]) -> InstructionPanel:
    """Who is where with an instruction, as far as it is mine to see."""
    return answers.answers(call.conn, call.actor, call.id(), call.query.limit, call.query.cursor)


ROUTES = [
    put("/api/posts/{id:int}/answer", MAY_ANSWER, reply, output=InstructionReply, body=InstructionAnswer),
    get(
        "/api/posts/{id:int}/answers",
        MAY_SEE_ANSWERS,
        show_answers,
        output=InstructionPanel,
        query=InstructionPage,
    ),
]
