"""What logs tell people: that one was handed in to them, that theirs was scored, that one is still missing."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.log.logs import KIND
from feed.log.models import LogCall, WorkLog
from feed.log.periods import parts_of
from feed.log.policies import MAY_WRITE_LOG
from feed.log.present import LogScores
from feed.policies import MAY_READ_POST, readers_among
from feed.present import PostView
from notifications.declared import NoticeKind, Telling
from notifications.todos import TodoView
from server.background.reactions import Fact
from server.cards.cards import Ref


def _handed_in(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Who is mentioned in it hears that anyway."""
    tellings = []
    for post in fact.of("post", PostView):
        if post.kind != KIND or post.details is None:
            continue
        people = set(post.details["recipients"]) - set(post.mentions.people)
        seeing = sorted(readers_among(conn, post.id, sorted(people)))
        tellings.append(Telling(seeing, Ref("post", post.id), post.author_id, f"log/{post.id}"))
    return tellings


def _scored(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Of each who scores it once; that a score was changed is seen on the log."""
    tellings = []
    for view in fact.of("log_scores", LogScores):
        writer = conn.execute(select(WorkLog.person_id).where(WorkLog.post_id == view.post_id)).scalar()
        if writer is not None and fact.actor is not None:
            key = f"log_score/{view.post_id}/{fact.actor}"
            tellings.append(Telling([writer], Ref("post", view.post_id), fact.actor, key))
    return tellings


def _called_for(conn: Connection, fact: Fact) -> Sequence[Telling]:
    tellings = []
    for view in fact.of("todo/log", TodoView):
        about = parts_of(view.ref.id)
        if about is None or fact.actor is None:
            continue
        people = conn.execute(
            select(LogCall.person_id)
            .where(
                LogCall.template_id == about[0],
                LogCall.period == about[1],
                LogCall.asked_by == fact.actor,
                LogCall.asked_at == view.asked_at,
            )
            .order_by(LogCall.person_id)
        ).scalars()
        # One call to very many people is several events: its moment names it.
        key = f"log_call/{view.ref.id}/{view.asked_at:%Y%m%dT%H%M%S.%f}"
        tellings.append(Telling(list(people), view.ref, fact.actor, key))
    return tellings


NOTICES = [
    NoticeKind("log_handed_in", MAY_READ_POST, frozenset({"post.published"}), _handed_in),
    NoticeKind("log_scored", MAY_READ_POST, frozenset({"log.scored"}), _scored),
    NoticeKind("log_called_for", MAY_WRITE_LOG, frozenset({"log.called_for"}), _called_for),
]
