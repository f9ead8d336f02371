"""The only row → JSON of posts and receipts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, bindparam, select

from feed.addressed import AudienceView, audience_view
from feed.models import Post, PostAudience, Receipt, ReceiptAnswer, ReceiptAsk
from feed.poll.present import PollView
from feed.poll.present import from_stored as poll_of
from feed.questions import Answer, Question, answer_of, question_of
from feed.table.present import PostTableView
from feed.table.present import from_stored as table_of
from feed.table.present import words as words_of_table
from server.cards import carrying
from server.cards.carrying import CarriedCard
from server.db.hot import Hot, among
from server.events.envelope import Change, Drop, Put
from server.files.present import FileView, from_stored


class PostMentions(msgspec.Struct, frozen=True):
    people: list[int] = []
    departments: list[int] = []


class Named(msgspec.Struct, frozen=True):
    """Who was asked, as it was named."""

    departments: list[int] = []
    people: list[int] = []
    everyone: bool = False


class ReceiptsView(msgspec.Struct, frozen=True):
    """What a post asks; shared by all readers, so it holds no count and no name of who has answered.

    `by_deputy`: what a deputy confirms counts as confirmed by the person (W34). `question`: what is answered with it (N7).
    `bound`: also who joins later (N6).
    """

    version: int
    due_at: datetime | None
    departments: list[int]
    people: list[int]
    everyone: bool
    by_deputy: bool
    question: Question | None = None
    bound: bool = False


class PostView(msgspec.Struct, frozen=True):
    """`by_id` is who published it for the author, null for most. `details` is what its kind adds (`feed/kinds.py`).
    `topics` are what the text names, folded (`server/kit/topics.py`)."""

    id: int
    kind: str
    author_id: int
    text: str
    version: int
    created_at: datetime
    edited_at: datetime | None
    audience: AudienceView
    mentions: PostMentions
    receipts: ReceiptsView | None
    by_id: int | None
    files: list[FileView] = []
    cards: list[CarriedCard] = []
    title: str = ""
    details: dict[str, Any] | None = None
    poll: PollView | None = None
    topics: list[str] = []
    table: PostTableView | None = None
    urgent: bool = False


class PublishedPost(PostView, frozen=True, kw_only=True):
    """The answer to publishing: `not_notified` names mentioned people and departments that (in part) cannot see the post (M1)."""

    not_notified: PostMentions


class AskView(msgspec.Struct, frozen=True):
    """The asking itself, only in events: from it each client knows whether it is asked."""

    post_id: int
    version: int
    asked_by: int
    asked_at: datetime
    due_at: datetime | None
    departments: list[int]
    people: list[int]
    everyone: bool


class ReceiptView(msgspec.Struct, frozen=True):
    """The reader's own receipt; its id on the wire is the post's. `by_id` is who gave it for them, `confirmed` on which version of
    the post (0: not given)."""

    post_id: int
    version: int
    state: Literal["open", "done", "withdrawn", "left"]
    asked_by: int
    asked_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    by_id: int | None
    confirmed: int = 0
    answer: Answer | None = None


class TallyView(msgspec.Struct, frozen=True):
    """`asked` = open + done; `read` = opened it and has not confirmed yet."""

    post_id: int
    version: int
    asked: int
    done: int
    read: int
    withdrawn: int
    left: int


class ReceiptRow(msgspec.Struct, frozen=True):
    """One required person in the author's panel (W21)."""

    person_id: int
    state: Literal["open", "done", "withdrawn", "left"]
    read_at: datetime | None
    done_at: datetime | None
    by_id: int | None
    confirmed: int = 0
    answer: Answer | None = None


class AnswersView(msgspec.Struct, frozen=True):
    """What those answered whose names the reader sees (N7). `chosen` counts each choice; `sum`, `least`, `most` are of numbers."""

    answered: int
    chosen: list[int] = []
    sum: float | None = None
    least: float | None = None
    most: float | None = None


class ReceiptPanel(msgspec.Struct):
    """`names`: all (author), below (a manager's people), none (counts only). `answers` where a question is asked."""

    names: Literal["all", "below", "none"]
    counts: TallyView
    items: list[ReceiptRow]
    next: str | None
    also: list[Change]
    answers: AnswersView | None = None


class PostVersionView(msgspec.Struct, frozen=True):
    """What a post said and carried in an earlier version, to whom, and since when."""

    version: int
    text: str
    at: datetime
    title: str = ""
    poll: PollView | None = None
    files: list[FileView] = []
    cards: list[CarriedCard] = []
    audience: AudienceView | None = None
    details: dict[str, Any] | None = None


class MarkView(msgspec.Struct, frozen=True):
    """A note of the reader's own on a post, since when; its id on the wire is the post's, its kind `favourite` or `hidden`."""

    at: datetime


class Reminded(msgspec.Struct):
    reminded: int
    next_at: datetime


_named = msgspec.json.Decoder(Named)
_details = msgspec.json.Decoder(dict[str, Any])
_mentions = msgspec.json.Decoder(PostMentions)
_topics = msgspec.json.Decoder(list[str])
_POSTS = Hot(select(Post.__table__).where(among(Post.id, "ids"), Post.deleted_at.is_(None)))
_AUDIENCES = Hot(
    select(PostAudience.post_id, PostAudience.subject)
    .where(among(PostAudience.post_id, "ids"))
    .order_by(PostAudience.subject)
)
_ASKS = Hot(select(ReceiptAsk.__table__).where(among(ReceiptAsk.post_id, "ids")))


def posts(conn: Connection, ids: Iterable[int]) -> list[PostView]:
    """The posts with these ids that were not deleted, in the order asked. The caller has checked who asks. Three queries."""
    wanted = list(ids)
    if not wanted:
        return []
    audiences: dict[int, list[str]] = {one: [] for one in wanted}
    for post_id, subject in _AUDIENCES.rows(conn, {"ids": wanted}):
        audiences[post_id].append(subject)
    asks = {
        (row.post_id, row.version): ReceiptsView(
            row.version,
            row.due_at,
            named.departments,
            named.people,
            named.everyone,
            row.by_deputy,
            question_of(row.question),
            row.bound,
        )
        for row in _ASKS.named(conn, {"ids": wanted})
        for named in [_named.decode(row.named)]
    }
    rows = {row.id: row for row in _POSTS.named(conn, {"ids": wanted})}
    return [_post(rows[one], audiences[one], asks) for one in wanted if one in rows]


def _post(row: Any, subjects: list[str], asks: dict[tuple[int, int], ReceiptsView]) -> PostView:
    versions = [version for post_id, version in asks if post_id == row.id]
    return PostView(
        row.id,
        row.kind,
        row.author_id,
        row.text,
        row.version,
        row.created_at,
        row.edited_at,
        audience_view(subjects),
        _mentions.decode(row.mentions),
        asks[row.id, max(versions)] if versions else None,
        row.by_id,
        from_stored(row.files),
        carrying.from_stored(row.cards),
        row.title,
        details_of(row.details),
        poll_of(row.poll),
        _topics.decode(row.topics) if row.topics else [],
        table_of(row.carried_table),
        row.urgent,
    )


def details_of(text: str) -> dict[str, Any] | None:
    return _details.decode(text) if text else None


def headed(title: str, text: str, poll: PollView | None = None, table: PostTableView | None = None) -> str:
    """All that a post says, for searching: its title, if it has one, before its text, what can be voted for, what its table asks for."""
    parts = (title, text, *(poll.options if poll else ()), *words_of_table(table))
    return "\n".join(part for part in parts if part)


def ask(row: Any) -> AskView:
    """From a row of all `receipt_ask` columns."""
    named = _named.decode(row.named)
    return AskView(
        row.post_id,
        row.version,
        row.asked_by,
        row.asked_at,
        row.due_at,
        named.departments,
        named.people,
        named.everyone,
    )


def tally(row: Any) -> TallyView:
    return TallyView(row.post_id, row.version, row.asked, row.done, row.read, row.withdrawn, row.left)


def receipt(row: Any) -> ReceiptView:
    """From a receipt's columns joined with its ask's."""
    return ReceiptView(
        row.post_id,
        row.version,
        row.state,
        row.asked_by,
        row.asked_at,
        row.due_at,
        row.done_at,
        row.by_id,
        row.confirmed,
        answer_of(row.answer),
    )


# Of the receipt as it stands: what was answered on a version that had to be confirmed again is not it.
ANSWER = (
    select(ReceiptAnswer.answer)
    .where(
        ReceiptAnswer.post_id == Receipt.post_id,
        ReceiptAnswer.person_id == Receipt.person_id,
        ReceiptAnswer.version == Receipt.confirmed,
    )
    .correlate(Receipt)
    .scalar_subquery()
    .label("answer")
)
RECEIPT_COLUMNS = (
    Receipt.post_id,
    Receipt.version,
    Receipt.person_id,
    Receipt.state,
    Receipt.read_at,
    Receipt.done_at,
    Receipt.by_id,
    Receipt.confirmed,
    ReceiptAsk.by_deputy,
    ReceiptAsk.asked_by,
    ReceiptAsk.asked_at,
    ReceiptAsk.due_at,
    ReceiptAsk.question,
    ANSWER,
)

_MY_RECEIPTS = Hot(
    select(*RECEIPT_COLUMNS)
    .join(ReceiptAsk, (ReceiptAsk.post_id == Receipt.post_id) & (ReceiptAsk.version == Receipt.version))
    .where(Receipt.person_id == bindparam("person"), among(Receipt.post_id, "ids"))
    .order_by(Receipt.version)
)


def my_receipts(conn: Connection, person_id: int, post_ids: Iterable[int]) -> list[Change]:
    """For each post this person's newest receipt, or a drop: an answer always says which (docs/wire.md)."""
    wanted = list(post_ids)
    if not wanted:
        return []
    rows = _MY_RECEIPTS.named(conn, {"person": person_id, "ids": wanted})
    mine = {row.post_id: receipt(row) for row in rows}
    return [Put("receipt", one, mine[one]) if one in mine else Drop("receipt", one) for one in wanted]


def receipt_put(view: ReceiptView) -> Put:
    return Put("receipt", view.post_id, view)


def tally_put(view: TallyView) -> Put:
    return Put("tally/receipts", view.post_id, view)
