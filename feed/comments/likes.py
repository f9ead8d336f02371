"""Liking posts and comments, set-based (lane A): once each, twice is the same, the count moves with the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Table, delete, insert, select, tuple_, update

from feed.comments import events
from feed.comments.models import Comment, CommentLike
from feed.comments.present import CommentLikesTally, LikesTally, comment_like_change, like_change
from feed.comments.reading import readable_among as comments_among
from feed.models import Post, PostLike
from feed.policies import readable_among as posts_among
from server.db.base import table
from server.kit.problems import NotFound, Problem
from server.permissions.actor import load_actor
from server.work.work import Work

Kind = Literal["post", "comment"]
_THINGS: dict[Kind, Table] = {"post": table(Post), "comment": table(Comment)}
_LIKES: dict[Kind, Table] = {"post": table(PostLike), "comment": table(CommentLike)}
Liked = LikesTally | CommentLikesTally


@dataclass(frozen=True, slots=True)
class Like:
    """`on`: likes it from now on, else no longer."""

    person_id: int
    kind: Kind
    thing_id: int
    on: bool


def like_many(work: Work, acts: Sequence[Like]) -> list[Liked | Problem]:
    """Answers the count after all of them. Posts before comments, each in the order of their ids (delivery.md §2)."""
    outcomes: dict[int, Liked | Problem] = {}
    kinds: tuple[Kind, ...] = ("post", "comment")
    for kind in kinds:
        places = [at for at, act in enumerate(acts) if act.kind == kind]
        if places:
            some = _like(work, kind, [acts[at] for at in places])
            outcomes |= dict(zip(places, some, strict=True))
    return [outcomes[at] for at in range(len(acts))]


def _like(work: Work, kind: Kind, acts: Sequence[Like]) -> list[Liked | Problem]:
    rows, may = _locked(work, kind, acts), _allowed(work, kind, acts)
    fine = [act for act in acts if act.thing_id in rows and (act.person_id, act.thing_id) in may]
    had = _held(work, kind, fine)
    wanted = {(act.thing_id, act.person_id): act.on for act in fine}  # of several acts the last counts
    new = sorted(key for key, on in wanted.items() if on and key not in had)
    gone = sorted(key for key, on in wanted.items() if not on and key in had)
    counts = _write(work, kind, rows, new, gone)
    for thing, person in (*new, *gone):
        at = work.now if (thing, person) in new else None
        change = like_change(thing, at) if kind == "post" else comment_like_change(thing, at)
        work.record(events.like_moved(person, change))
    for thing in sorted({thing for thing, _ in (*new, *gone)}):
        _count(work, kind, rows[thing], counts[thing])
    return [(_tally(kind, act.thing_id, counts[act.thing_id]) if act in fine else NotFound()) for act in acts]


def _locked(work: Work, kind: Kind, acts: Sequence[Like]) -> Mapping[int, Any]:
    things = _THINGS[kind]
    post_id = things.c.id if kind == "post" else things.c.post_id
    rows = work.conn.execute(
        select(things.c.id, post_id.label("post"), things.c.author_id, things.c.likes)
        .where(things.c.id.in_({act.thing_id for act in acts}))
        .order_by(things.c.id)
        .with_for_update()
    )
    return {row.id: row for row in rows}


def _allowed(work: Work, kind: Kind, acts: Sequence[Like]) -> set[tuple[int, int]]:
    """(person, thing): who may read what, and so like it."""
    among = posts_among if kind == "post" else comments_among
    found: set[tuple[int, int]] = set()
    for person in dict.fromkeys(act.person_id for act in acts):
        actor = load_actor(work.conn, person)
        if actor is not None:
            ids = sorted({act.thing_id for act in acts if act.person_id == person})
            found |= {(person, one) for one in among(work.conn, actor, ids)}
    return found


def _held(work: Work, kind: Kind, acts: Sequence[Like]) -> set[tuple[int, int]]:
    if not acts:
        return set()
    thing, person = list(_LIKES[kind].c)[:2]
    keys = {(act.thing_id, act.person_id) for act in acts}
    rows = work.conn.execute(select(thing, person).where(tuple_(thing, person).in_(sorted(keys))))
    return {(row[0], row[1]) for row in rows}


def _write(
    work: Work,
    kind: Kind,
    rows: Mapping[int, Any],
    new: Sequence[tuple[int, int]],
    gone: Sequence[tuple[int, int]],
) -> dict[int, int]:
    likes, things = _LIKES[kind], _THINGS[kind]
    name = next(iter(likes.c)).name
    if new:
        values = [{name: thing, "person_id": person, "at": work.now} for thing, person in new]
        work.conn.execute(insert(likes), values)
    if gone:
        work.conn.execute(delete(likes).where(tuple_(likes.c[name], likes.c.person_id).in_(gone)))
    counts = {thing: row.likes for thing, row in rows.items()}
    for step, keys in ((1, new), (-1, gone)):
        for thing, _ in keys:
            counts[thing] += step
    for thing in sorted({thing for thing, _ in (*new, *gone)}):
        work.conn.execute(update(things).where(things.c.id == thing).values(likes=counts[thing]))
    return counts


def _tally(kind: Kind, thing_id: int, count: int) -> Liked:
    return LikesTally(thing_id, count) if kind == "post" else CommentLikesTally(thing_id, count)


def _count(work: Work, kind: Kind, row: Any, count: int) -> None:
    """Tells the author of what is liked, and who watches the post."""
    if kind == "post":
        work.record(events.likes_counted(row.author_id, LikesTally(row.id, count)))
    else:
        work.record(events.comment_likes_counted(row.author_id, row.post, CommentLikesTally(row.id, count)))
