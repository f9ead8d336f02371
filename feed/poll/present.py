"""Votes on the wire: what all readers see, the counts, and the reader's own."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, and_, bindparam, select

from feed.poll.models import Poll, PollChoice, PollOption, PollVoter
from server.db.hot import Hot, among
from server.events.envelope import Change, Drop, Put
from server.permissions.actor import Actor


class PollView(msgspec.Struct, frozen=True):
    """The same for every reader. `closes_at` is the deadline, `closed_at` when its author closed it earlier."""

    options: list[str]
    several: bool
    anonymous: bool
    closes_at: datetime | None
    closed_at: datetime | None = None


class PollTally(msgspec.Struct, frozen=True):
    """`votes` by the place of the option; with several choices they are more than `voters`."""

    post_id: int
    voters: int
    votes: list[int]


class VoteView(msgspec.Struct, frozen=True):
    """The reader's own vote; its id on the wire is the post's. `chosen` null: an anonymous one says only that it was given."""

    post_id: int
    chosen: list[int] | None


class Voted(msgspec.Struct, frozen=True):
    """The answer to voting: the own vote with what was chosen, and the counts after it."""

    vote: VoteView
    tally: PollTally


class VoterRow(msgspec.Struct, frozen=True):
    person_id: int


_decoder = msgspec.json.Decoder(PollView)
_TALLIES = Hot(
    select(Poll.post_id, Poll.voters, PollOption.votes)
    .join(PollOption, PollOption.post_id == Poll.post_id)
    .where(among(Poll.post_id, "ids"))
    .order_by(Poll.post_id, PollOption.place)
)
_MINE = Hot(
    select(PollVoter.post_id, PollChoice.place)
    .outerjoin(
        PollChoice, and_(PollChoice.post_id == PollVoter.post_id, PollChoice.person_id == PollVoter.person_id)
    )
    .where(PollVoter.person_id == bindparam("person"), among(PollVoter.post_id, "ids"))
    .order_by(PollVoter.post_id, PollChoice.place)
)


def stored(view: PollView | None) -> str:
    return msgspec.json.encode(view).decode() if view is not None else ""


def from_stored(text: str) -> PollView | None:
    """From a row of `post`."""
    return _decoder.decode(text) if text else None


def tallies(conn: Connection, post_ids: Sequence[int]) -> dict[int, PollTally]:
    found: dict[int, PollTally] = {}
    if not post_ids:
        return found
    for post_id, voters, votes in _TALLIES.rows(conn, {"ids": list(post_ids)}):
        found.setdefault(post_id, PollTally(post_id, voters, [])).votes.append(votes)
    return found


def about_polls(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    """The counts of these posts' votes, and my own or that I have none. Who acts for somebody sees no vote of theirs."""
    counts = tallies(conn, post_ids)
    changes: list[Change] = [tally_put(one) for one in counts.values()]
    if counts and not actor.by:
        mine: dict[int, list[int]] = {}
        for post_id, place in _MINE.rows(conn, {"person": actor.id, "ids": list(counts)}):
            mine.setdefault(post_id, []).extend([] if place is None else [place])
        changes += [vote_change(one, mine.get(one)) for one in counts]
    return changes


def tally_put(view: PollTally) -> Put:
    return Put("tally/poll", view.post_id, view)


def vote_change(post_id: int, chosen: list[int] | None) -> Put | Drop:
    """`chosen` empty: anonymous; None: none was given."""
    if chosen is None:
        return Drop("vote", post_id)
    return Put("vote", post_id, VoteView(post_id, chosen or None))
