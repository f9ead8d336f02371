"""Votes as they are posted, changed while nobody has voted, closed, and forgotten (FEED-08, FEED-09)."""

from typing import Any

from sqlalchemy import delete, insert, select, update

from feed import details
from feed.due import checked_due
from feed.models import Post
from feed.policies import must_read
from feed.poll.inputs import MOST_TEXT, PollInput
from feed.poll.models import Poll, PollOption, PollVoter
from feed.poll.present import PollView, from_stored, stored
from feed.present import PostView, posts
from server.db.base import table
from server.kit.problems import Forbidden, NotFound, WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.search.terms import fold
from server.work.company import Company
from server.work.work import Work

JOB = "forget_ballots"


def begin(work: Work, post_id: int, new: PollInput) -> None:
    """Written in the act of publishing. Raises `Invalid` on `poll.…`."""
    view = _checked(work, new)
    work.conn.execute(
        insert(Poll).values(
            post_id=post_id, several=view.several, anonymous=view.anonymous, closes_at=view.closes_at
        )
    )
    _write_options(work, post_id, view)


def differs(row: Any, new: PollInput) -> bool:
    """Whether this is another vote than the post (its row) has. Raises `Invalid` on `poll…`."""
    was = from_stored(row.poll)
    if was is None:
        raise invalid("poll", "unknown", "This post was published without a vote.")
    if new.anonymous != was.anonymous:
        raise invalid("poll.anonymous", "fixed", "Named or anonymous was decided when it was posted.")
    return (new.options, new.several, new.closes_at) != (was.options, was.several, was.closes_at)


def change(work: Work, row: Any, new: PollInput) -> None:
    """Other options or another deadline, while nobody has voted. `row` is the post's, locked.

    Raises `Invalid` on `poll…`, `WrongState` with `reason`.
    """
    held = _locked(work, row.id)
    if held.closed_at is not None:
        raise WrongState("The vote is closed.", reason="poll_closed")
    if held.voters:
        raise WrongState("Somebody has voted: the options stay as they are.", reason="poll_voted")
    view = _checked(work, new)
    of_it = Poll.post_id == row.id
    values = {"several": view.several, "closes_at": view.closes_at, "since": row.version + 1}
    work.conn.execute(update(Poll).where(of_it).values(values))
    work.conn.execute(delete(PollOption).where(PollOption.post_id == row.id))
    _write_options(work, row.id, view)


def close(work: Work, actor: Actor, post_id: int) -> PostView:
    """Its author ends it before its deadline; twice is the same. Raises `NotFound`, `Forbidden`."""
    must_read(work.conn, actor, post_id)
    # The post before its vote, as who changes and deletes it.
    row = work.conn.execute(select(table(Post)).where(Post.id == post_id).with_for_update()).one()
    held, was = _locked(work, post_id), from_stored(row.poll)
    if held is None or was is None or row.deleted_at is not None:
        raise NotFound()
    if row.author_id != actor.id:
        raise Forbidden("Only the author closes the vote.", next_step="ask_author")
    if not has_ended(held, work.now):
        work.conn.execute(update(Poll).where(Poll.post_id == post_id).values(closed_at=work.now))
        view = PollView(was.options, was.several, was.anonymous, was.closes_at, work.now)
        work.conn.execute(update(Post).where(Post.id == post_id).values(poll=stored(view)))
        _forget(work, post_id)
        details.told(work, actor, row)
    return posts(work.conn, [post_id])[0]


def has_ended(poll: Any, now: Any) -> bool:
    return poll.closed_at is not None or (poll.closes_at is not None and poll.closes_at <= now)


def forget(work: Work, post_id: int) -> None:
    """The post is deleted: nobody can vote any more, so no choice is kept."""
    if _locked(work, post_id) is not None:
        _forget(work, post_id)


async def forget_ballots(company: Company, args: dict[str, Any]) -> None:
    """The deadline of an anonymous vote has come: what was chosen is kept no longer."""

    def turn(work: Work) -> None:
        held = _locked(work, args["post"])
        if held is not None and has_ended(held, work.now):
            _forget(work, held.post_id)

    await company.write(turn)


def _forget(work: Work, post_id: int) -> None:
    """Empties what is sealed, and writes the rows anew in the order of the persons: where they lie says nothing of when they voted."""
    rows = work.conn.execute(
        select(PollVoter.ballot, PollVoter.post_id, PollVoter.person_id)
        .where(PollVoter.post_id == post_id, PollVoter.sealed.is_not(None))
        .order_by(PollVoter.person_id)
    ).all()
    if rows:
        work.conn.execute(delete(PollVoter).where(PollVoter.post_id == post_id))
        work.conn.execute(insert(table(PollVoter)), [{**row._mapping, "sealed": None} for row in rows])


def _locked(work: Work, post_id: int) -> Any:
    return work.conn.execute(select(table(Poll)).where(Poll.post_id == post_id).with_for_update()).first()


def _checked(work: Work, new: PollInput) -> PollView:
    options = [
        clean(text, f"poll.options[{at}]", limit=MOST_TEXT, single_line=True)
        for at, text in enumerate(new.options)
    ]
    if len({fold(one) for one in options}) < len(options):
        raise invalid("poll.options", "twice", "Each option stands there once.")
    return PollView(options, new.several, new.anonymous, checked_due(work, "poll.closes_at", new.closes_at))


def _write_options(work: Work, post_id: int, view: PollView) -> None:
    rows = [
        {"post_id": post_id, "place": at, "text": text, "votes": 0} for at, text in enumerate(view.options)
    ]
    work.conn.execute(insert(table(PollOption)), rows)
    work.conn.execute(update(Post).where(Post.id == post_id).values(poll=stored(view)))
    if view.anonymous and view.closes_at is not None:
        at = view.closes_at
        work.enqueue(JOB, {"post": post_id}, key=f"{JOB}/{post_id}/{int(at.timestamp())}", at=at)
