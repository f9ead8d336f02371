"""What votes add to the feed."""

from feed.poll.models import PollVoter
from feed.poll.polls import JOB, forget_ballots
from feed.poll.present import PollTally, VoteView
from feed.poll.routes import ROUTES
from feed.poll.voting import vote_many
from server.api.entities import Entity
from server.background.jobs import BY_THE_HOUSE, Job
from server.db.base import table
from server.db.invariant import Invariant
from server.secrets.rotation import SealedColumn
from server.work.lanes import SmallAct

PARTS = [
    *ROUTES,
    SmallAct("vote", 26, vote_many),
    Job(JOB, BY_THE_HOUSE, forget_ballots),
    SealedColumn(table(PollVoter), "ballot", "sealed"),
    Entity("tally/poll", PollTally),
    Entity("vote", VoteView),
    Invariant(
        "exactly the posts that carry a vote have one, with its options",
        """SELECT p.id FROM post p LEFT JOIN poll v ON v.post_id = p.id WHERE (p.poll <> '') <> (v.post_id IS NOT NULL)
             OR (v.post_id IS NOT NULL AND (SELECT count(*) FROM poll_option o WHERE o.post_id = p.id) < 2)""",
    ),
    Invariant(
        "the counts of a vote equal a recount",
        """SELECT v.post_id FROM poll v WHERE v.voters <> (SELECT count(*) FROM poll_voter w WHERE w.post_id = v.post_id)
             OR (NOT v.anonymous AND EXISTS (SELECT 1 FROM poll_option o WHERE o.post_id = v.post_id AND o.votes <>
               (SELECT count(*) FROM poll_choice c WHERE c.post_id = o.post_id AND c.place = o.place)))
             OR (NOT v.several AND v.voters <> (SELECT sum(o.votes) FROM poll_option o WHERE o.post_id = v.post_id))""",
    ),
    Invariant(
        "of an anonymous vote nobody's choice lies open, of a named one everybody's is known",
        """SELECT v.post_id FROM poll v WHERE
             (v.anonymous AND EXISTS (SELECT 1 FROM poll_choice c WHERE c.post_id = v.post_id))
             OR (v.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM poll_voter w WHERE w.post_id = v.post_id AND w.sealed IS NOT NULL))
             OR (NOT v.anonymous AND EXISTS (SELECT 1 FROM poll_voter w WHERE w.post_id = v.post_id AND (w.sealed IS NOT NULL
               OR NOT EXISTS (SELECT 1 FROM poll_choice c WHERE c.post_id = w.post_id AND c.person_id = w.person_id))))""",
    ),
]
