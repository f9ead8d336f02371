"""Changing a post: a new version, the earlier one kept; minor, or to be confirmed again (FEED-28, N4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from feed import audience, carrying, details, events, mentioned, readdressing
from feed.confirming_again import ask_again
from feed.earlier import both
from feed.inputs import AudienceInput, ChangedPost
from feed.kinds import Changed, PostKind, kind_named
from feed.models import Post, PostMention, PostVersion, Receipt
from feed.policies import must_mark_urgent, must_read
from feed.poll import polls
from feed.present import AskView, Named, PublishedPost, ask, my_receipts, posts
from feed.publishing import MAX_TEXT, checked_title, keys_stored, published
from feed.receipts import count
from feed.topic import tagging
from server.cards import carrying as cards
from server.cards.carrying import CarriedCard
from server.files.present import FileView, stored
from server.kit.mentions import mentions_in
from server.kit.problems import Forbidden, NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.kit.topics import topics_in
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the post is to be."""

    title: str
    text: str
    files: Sequence[FileView]
    cards: Sequence[CarriedCard]
    before: AudienceInput
    audience: AudienceInput
    fields: Any


def edit(work: Work, actor: Actor, post_id: int, change: ChangedPost) -> PublishedPost:
    """What it is already changes nothing. Raises `NotFound`, `Forbidden`, `StaleVersion` with both, `Invalid` on a field, `WrongState`
    with `ids` where the audience leaves out somebody of whom something is asked, and `release` does not say that it ends."""
    row, kind = _mine_to_change(work, actor, post_id, change)
    wanted = _wanted(work, actor, kind, row, change)
    votes = change.poll is not None and polls.differs(row, change.poll)
    fields = wanted.fields
    if votes or _differs(row, wanted) or (fields is not None and kind.differs(work, post_id, fields)):
        if change.version < row.version:
            sides = both(work.conn, post_id, change.version)
            raise StaleVersion(
                "It was changed meanwhile.", version=row.version, given=change.version, **sides
            )
        _carry_out(work, actor, kind, row, wanted, change.release)
        if change.poll is not None and votes:
            polls.change(work, row, change.poll)
        asked = ask_again(work, post_id, row.version + 1) if change.confirm_again else None
        _tell(work, row, asked)
    return published(work.conn, posts(work.conn, [post_id])[0], wanted.audience)


def rewrite(work: Work, row: Any, title: str, text: str, shape: msgspec.Struct) -> None:
    """A new version of a post whose text follows from its details. The caller has locked the row and checked everything."""
    _write(work, row, title, text)
    details.keep(work, row.id, shape)
    _tell(work, row, None)


def _mine_to_change(work: Work, actor: Actor, post_id: int, change: ChangedPost) -> tuple[Any, PostKind]:
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
    return row, kind


def _wanted(work: Work, actor: Actor, kind: PostKind, row: Any, change: ChangedPost) -> _Wanted:
    files = carrying.files_wanted(work, actor, row, change.files)
    before = readdressing.named(work, row.id)
    return _Wanted(
        row.title if change.title is None else checked_title(kind, change.title),
        clean(change.text, "text", limit=MAX_TEXT, required=not files),
        files,
        carrying.cards_wanted(work, actor, row, change.cards),
        before,
        readdressing.wanted(work, row, before, change.audience, kind.may_be_own),
        kind.read_change(change.details),
    )


def _differs(row: Any, wanted: _Wanted) -> bool:
    now = (row.title, row.text, row.files, row.cards)
    then = (wanted.title, wanted.text, stored(wanted.files), cards.stored(wanted.cards))
    return now != then or wanted.before != wanted.audience


def _carry_out(work: Work, actor: Actor, kind: PostKind, row: Any, wanted: _Wanted, release: bool) -> None:
    is_moved = wanted.before != wanted.audience
    if is_moved and row.urgent:
        must_mark_urgent(work.conn, actor, readdressing.added(wanted.before, wanted.audience))
    addressed = audience.subjects_of_post(work, row.id) if is_moved else []
    carrying.move(work, row, wanted.files)
    _write(work, row, wanted.title, wanted.text, addressed, wanted.files, wanted.cards)
    lost = readdressing.readdress(work, actor, row, wanted.audience, release) if is_moved else frozenset()
    kind.change(
        work,
        actor,
        Changed(row.id, wanted.before, wanted.audience, lost, wanted.cards, release, wanted.fields),
    )


def _write(
    work: Work,
    row: Any,
    title: str,
    text: str,
    addressed: Sequence[str] = (),
    files: Sequence[FileView] | None = None,
    carried: Sequence[CarriedCard] | None = None,
) -> None:
    """The row as it was becomes a version; files and cards left out stay."""
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
            files=row.files,
            cards=row.cards,
            details=row.details,
            addressed=msgspec.json.encode(list(addressed)).decode() if addressed else "",
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
            files=row.files if files is None else stored(files),
            cards=row.cards if carried is None else cards.stored(carried),
            version=row.version + 1,
            edited_at=work.now,
        )
    )
    work.conn.execute(delete(PostMention).where(PostMention.post_id == row.id))
    mentioned.note(work, row.id, mentions)
    tagging.forget(work, row.id)
    tagging.note(work, row.id, row.author_id, topics)


def _tell(work: Work, row: Any, asked: Any) -> None:
    """Every reader at once; then those apart for whom the ask, as it was named, no longer says what is asked of them."""
    view = posts(work.conn, [row.id])[0]
    hearing = audience.who_hears(work, row, audience.subjects_of_post(work, row.id))
    shown: AskView | None = None if asked is None else ask(asked)
    event = work.record(events.post_changed(view, hearing, shown))
    readdressing.stamp(work, row.id, event)
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
