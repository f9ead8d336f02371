"""What instructions add to the feed."""

from feed.instruction.answers import on_paper
from feed.instruction.inputs import InstructionInput
from feed.instruction.instructions import KIND, begin, close, follow, mine
from feed.instruction.notices import GIVEN
from feed.instruction.present import InstructionReply, InstructionTally, InstructionView
from feed.instruction.reactions import give_back, take_away
from feed.instruction.readdressing import readdressed
from feed.instruction.routes import ROUTES
from feed.instruction.todo import INSTRUCTION_TODO, count_for
from feed.kinds import PostKind
from feed.policies import MAY_INSTRUCT
from notifications.todos import TodoView
from server.api.entities import Entity
from server.db.invariant import Invariant
from server.people.handover import HandoverPart
from server.people.leaving import LEFT, RETURNED
from server.work.within import Within

INSTRUCTION = PostKind(
    KIND,
    MAY_INSTRUCT,
    takes_receipts=False,
    fields=InstructionInput,
    shape=InstructionView,
    begin=begin,
    follow=follow,
    mine=mine,
    change=readdressed,
    close=close,
    on_paper=on_paper,
)

PARTS = [
    *INSTRUCTION.parts,
    *ROUTES,
    GIVEN,
    INSTRUCTION_TODO,
    Entity("instruction", InstructionReply),
    Entity("tally/instruction", InstructionTally),
    Entity("todo/instruction", TodoView),
    Within(LEFT, "instructions are taken away", take_away),
    Within(RETURNED, "instructions are given back", give_back),
    HandoverPart("instructions", count_for),
    Invariant(
        "an instruction's tally equals a recount of its recipients",
        """SELECT i.post_id FROM instruction i WHERE
             i.asked <> (SELECT count(*) FROM instruction_person p WHERE p.post_id = i.post_id
                         AND p.state IN ('open', 'received', 'done'))
             OR i.received <> (SELECT count(*) FROM instruction_person p WHERE p.post_id = i.post_id
                               AND p.state = 'received')
             OR i.done <> (SELECT count(*) FROM instruction_person p WHERE p.post_id = i.post_id AND p.state = 'done')""",
    ),
    Invariant(
        "no instruction waits for who has left or on a post that was deleted",
        """SELECT i.post_id FROM instruction_person i JOIN person p ON p.id = i.person_id JOIN post o ON o.id = i.post_id
             WHERE i.state IN ('open', 'received') AND (p.state = 'left' OR o.deleted_at IS NOT NULL)""",
    ),
]
