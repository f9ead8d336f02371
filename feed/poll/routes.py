"""The routes of votes: policy aloud, call, present."""

from feed.policies import MAY_CLOSE_POLL, MAY_READ_POST, MAY_VOTE
from feed.poll import polls, voters, voting
from feed.poll.inputs import VoteInput, VotersPage
from feed.poll.present import Voted, VoterRow, VoteView
from feed.present import PostView
from server.api.route import Answer, Await, Items, Nothing, Read, Write, awaits, get, put


async def vote(call: Await[VoteInput, Nothing]) -> Answer:
    """Vote, or vote otherwise, until the deadline."""
    body = call.body
    act = voting.Vote(call.actor.id, call.id(), body.version, tuple(body.chosen))
    done = await call.company.small("vote", act)
    return Answer(done.value, done.seq)


def show_mine(call: Read[None, Nothing]) -> VoteView:
    """What I chose; of an anonymous vote nobody else is told, and nobody at all once it has ended."""
    return voting.mine(call.conn, call.company, call.actor, call.id())


def list_voters(call: Read[None, VotersPage]) -> Items[VoterRow]:
    """Who chose an option, where the vote is not anonymous."""
    query = call.query
    return Items(*voters.page(call.conn, call.actor, call.id(), query.option, query.limit, query.cursor))


def close(call: Write[Nothing, Nothing]) -> PostView:
    """End my vote before its deadline."""
    return polls.close(call.work, call.actor, call.id())


ROUTES = [
    awaits("PUT", "/api/posts/{id:int}/vote", MAY_VOTE, vote, output=Voted, body=VoteInput),
    get("/api/posts/{id:int}/vote", MAY_READ_POST, show_mine, output=VoteView),
    get("/api/posts/{id:int}/voters", MAY_READ_POST, list_voters, output=Items[VoterRow], query=VotersPage),
    put("/api/posts/{id:int}/poll/closing", MAY_CLOSE_POLL, close, output=PostView),
]
