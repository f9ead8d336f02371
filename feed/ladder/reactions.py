"""What waits on deputies and managers ends by itself: whenever a receipt was given, withdrawn or asked anew, or a post is gone, the
steps that no longer wait are closed, and those who were told see it at once. Worked out from the rows, not from what changed."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, not_, or_, select, update

from feed.ladder import events
from feed.ladder.models import LadderStep, ReceiptLadder
from feed.ladder.policies import MAY_BE_TOLD
from feed.ladder.todo import todos_of
from feed.models import Post, Receipt, ReceiptAsk
from server.background.reactions import Effect, Fact, Reaction
from server.people.leaving import LEFT
from server.work.company import Company
from server.work.work import Work

MOVES = frozenset(
    {
        "receipt.given",
        "receipt.withdrawn",
        "receipt.told",
        "post.changed",
        "post.deleted",
        LEFT,
        "ladder.set",
    }
)


def prepare(conn: Connection, company: Company, facts: Sequence[Fact]) -> Effect | None:
    return _end if _over(conn) else None


def _over(conn: Connection) -> list[tuple[int, int, int]]:
    """(step, post, told) of the steps that no longer wait: the receipt is not open, the round is over, or the post is gone."""
    newest = (
        select(func.max(ReceiptAsk.version))
        .where(ReceiptAsk.post_id == LadderStep.post_id)
        .correlate(LadderStep)
        .scalar_subquery()
    )
    is_open = and_(
        Receipt.state == "open",
        ReceiptLadder.is_on,
        ReceiptLadder.round == LadderStep.round,
        Post.deleted_at.is_(None),
    )
    rows = conn.execute(
        select(LadderStep.id, LadderStep.post_id, LadderStep.told_id)
        .join(ReceiptLadder, ReceiptLadder.post_id == LadderStep.post_id)
        .join(Post, Post.id == LadderStep.post_id)
        .outerjoin(
            Receipt,
            (Receipt.post_id == LadderStep.post_id)
            & (Receipt.version == newest)
            & (Receipt.person_id == LadderStep.person_id),
        )
        .where(
            LadderStep.ended_at.is_(None),
            LadderStep.step != "nudge",
            or_(Receipt.state.is_(None), not_(is_open)),
        )
        .order_by(LadderStep.id)
    )
    return [(row.id, row.post_id, row.told_id) for row in rows]


def _end(work: Work) -> None:
    over = _over(work.conn)
    work.conn.execute(
        update(LadderStep)
        .where(LadderStep.id.in_([step for step, _, _ in over]), LadderStep.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    told: dict[int, set[int]] = {}
    for _, post_id, person in over:
        told.setdefault(post_id, set()).add(person)
    for post_id, people in sorted(told.items()):
        left = todos_of(work.conn, post_id, sorted(people), work.now)
        for person in sorted(people):
            view = left.get(person)
            work.record(
                events.missing_ended(person, post_id) if view is None else events.missing_told(person, view)
            )


ENDED = Reaction("missing receipts", MAY_BE_TOLD, MOVES, prepare)
