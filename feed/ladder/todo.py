"""Who has not confirmed, as a to-do of a deputy or manager who was told: one for each post, derived from the steps that still wait. It
names the people; of the post only what the reader may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from feed.ladder.models import LadderStep, ReceiptLadder
from feed.ladder.policies import MAY_BE_TOLD
from feed.models import Post, Receipt, ReceiptAsk
from feed.policies import readable_among, readers_among
from notifications.todos import TodoKind, TodoView
from server.cards.cards import CardKind, CardView, Ref
from server.files.present import in_a_line
from server.kit.mentions import plain
from server.kit.text import excerpt
from server.org.models import Person
from server.permissions.actor import Actor

KIND = "missing_receipt"
NAMED = 3
_JOINED = (
    (ReceiptLadder.post_id == LadderStep.post_id)
    & (ReceiptLadder.round == LadderStep.round)
    & ReceiptLadder.is_on
    & (LadderStep.step != "nudge")
)


def _waits() -> ColumnElement[bool]:
    """Not ended, of the round that counts, and the receipt is still open."""
    return LadderStep.ended_at.is_(None) & _JOINED & (Receipt.state == "open")


def _rows(which: ColumnElement[bool]) -> Any:
    """The steps that wait, with whom each is about, the ask and the post; the oldest first."""
    newest = (
        select(func.max(ReceiptAsk.version))
        .where(ReceiptAsk.post_id == LadderStep.post_id)
        .correlate(LadderStep)
        .scalar_subquery()
    )
    return (
        select(
            LadderStep.told_id,
            LadderStep.post_id,
            LadderStep.person_id,
            LadderStep.step,
            LadderStep.at,
            Person.name,
            ReceiptAsk.asked_by,
            ReceiptAsk.due_at,
            Post.title,
            Post.text,
            Post.files,
        )
        .join(ReceiptLadder, ReceiptLadder.post_id == LadderStep.post_id)
        .join(ReceiptAsk, (ReceiptAsk.post_id == LadderStep.post_id) & (ReceiptAsk.version == newest))
        .join(
            Receipt,
            (Receipt.post_id == LadderStep.post_id)
            & (Receipt.version == ReceiptAsk.version)
            & (Receipt.person_id == LadderStep.person_id),
        )
        .join(Person, Person.id == LadderStep.person_id)
        .join(Post, Post.id == LadderStep.post_id)
        .where(_waits(), which)
        .order_by(LadderStep.id)
    )


def todos_of(conn: Connection, post_id: int, told: Sequence[int], now: datetime) -> Mapping[int, TodoView]:
    """What each of these has open about this post; who has nothing open is left out."""
    if not told:
        return {}
    rows = conn.execute(_rows((LadderStep.post_id == post_id) & LadderStep.told_id.in_(told))).all()
    seeing = readers_among(conn, post_id, told)
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.told_id, []).append(row)
    return {one: _todo(of_it, one in seeing, now) for one, of_it in found.items()}


def _todo(rows: Sequence[Row[Any]], sees: bool, now: datetime) -> TodoView:
    first = rows[0]
    title = names_of([row.name for row in rows])
    if sees:
        said = first.title or excerpt(in_a_line(plain(first.text), first.files))
        title = f"{title} · {said}"
    return TodoView(
        Ref(KIND, first.post_id),
        KIND,
        title,
        first.asked_by,
        first.at,
        first.due_at,
        first.due_at is not None and first.due_at < now,
        "open",
        first.step,
        Ref("post", first.post_id) if sees else Ref("person", first.person_id),
    )


def names_of(names: Sequence[str]) -> str:
    """«李娜、王伟、张敏 +4»."""
    shown = "、".join(names[:NAMED])
    return f"{shown} +{len(names) - NAMED}" if len(names) > NAMED else shown


def _open(conn: Connection, actor: Actor, now: datetime, limit: int) -> list[TodoView]:
    rows = conn.execute(_rows(LadderStep.told_id == actor.id)).all()
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    newest = list(found)[-limit:]
    seeing = readable_among(conn, actor, newest) if newest else set()
    return [_todo(found[one], one in seeing, now) for one in newest]


def _count(conn: Connection, actor: Actor) -> int:
    waiting = _rows(LadderStep.told_id == actor.id).order_by(None).subquery()
    return conn.execute(select(func.count(waiting.c.post_id.distinct()))).scalar_one()


def _cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    """For notices: whom the reader was told about, by name; nothing of the post."""
    rows = conn.execute(
        select(LadderStep.post_id, Person.name)
        .join(Person, Person.id == LadderStep.person_id)
        .where(LadderStep.told_id == actor.id, LadderStep.step != "nudge", LadderStep.post_id.in_(ids))
        .order_by(LadderStep.id)
    )
    found: dict[int, list[str]] = {}
    for post_id, name in rows:
        found.setdefault(post_id, []).append(name)
    return [CardView(KIND, one, False, names_of(list(dict.fromkeys(names)))) for one, names in found.items()]


MISSING_TODO = TodoKind(KIND, MAY_BE_TOLD, _open, _count)
MISSING_CARDS = CardKind(KIND, MAY_BE_TOLD, _cards)
