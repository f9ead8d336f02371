"""What instructions tell people: that there is one for them."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from feed.instruction.models import InstructionPerson
from feed.instruction.present import InstructionReply
from feed.models import Post
from feed.policies import MAY_ANSWER
from feed.present import PostMentions
from notifications.declared import NoticeKind, Telling
from server.background.reactions import Fact
from server.cards.cards import Ref


def _given(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Who is mentioned in it hears that anyway."""
    tellings = []
    for view in fact.of("instruction", InstructionReply):
        post = conn.execute(
            select(Post.author_id, Post.mentions, Post.urgent).where(
                Post.id == view.post_id, Post.deleted_at.is_(None)
            )
        ).first()
        if post is None:
            continue
        mentioned = msgspec.json.decode(post.mentions, type=PostMentions).people
        people = select(InstructionPerson.person_id).where(
            InstructionPerson.post_id == view.post_id,
            InstructionPerson.state == "open",
            InstructionPerson.person_id.not_in(mentioned),
        )
        told = list(conn.execute(people.order_by(InstructionPerson.person_id)).scalars())
        key = f"instruction/{view.post_id}"
        tellings.append(Telling(told, Ref("post", view.post_id), post.author_id, key, urgent=post.urgent))
    return tellings


GIVEN = NoticeKind("instruction_given", MAY_ANSWER, frozenset({"instruction.given"}), _given)
