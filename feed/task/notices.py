"""What tasks tell people: that one was set for them. One that was opened again is among their to-dos."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from feed.models import Post
from feed.policies import MAY_PROGRESS
from feed.present import PostMentions
from feed.task.models import TaskPerson
from notifications.declared import NoticeKind, Telling
from notifications.todos import TodoView
from server.background.reactions import Fact
from server.cards.cards import Ref


def _set(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Who set it knows it, and who is mentioned in it hears that anyway."""
    tellings: list[Telling] = []
    for view in fact.of("todo/task", TodoView):
        post_id = view.ref.id
        post = conn.execute(
            select(Post.author_id, Post.mentions, Post.urgent).where(
                Post.id == post_id, Post.deleted_at.is_(None)
            )
        ).first()
        if post is None:
            continue
        known = [post.author_id, *msgspec.json.decode(post.mentions, type=PostMentions).people]
        people = select(TaskPerson.person_id).where(
            TaskPerson.post_id == post_id, TaskPerson.person_id.not_in(known)
        )
        told = list(conn.execute(people.order_by(TaskPerson.person_id)).scalars())
        # A key for each: a changed task is set anew, and tells only those who were not told.
        tellings += [
            Telling([one], Ref("post", post_id), post.author_id, f"task/{post_id}/{one}", urgent=post.urgent)
            for one in told
        ]
    return tellings


SET = NoticeKind("task_set", MAY_PROGRESS, frozenset({"task.set"}), _set)
