"""What the feed tells people: that a post mentions them, or a department of theirs (FEED-04)."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select

from feed.audience import people_in
from feed.models import Post, PostVersion
from feed.policies import MAY_READ_POST
from feed.present import PostMentions, PostView
from notifications.declared import NoticeKind, Telling
from server.background.reactions import Fact
from server.cards.cards import Ref
from server.org.lines import members_of
from server.org.models import Person


def _named_in(mentions: PostMentions) -> ColumnElement[bool]:
    return or_(Person.id.in_(mentions.people), Person.id.in_(members_of(mentions.departments)))


def _earlier(conn: Connection, post: PostView) -> list[PostMentions]:
    """Whom the last few versions before this one named: they know of it."""
    if post.version == 1:
        return []
    query = select(PostVersion.mentions).where(
        PostVersion.post_id == post.id, PostVersion.version < post.version
    )
    kept = conn.execute(query.order_by(PostVersion.version.desc()).limit(20)).scalars()
    return [msgspec.json.decode(one, type=PostMentions) for one in dict.fromkeys(kept)]


def _tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Of the mentioned those who see the post; the author knows it."""
    tellings = []
    for post in fact.of("post", PostView):
        if conn.execute(select(Post.deleted_at).where(Post.id == post.id)).scalar() is not None:
            continue
        mentioned = _named_in(post.mentions)
        for earlier in _earlier(conn, post):
            mentioned &= ~_named_in(earlier)
        seeing = people_in(post.audience.everyone, post.audience.departments, post.audience.people)
        people = conn.execute(
            select(Person.id).where(mentioned, seeing, Person.id != post.author_id).order_by(Person.id)
        ).scalars()
        key = f"mention/post/{post.id}/{post.version}"
        tellings.append(Telling(list(people), Ref("post", post.id), post.author_id, key))
    return tellings


MENTION = NoticeKind("post_mention", MAY_READ_POST, frozenset({"post.published", "post.changed"}), _tell)
