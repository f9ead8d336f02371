"""Changing a post: a new version, the earlier one kept; minor, or to be confirmed again (FEED-28, N4)."""

from typing import Any

import msgspec
from sqlalchemy import delete, insert, literal, select, update

from feed import audience, details, events, mentioned
from feed.earlier import difference
from feed.inputs import AudienceInput, ChangedPost
from feed.kinds import kind_named
from feed.models import EarlierReceipt, Post, PostMention, PostVersion, Receipt, ReceiptAsk
from feed.policies import must_read
from feed.poll import polls
from feed.present import AskView, Named, PublishedPost, ask, my_receipts, posts
from feed.publishing import MAX_TEXT, checked_title, keys_stored, published
from feed.receipts import count
from feed.topic import tagging
from server.kit.mentions import mentions_in
from server.kit.problems import Forbidden, NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.kit.topics import topics_in
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work


def edit(work: Work, actor: Actor, post_id: int, change: ChangedPost) -> PublishedPost:
    """The same text again changes nothing. Raises `NotFound`, `Forbidden`, `StaleVersion` with both texts, `Invalid` on a field."""
    must_read(work.conn, actor, post_id)
    # The post before its receipts, as who comments, likes and deletes locks it first.
    row = work.conn.execute(select(Post.__table__).where(Post.id == post_id).with_for_update()).one()
    if row.author_id != actor.id:
        raise Forbidden("Only the author changes this.", next_step="ask_author")
    if row.deleted_at is not None:
        raise NotFound()
    if change.version > row.version:
        raise invalid("version", "range", f"The newest version is {row.version}.", maximum=row.version)
    kind = kind_named(work.company.modules, row.kind)
    if not kind.is_edited:
        raise WrongState("Posts of this kind stay as they were published.", reason="not_edited")
    text = clean(change.text, "text", limit=MAX_TEXT, required=not row.files)
    title = row.title if change.title is None else checked_title(kind, change.title)
    votes = change.poll is not None and polls.differs(row, change.poll)
    if votes or (text, title) != (row.text, row.title):
        if change.version < row.version:
            texts = difference(work.conn, post_id, change.version)
            raise StaleVersion(
                "It was changed meanwhile.", version=row.version, given=change.version, **texts
            )
        _write(work, row, title, text)
        if change.poll is not None and votes:
            polls.change(work, row, change.poll)
        asked = _ask_again(work, post_id, row.version + 1) if change.confirm_again else None
        _tell(work, row, asked)
    view = posts(work.conn, [post_id])[0]
    to = AudienceInput(view.audience.everyone, view.audience.departments, view.audience.people)
    return published(work.conn, view, to)


def rewrite(work: Work, row: Any, title: str, text: str, shape: msgspec.Struct) -> None:
    """A new version of a post whose text follows from its details. The caller has locked the row and checked everything."""
    _write(work, row, title, text)
    details.keep(work, row.id, shape)
    _tell(work, row, None)


def _write(work: Work, row: Any, title: str, text: str) -> None:
    mentions = mentioned.checked(work.conn, mentions_in(text))
    topics = topics_in(text)
    work.conn.execute(
        insert(PostVersion).values(
            post_id=row.id,
            version=row.version,
            text=row.text,
            title=row.title,
            mentions=row.mentions,
            poll=row.poll,
            at=row.edited_at or row.created_at,
        )
    )
    work.conn.execute(
        update(Post)
        .where(Post.id == row.id)
        .values(
            text=text,
            title=title,
            mentions=msgspec.json.encode(mentions).decode(),
            topics=keys_stored(topics),
            version=row.version + 1,
            edited_at=work.now,
        )
    )
    work.conn.execute(delete(PostMention).where(PostMention.post_id == row.id))
    mentioned.note(work, row.id, mentions)
    tagging.forget(work, row.id)
    tagging.note(work, row.id, row.author_id, topics)


def _ask_again(work: Work, post_id: int, version: int) -> Any:
    """Who had confirmed must again; who has not yet, still must. What they gave is kept apart. The newest ask's row.

    Receipts before their tally, in key order: as everybody locks them who gives receipts.
    """
    asked = _newest_ask(work, post_id)
    if asked is None:
        raise invalid("confirm_again", "nothing_asked", "This post asks for no receipts.")
    of_it = (Receipt.post_id == post_id) & (Receipt.version == asked.version)
    rows = work.conn.execute(
        select(Receipt.person_id, Receipt.state, Receipt.read_at)
        .where(of_it)
        .order_by(Receipt.person_id)
        .with_for_update()
    ).all()
    given = of_it & (Receipt.state == "done")
    work.conn.execute(
        insert(EarlierReceipt).from_select(
            ["post_id", "person_id", "confirmed", "done_at", "by_id"],
            select(
                Receipt.post_id, Receipt.person_id, Receipt.confirmed, Receipt.done_at, Receipt.by_id
            ).where(given),
        )
    )
    anew = of_it & Receipt.state.in_(("open", "done"))
    work.conn.execute(
        update(Receipt)
        .where(anew)
        .values(state="open", done_at=None, by_id=None, read_at=None, confirmed=literal(0))
    )
    done = sum(one.state == "done" for one in rows)
    work.conn.execute(
        update(ReceiptAsk)
        .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == asked.version)
        .values(done=ReceiptAsk.done - done, read=0, counts_from=version)
    )
    return _newest_ask(work, post_id)


def _newest_ask(work: Work, post_id: int) -> Any:
    query = select(ReceiptAsk.__table__).where(ReceiptAsk.post_id == post_id)
    return work.conn.execute(query.order_by(ReceiptAsk.version.desc()).limit(1)).first()


def _tell(work: Work, row: Any, asked: Any) -> None:
    """Every reader at once; then those apart for whom the ask, as it was named, no longer says what is asked of them."""
    view = posts(work.conn, [row.id])[0]
    hearing = audience.who_hears(work, row, audience.subjects_of_post(work, row.id))
    shown: AskView | None = None if asked is None else ask(asked)
    work.record(events.post_changed(view, hearing, shown))
    if asked is None:
        return
    named = msgspec.json.decode(asked.named, type=Named)
    reached = audience.people_in(named.everyone, named.departments, named.people) & (
        Person.id != asked.asked_by
    )
    would = set(work.conn.execute(select(Person.id).where(reached)).scalars())
    is_open = select(Receipt.person_id).where(
        Receipt.post_id == row.id, Receipt.version == asked.version, Receipt.state == "open"
    )
    owing = set(work.conn.execute(is_open).scalars())
    for person in sorted(would ^ owing):
        for mine in my_receipts(work.conn, person, [row.id]):
            work.record(events.receipt_told(person, mine))
    count(work, row.id, asked.version)
