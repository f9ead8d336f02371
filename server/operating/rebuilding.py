"""`tenfour admin rebuild-…`: what is derived is made anew by its job, beside the running server or as soon as one runs."""

from collections.abc import Mapping

from server.kit.clock import real_now
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.work.work import Work


def rebuild_act(name: str, says: str, job: str) -> OperatorAct:
    """An act that queues the job under a key of its own."""

    def run(work: Work, args: Mapping[str, str]) -> str:
        work.enqueue(job, {}, key=f"{job}/{real_now().isoformat()}")
        return "Queued: the server does it in the background, and what is there stays in use meanwhile."

    return OperatorAct(name, says, BY_THE_OPERATOR, run)
