"""What the feed tells people: that a post mentions them, or a department of theirs (FEED-04)."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from feed.audience import people_in
from feed.models import Post
from feed.policies import MAY_READ_POST
from feed.present import PostView
from notifications.declared import NoticeKind, Telling
from server.background.reactions import Fact
from server.cards.cards import Ref
from server.org.lines import members_of
from server.org.models import Person


def _tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Of the mentioned those who see the post; the author knows it."""
    tellings = []
    for post in fact.of("post", PostView):
        if conn.execute(select(Post.deleted_at).where(Post.id == post.id)).scalar() is not None:
            continue
        mentioned = or_(
            Person.id.in_(post.mentions.people), Person.id.in_(members_of(post.mentions.departments))
        )
        seeing = people_in(post.audience.everyone, post.audience.departments, post.audience.people)
        people = conn.execute(
            select(Person.id).where(mentioned, seeing, Person.id != post.author_id).order_by(Person.id)
        ).scalars()
        key = f"mention/post/{post.id}/{post.version}"
        tellings.append(Telling(list(people), Ref("post", post.id), post.author_id, key))
    return tellings


MENTION = NoticeKind("post_mention", MAY_READ_POST, frozenset({"post.published"}), _tell)
