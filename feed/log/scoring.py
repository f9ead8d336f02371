"""A score from each person whom a log was handed in to: theirs alone to give and to change."""

from sqlalchemy import update

from feed.log import events
from feed.log.logs import KIND, people_of, scores
from feed.log.models import WorkLogRecipient
from feed.log.present import LogScores
from feed.policies import must_lock
from server.kit.problems import Forbidden
from server.permissions.actor import Actor
from server.work.work import Work


def give(work: Work, actor: Actor, post_id: int, score: int) -> LogScores:
    """1 to 5; the same again changes nothing. Raises `NotFound`, `Forbidden` for whom it was not handed in to."""
    must_lock(work, actor, post_id, KIND)
    people = people_of(work.conn, post_id)
    mine = (WorkLogRecipient.post_id == post_id) & (WorkLogRecipient.person_id == actor.id)
    moved = work.conn.execute(
        update(WorkLogRecipient)
        .where(mine, WorkLogRecipient.score.is_distinct_from(score))
        .values(score=score, scored_at=work.now)
    )
    view = scores(work.conn, [post_id])[post_id]
    if moved.rowcount:
        work.record(events.log_scored(actor.id, view, people))
    elif actor.id not in {one.person_id for one in view.scores}:
        raise Forbidden("To whom it was handed in, scores it.", reason="not_recipient")
    return view
