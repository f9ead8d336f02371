"""What the feed tells people: that a post mentions them, or a department of theirs (FEED-04)."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select

from feed.addressed import AudienceView, audience_view
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


def _seeing(to: AudienceView) -> ColumnElement[bool]:
    return people_in(to.everyone, to.departments, to.people)


def _earlier(conn: Connection, post: PostView) -> list[ColumnElement[bool]]:
    """Whom the last few versions before this one named, where they could see it: they know of it."""
    if post.version == 1:
        return []
    query = select(PostVersion.mentions, PostVersion.addressed).where(
        PostVersion.post_id == post.id, PostVersion.version < post.version
    )
    known: dict[tuple[str, str], ColumnElement[bool]] = {}
    to = post.audience
    for row in conn.execute(query.order_by(PostVersion.version.desc()).limit(20)):
        if row.addressed:
            to = audience_view(msgspec.json.decode(row.addressed, type=list[str]))
        mentions = msgspec.json.decode(row.mentions, type=PostMentions)
        known[row.mentions, str(to)] = _named_in(mentions) & _seeing(to)
    return list(known.values())


def _tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    """Of the mentioned those who see the post; the author knows it."""
    tellings = []
    for post in fact.of("post", PostView):
        if conn.execute(select(Post.deleted_at).where(Post.id == post.id)).scalar() is not None:
            continue
        mentioned = _named_in(post.mentions)
        for told in _earlier(conn, post):
            mentioned &= ~told
        people = conn.execute(
            select(Person.id)
            .where(mentioned, _seeing(post.audience), Person.id != post.author_id)
            .order_by(Person.id)
        ).scalars()
        key = f"mention/post/{post.id}/{post.version}"
        tellings.append(Telling(list(people), Ref("post", post.id), post.author_id, key, urgent=post.urgent))
    return tellings


MENTION = NoticeKind("post_mention", MAY_READ_POST, frozenset({"post.published", "post.changed"}), _tell)
