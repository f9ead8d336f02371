"""Who will not see what is about to be published."""

from feed.policies import MAY_CHECK_AUDIENCE
from feed.reach.inputs import ReachInput
from feed.reach.present import Reach
from feed.reach.reach import reach
from server.api.route import Answer, Await, Nothing, awaits


async def check(call: Await[ReachInput, Nothing]) -> Answer:
    """How many will see it, and who of the mentioned, or what of the cards, not. A reading POST: it changes nothing."""
    company = call.company
    return Answer(await company.read(lambda conn: reach(conn, call.actor, company.modules, call.body)))


ROUTES = [
    awaits("POST", "/api/posts/audience-check", MAY_CHECK_AUDIENCE, check, output=Reach, body=ReachInput),
]
