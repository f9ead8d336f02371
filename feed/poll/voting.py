"""Voting, set-based (lane A): once each, changed until it ends, the counts move with the rows.

Whoever votes locks the vote's row, so the counts are exact however many vote at once and from wherever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, tuple_, update

from feed.models import Post
from feed.policies import must_read, readers_among
from feed.poll import events
from feed.poll.inputs import MOST
from feed.poll.models import Poll, PollChoice, PollOption, PollVoter
from feed.poll.polls import has_ended
from feed.poll.present import PollTally, Voted, VoteView, tallies
from server.db.base import table
from server.db.hot import Hot
from server.kit.problems import NotFound, Problem, StaleVersion, Unavailable, VoteClosed, invalid
from server.permissions.actor import Actor
from server.secrets.box import CannotOpen, Secrets
from server.work.company import Company
from server.work.work import Work

Key = tuple[int, int]  # post, person
Choice = tuple[int, ...]
_RESEAL = Hot(
    update(PollVoter).where(PollVoter.ballot == bindparam("v_ballot")).values(sealed=bindparam("v_sealed"))
)
_COUNT = Hot(
    update(PollOption)
    .where(PollOption.post_id == bindparam("v_post"), PollOption.place == bindparam("v_place"))
    .values(votes=PollOption.votes + bindparam("v_step"))
)


@dataclass(frozen=True, slots=True)
class Vote:
    """`version` of the post that the person had before them; `chosen` are places of options, rising."""

    person_id: int
    post_id: int
    version: int
    chosen: Choice


def vote_many(work: Work, acts: Sequence[Vote]) -> list[Voted | Problem]:
    """Answers the counts after all of them; of several votes of one person the last one counts."""
    polls = _locked(work, acts)
    counts = tallies(work.conn, list(polls))
    may = {
        one: readers_among(work.conn, one, sorted({act.person_id for act in acts if act.post_id == one}))
        for one in polls
    }
    refusals = [_refusal(work, act, polls.get(act.post_id), counts, may) for act in acts]
    fine = [act for act, refusal in zip(acts, refusals, strict=True) if refusal is None]
    wanted = {(act.post_id, act.person_id): act.chosen for act in fine}
    had = _had(work, polls, wanted)
    moved = {key: wanted[key] for key in sorted(wanted) if had.get(key) != wanted[key]}
    if moved:
        _write(work, polls, had, moved)
        counts |= tallies(work.conn, sorted({post for post, _ in moved}))
        _tell(work, polls, counts, moved)
    return [
        refusal or Voted(VoteView(act.post_id, list(wanted[act.post_id, act.person_id])), counts[act.post_id])
        for act, refusal in zip(acts, refusals, strict=True)
    ]


def mine(conn: Connection, company: Company, actor: Actor, post_id: int) -> VoteView:
    """What I chose, also of an anonymous vote while it goes on. Raises `NotFound` when I have not voted."""
    must_read(conn, actor, post_id)
    row = conn.execute(
        select(PollVoter.ballot, PollVoter.sealed).where(
            PollVoter.post_id == post_id, PollVoter.person_id == actor.id
        )
    ).first()
    if row is None:
        raise NotFound()
    if row.sealed is not None:
        return VoteView(post_id, list(_opened(company.secrets, row)))
    places = select(PollChoice.place).where(PollChoice.post_id == post_id, PollChoice.person_id == actor.id)
    return VoteView(post_id, list(conn.execute(places.order_by(PollChoice.place)).scalars()) or None)


def _locked(work: Work, acts: Sequence[Vote]) -> dict[int, Any]:
    rows = work.conn.execute(
        select(table(Poll), Post.author_id)
        .join(Post, Post.id == Poll.post_id)
        .where(Poll.post_id.in_({act.post_id for act in acts}))
        .order_by(Poll.post_id)
        .with_for_update(of=table(Poll))
    )
    return {row.post_id: row for row in rows}


def _refusal(
    work: Work, act: Vote, poll: Any, counts: Mapping[int, PollTally], may: Mapping[int, set[int]]
) -> Problem | None:
    if poll is None or act.person_id not in may[act.post_id]:
        return NotFound()
    if has_ended(poll, work.now):
        return VoteClosed(closed_at=poll.closed_at or poll.closes_at)
    if act.version < poll.since:
        return StaleVersion("The options were changed meanwhile.", version=poll.since, given=act.version)
    last = len(counts[act.post_id].votes) - 1
    if max(act.chosen) > last:
        return invalid("chosen", "range", f"The last option is {last}.", maximum=last)
    if list(act.chosen) != sorted(set(act.chosen)):
        return invalid("chosen", "twice", "Each option once, in their order.")
    if len(act.chosen) > 1 and not poll.several:
        return invalid("chosen", "too_many", "Only one of the options.", limit=1)
    return None


def _had(work: Work, polls: Mapping[int, Any], wanted: Mapping[Key, Choice]) -> dict[Key, Choice]:
    """What those chose before who voted before."""
    if not wanted:
        return {}
    ballots = [_ballot(key) for key in wanted]
    rows = work.conn.execute(select(table(PollVoter)).where(PollVoter.ballot.in_(ballots))).all()
    had: dict[Key, Choice] = {
        (row.post_id, row.person_id): _opened(work.company.secrets, row)
        for row in rows
        if row.sealed is not None
    }
    named = {(row.post_id, row.person_id) for row in rows if not polls[row.post_id].anonymous}
    if named:
        chosen = select(PollChoice.post_id, PollChoice.person_id, PollChoice.place).where(
            PollChoice.post_id.in_({post for post, _ in named}),
            PollChoice.person_id.in_({person for _, person in named}),
        )
        for row in work.conn.execute(chosen.order_by(PollChoice.place)):
            had[row.post_id, row.person_id] = (*had.get((row.post_id, row.person_id), ()), row.place)
    return had


def _write(
    work: Work, polls: Mapping[int, Any], had: Mapping[Key, Choice], moved: Mapping[Key, Choice]
) -> None:
    secret = {key: chosen for key, chosen in moved.items() if polls[key[0]].anonymous}
    sealed = _sealed(work, secret)
    new = [key for key in moved if key not in had]
    if new:
        values = [
            {"ballot": _ballot(key), "post_id": key[0], "person_id": key[1], "sealed": sealed.get(key)}
            for key in new
        ]
        work.conn.execute(insert(table(PollVoter)), values)
    again = [{"v_ballot": _ballot(key), "v_sealed": sealed[key]} for key in secret if key in had]
    if again:
        _RESEAL.many(work.conn, again)
    open_ones = [key for key in moved if key not in secret]
    before = [key for key in open_ones if key in had]
    if before:
        chose = tuple_(PollChoice.post_id, PollChoice.person_id)
        work.conn.execute(delete(PollChoice).where(chose.in_(before)))
    if open_ones:
        choices = [
            {"post_id": post, "person_id": person, "place": place}
            for post, person in open_ones
            for place in moved[post, person]
        ]
        work.conn.execute(insert(table(PollChoice)), choices)
    steps: dict[tuple[int, int], int] = {}
    for key, chosen in moved.items():
        for step, places in ((1, chosen), (-1, had.get(key, ()))):
            for place in places:
                steps[key[0], place] = steps.get((key[0], place), 0) + step
    _COUNT.many(
        work.conn,
        [{"v_post": post, "v_place": place, "v_step": step} for (post, place), step in sorted(steps.items())],
    )
    for post in sorted({post for post, _ in new}):
        count = sum(1 for one, _ in new if one == post)
        work.conn.execute(update(Poll).where(Poll.post_id == post).values(voters=Poll.voters + count))


def _tell(
    work: Work, polls: Mapping[int, Any], counts: Mapping[int, PollTally], moved: Mapping[Key, Choice]
) -> None:
    for (post, person), chosen in moved.items():
        if not polls[post].anonymous:
            work.record(events.vote_given(person, VoteView(post, list(chosen))))
    for post in sorted({post for post, _ in moved}):
        work.record(events.votes_counted(polls[post].author_id, counts[post]))


def _ballot(key: Key) -> str:
    return f"{key[0]}/{key[1]}"


def _sealed(work: Work, secret: Mapping[Key, Choice]) -> dict[Key, str]:
    """Each as long as any other: a sign for every option that there could be."""
    made: dict[Key, str] = {}
    for key, chosen in secret.items():
        signs = "".join("x" if place in chosen else "." for place in range(MOST))
        where = (PollVoter.__tablename__, "sealed", _ballot(key))
        secrets = work.company.secrets
        # The first one writes down with which key.
        made[key] = secrets.sealed(signs, where) if made else secrets.seal(work.conn, signs, where)
    return made


def _opened(secrets: Secrets, row: Any) -> Choice:
    try:
        signs = secrets.open(row.sealed, (PollVoter.__tablename__, "sealed", row.ballot))
    except CannotOpen as error:
        raise Unavailable("This server's key does not open the vote.") from error
    return tuple(place for place, sign in enumerate(signs) if sign == "x")
