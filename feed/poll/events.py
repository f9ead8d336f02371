"""Facts of votes. Of an anonymous one only that the counts moved: nothing in the log says who voted."""

from feed.comments.events import watch_stream
from feed.poll.present import PollTally, VoteView, tally_put
from server.events.envelope import Event, Put, person_stream


def vote_given(person_id: int, view: VoteView) -> Event:
    """To one's own devices; of named votes alone."""
    return Event("vote.given", [person_stream(person_id)], [Put("vote", view.post_id, view)], actor=person_id)


def votes_counted(author_id: int, view: PollTally) -> Event:
    """To the author and who watches the post; hubs push the newest at most four times a second."""
    return Event(
        "votes.counted",
        [person_stream(author_id), watch_stream(view.post_id)],
        [tally_put(view)],
        merge=f"tally/poll/{view.post_id}",
    )
