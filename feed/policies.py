"""Who may what on the feed. The read rule is one query condition, used for one post and for lists alike (FEED-14, W18)."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select

from feed.audience import people_in
from feed.inputs import AudienceInput
from feed.models import Post, PostAudience, Receipt
from server.events.envelope import EVERYONE, department_stream, person_stream
from server.events.models import StreamGrant
from server.kit.problems import Forbidden, NotFound
from server.org.lines import below, departments_heard_by, is_working_here, members_of
from server.org.models import Person
from server.permissions.actor import Actor, load_actor
from server.permissions.rules import Rule
from server.permissions.scopes import people_within
from server.work.work import Work

MAY_SHARE = Rule("post.share", "Publishing a share.", capability="post.share", deputy="post")
MAY_ANNOUNCE = Rule("post.announce", "Announcing to people within one's scope.", capability="post.announce")
MAY_CHANGE_ANNOUNCEMENT = Rule(
    "announcement.change", "Its author, or who holds `post.moderate`, pins it and says when it expires."
)
MAY_INSTRUCT = Rule("post.instruct", "Instructing people within one's scope.", capability="post.instruct")
MAY_ANSWER = Rule("instruction.answer", "Who was told to do it answers, in person.")
MAY_SEE_ANSWERS = Rule(
    "instruction.see", "Who asked sees all, a manager the people below, other readers the counts."
)
MAY_SET_TASK = Rule("task.set", "Setting a task for people within one's scope.", capability="post.instruct")
MAY_PROGRESS = Rule("task.progress", "Who is to do it, and who set it.")
MAY_READ_POST = Rule("post.read", "Found through one's own audience subjects; others get «not found».")
MAY_READ_ONE_POST = Rule(
    "post.read_one",
    "As above; a deputy reads what the to-dos are about, and what they published for the other.",
    deputy="todos",
)
MAY_CHECK_AUDIENCE = Rule(
    "post.check_audience",
    "Who writes a post learns who will not see what of it.",
    capability="post.share",
)
MAY_COMMENT = Rule(
    "post.comment",
    "Commenting on what one may read; a deputy on what they may read themselves or do for the other.",
    capability="post.comment",
    deputy="post",
)
MAY_LIKE = Rule("post.like", "Liking what one may read.", capability="post.comment")
MAY_FOLLOW = Rule("post.follow", "Being told of new comments on what one may read, or not.")
MAY_MARK = Rule(
    "post.mark", "Keeping what one may read among one's favourites, or out of one's own timeline."
)
MAY_PROVE_POST = Rule("post.prove", "A proof pack of what one may read, with the receipts one sees; audited.")
MAY_VOTE = Rule("post.vote", "Voting on what one may read, in person.")
MAY_CLOSE_POLL = Rule("poll.close", "The author ends a vote before its deadline.")
MAY_USE_TABLES = Rule("tables.use", "Seeing the prepared tables: whoever may post.", capability="post.share")
MAY_PREPARE_TABLES = Rule("tables.prepare", "Keeping the prepared tables.", capability="tables.prepare")
MAY_FILL_TABLE = Rule(
    "table.fill",
    "Filling in a row: the author, and who may read the post where that was said; one's own rows.",
)
MAY_OPEN_TABLE = Rule("table.open", "The author says whether readers fill in the table.")
MAY_MANAGE_TOPICS = Rule("topics.manage", "Keeping the official topics.", capability="topics.manage")
MAY_EDIT_POST = Rule(
    "post.edit", "Only the author; whoever reads it sees that it changed, and what it said before."
)
MAY_DELETE_POST = Rule("post.delete", "One's own; who holds `post.moderate` deletes any that they may read.")
MAY_CHANGE_COMMENT = Rule(
    "comment.change", "One's own within a day; who holds `post.moderate` deletes any that they may read."
)
MAY_CONFIRM = Rule(
    "receipt.give",
    "Who was asked gives the receipt, or a deputy where the author allows it.",
    deputy="receipts",
)
MAY_MANAGE_RECEIPTS = Rule("receipt.manage", "The author asks later, withdraws and reminds.")
MAY_SEE_RECEIPTS = Rule(
    "receipt.see", "The author sees all, a manager the people below, required persons the counts (W21)."
)


# The log number from which a post is addressed to one of its audience's rows.
ADDRESSED_AT = func.coalesce(PostAudience.seq, Post.seq)


def subjects_of(conn: Connection, actor: Actor) -> list[str]:
    """The audience subjects that reach this person now."""
    subjects = [person_stream(actor.id), f"author:{actor.id}"]
    if actor.kind == "employee":
        subjects.append(EVERYONE)
        subjects += [department_stream(one) for one in departments_heard_by(conn, actor.id)]
    return subjects


def readable_by(conn: Connection, actor: Actor) -> ColumnElement[bool]:
    """The posts this person may read: named, in a named department now, or in it when the post was addressed."""
    then = (
        exists()
        .where(
            StreamGrant.person_id == actor.id,
            StreamGrant.stream == PostAudience.subject,
            StreamGrant.to_seq.is_not(None),
            ADDRESSED_AT.between(StreamGrant.from_seq, StreamGrant.to_seq),
        )
        .correlate(PostAudience, Post)
    )
    # One look at each post's few subjects: as two conditions, PostgreSQL collects all posts of all subjects in its kept plans.
    named = or_(PostAudience.subject.in_(subjects_of(conn, actor)), then)
    return exists().where(PostAudience.post_id == Post.id, named).correlate(Post)


def readable_among(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of these posts that the person may read now."""
    return set(conn.execute(select(Post.id).where(Post.id.in_(ids), readable_by(conn, actor))).scalars())


def must_read(conn: Connection, actor: Actor, post_id: int) -> None:
    """Raises `NotFound` for who may not read it, as for what does not exist."""
    if not may_read(conn, actor, post_id) or (actor.by and not _concerns_deputy(conn, actor, post_id)):
        raise NotFound()


def must_comment(conn: Connection, actor: Actor, post_id: int) -> None:
    """Raises `NotFound`. A deputy writes for the principal under what they may read with their own eyes, or do for the principal."""
    if not may_read(conn, actor, post_id):
        raise NotFound()
    if actor.by and not _concerns_deputy(conn, actor, post_id):
        deputy = load_actor(conn, actor.by)
        if deputy is None or not may_read(conn, deputy, post_id):
            raise NotFound()


def readers_of(conn: Connection, post_id: int) -> ColumnElement[bool]:
    """The people who may read this post now, as a condition on `Person`: `readable_by` seen from the other side."""
    post = conn.execute(select(Post.author_id, Post.seq, Post.deleted_at).where(Post.id == post_id)).one()
    if post.deleted_at is not None:
        return false()
    rows = PostAudience.post_id == post_id
    subjects = list(conn.execute(select(PostAudience.subject).where(rows)).scalars())
    named: dict[str, list[int]] = {"person": [], "department": [], "author": []}
    for kind, _, number in (one.partition(":") for one in subjects):
        if number:
            named[kind].append(int(number))
    now = people_in(EVERYONE in subjects, [], [*named["person"], post.author_id])
    if named["department"]:
        now = or_(now, is_working_here() & Person.id.in_(members_of(named["department"])))
    then = (
        exists()
        .where(
            rows,
            StreamGrant.person_id == Person.id,
            StreamGrant.stream == PostAudience.subject,
            func.coalesce(PostAudience.seq, post.seq).between(StreamGrant.from_seq, StreamGrant.to_seq),
        )
        .correlate(Person)
    )
    return or_(now, then & (Person.state != "left"))


def readers_among(conn: Connection, post_id: int, people: Sequence[int]) -> set[int]:
    """Those of these people who may read the post now."""
    if not people:
        return set()
    query = select(Person.id).where(Person.id.in_(people), readers_of(conn, post_id))
    return set(conn.execute(query).scalars())


def _concerns_deputy(conn: Connection, actor: Actor, post_id: int) -> bool:
    """A deputy reads as the principal only what a receipt was asked on, and what they published themselves for the principal."""
    asked = select(Receipt.post_id).where(Receipt.post_id == post_id, Receipt.person_id == actor.id)
    own = select(Post.id).where(Post.id == post_id, Post.author_id == actor.id, Post.by_id == actor.by)
    return conn.execute(asked.limit(1)).first() is not None or conn.execute(own).first() is not None


def must_mark_urgent(conn: Connection, actor: Actor, to: AudienceInput) -> None:
    """Raises `Forbidden` with `reason` urgent: nobody's quiet hours are broken but of those whom one's roles reach."""
    if not actor.can("post.mark_urgent"):
        raise Forbidden("Your roles do not let you mark anything urgent.", reason="urgent")
    reached = people_in(to.everyone, to.departments, to.people)
    must_lie_within(conn, actor, "post.mark_urgent", reached, reason="urgent")


def must_lie_within(
    conn: Connection,
    actor: Actor,
    capability: str,
    reached: ColumnElement[bool],
    reason: str = "beyond_scope",
) -> None:
    """Raises `Forbidden` with how many of the reached (a condition on `Person`) lie `beyond` the actor's scope."""
    others = reached & (Person.id != actor.id) & ~people_within(actor, capability)
    beyond = conn.execute(select(func.count()).select_from(Person).where(others)).scalar_one()
    if beyond:
        raise Forbidden(
            "Your roles do not reach everyone chosen.",
            beyond=beyond,
            reason=reason,
            next_step="choose_own_line",
        )


def must_lock_own(work: Work, actor: Actor, post_id: int, kind: str) -> Any:
    """The post's row, locked, of this kind and the actor's to change. Raises `NotFound`, `Forbidden`."""
    row = must_lock(work, actor, post_id, kind)
    if row.author_id != actor.id and not actor.can("post.moderate"):
        raise Forbidden("Only the author does this.", next_step="ask_author")
    return row


def must_lock(work: Work, actor: Actor, post_id: int, kind: str) -> Any:
    """The post's row, locked, of this kind and the actor's to read. Raises `NotFound`."""
    must_read(work.conn, actor, post_id)
    row = work.conn.execute(select(Post.__table__).where(Post.id == post_id).with_for_update()).one()
    if row.kind != kind or row.deleted_at is not None:
        raise NotFound()
    return row


def may_read(conn: Connection, actor: Actor, post_id: int) -> bool:
    return (
        conn.execute(select(Post.id).where(and_(Post.id == post_id, readable_by(conn, actor)))).first()
        is not None
    )


def receipts_seen_by(conn: Connection, actor: Actor, post_id: int) -> Literal["all", "below", "none"] | None:
    """`all`, `below`, `none` (counts only), or None when not even the counts are theirs to see. Raises `NotFound`."""
    must_read(conn, actor, post_id)
    author = conn.execute(select(Post.author_id).where(Post.id == post_id)).scalar_one()
    if author == actor.id or actor.can("receipts.read"):
        return "all"
    line = (
        select(Receipt.person_id)
        .where(Receipt.post_id == post_id, Receipt.person_id.in_(below(actor.id)))
        .limit(1)
    )
    if conn.execute(line).first() is not None:
        return "below"
    own = select(Receipt.person_id).where(
        Receipt.post_id == post_id, Receipt.person_id == actor.id, Receipt.state.in_(("open", "done"))
    )
    return "none" if conn.execute(own.limit(1)).first() is not None else None


def may_watch_post(conn: Connection, actor: Actor, post_id: int) -> bool:
    """For the socket's watch `post:9`: its comments, likes and their counts."""
    return may_read(conn, actor, post_id)


def may_watch_receipts(conn: Connection, actor: Actor, post_id: int) -> bool:
    """For the socket's watch `receipts:9`."""
    try:
        return receipts_seen_by(conn, actor, post_id) is not None
    except NotFound:
        return False
