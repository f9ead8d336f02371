"""What schedule items tell people: that one they were invited to was moved or cancelled."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.models import Post
from feed.policies import readers_among
from feed.schedule.models import Schedule, ScheduleGuest
from feed.schedule.policies import MAY_ANSWER_INVITATION
from feed.schedule.present import ScheduleTally
from notifications.declared import NoticeKind, Telling
from server.background.reactions import Fact
from server.cards.cards import Ref


def _tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    tellings = []
    for tally in fact.of("tally/schedule", ScheduleTally):
        row = conn.execute(
            select(Schedule.author_id, Schedule.asking)
            .join(Post, Post.id == Schedule.post_id)
            .where(Schedule.post_id == tally.post_id, Post.deleted_at.is_(None))
        ).first()
        if row is None:
            continue
        declined = (ScheduleGuest.answer == "declined") & (ScheduleGuest.answered_for == row.asking)
        query = select(ScheduleGuest.person_id).where(
            ScheduleGuest.post_id == tally.post_id, ScheduleGuest.state != "left", ~declined
        )
        people = sorted(readers_among(conn, tally.post_id, list(conn.execute(query).scalars())))
        key = f"{fact.type}/{tally.post_id}/{fact.seq}"
        tellings.append(Telling(people, Ref("post", tally.post_id), row.author_id, key))
    return tellings


MOVED = NoticeKind("schedule_moved", MAY_ANSWER_INVITATION, frozenset({"schedule.moved"}), _tell)
CANCELLED = NoticeKind("schedule_cancelled", MAY_ANSWER_INVITATION, frozenset({"schedule.cancelled"}), _tell)
