"""Official topics (FEED-06): made, renamed, retired and brought back by an administrator. What was written stays as it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from feed.topic.models import OfficialTopic, TopicName
from feed.topic.present import OfficialTopicView
from server.db.base import table
from server.events.envelope import EVERYONE, Event, Put
from server.kit.problems import NotFound, StaleVersion, WrongState, invalid
from server.kit.topics import Topic, named
from server.permissions.actor import Actor
from server.work.work import Work

MOST = 200


def listed(conn: Connection, retired_too: bool = True) -> list[OfficialTopicView]:
    """By name."""
    query = select(table(OfficialTopic))
    if not retired_too:
        query = query.where(OfficialTopic.retired_at.is_(None))
    return sorted(_views(conn, conn.execute(query)), key=lambda one: (one.retired_at is not None, one.name))


def of(conn: Connection, actor: Actor) -> list[OfficialTopicView]:
    """All of them, for colleagues: what the company calls its own is not told outside."""
    return listed(conn) if actor.kind == "employee" else []


def make(work: Work, actor: Actor, name: str) -> OfficialTopicView:
    """Raises `Invalid` on `name` (also `duplicate`), `WrongState` when there are too many."""
    topic = named(name, "name")
    count = select(func.count()).select_from(OfficialTopic)
    if work.conn.execute(count).scalar_one() >= MOST:
        raise WrongState(f"At most {MOST} official topics.", reason="topics_full", limit=MOST)
    _must_be_free(work, topic, None)
    topic_id = work.conn.execute(
        insert(OfficialTopic).values(name=topic.name, created_at=work.now).returning(OfficialTopic.id)
    ).scalar_one()
    work.conn.execute(insert(TopicName).values(key=topic.key, topic_id=topic_id))
    work.audit("topic.created", ("topic", topic_id))
    return _told(work, actor, topic_id)


def rename(work: Work, actor: Actor, topic_id: int, version: int, name: str) -> OfficialTopicView:
    """Posts under the earlier name belong to it as before. Raises `NotFound`, `StaleVersion`, `Invalid` on `name`."""
    row = _locked(work, topic_id)
    topic = named(name, "name")
    if topic.name == row.name:
        return view(work.conn, topic_id)
    if version != row.version:
        raise StaleVersion("It was changed meanwhile.", version=row.version, given=version)
    if _must_be_free(work, topic, topic_id):
        work.conn.execute(insert(TopicName).values(key=topic.key, topic_id=topic_id))
    work.conn.execute(
        update(OfficialTopic)
        .where(OfficialTopic.id == topic_id)
        .values(name=topic.name, version=OfficialTopic.version + 1)
    )
    work.audit("topic.renamed", ("topic", topic_id))
    return _told(work, actor, topic_id)


def retire(work: Work, actor: Actor, topic_id: int, retired: bool) -> OfficialTopicView:
    """No longer offered, or offered again; twice is the same. Raises `NotFound`."""
    row = _locked(work, topic_id)
    if (row.retired_at is not None) == retired:
        return view(work.conn, topic_id)
    work.conn.execute(
        update(OfficialTopic)
        .where(OfficialTopic.id == topic_id)
        .values(retired_at=work.now if retired else None, version=OfficialTopic.version + 1)
    )
    if retired:
        work.audit("topic.retired", ("topic", topic_id))
    else:
        work.audit("topic.restored", ("topic", topic_id))
    return _told(work, actor, topic_id)


def view(conn: Connection, topic_id: int) -> OfficialTopicView:
    """Raises `NotFound`."""
    found = _views(conn, conn.execute(select(table(OfficialTopic)).where(OfficialTopic.id == topic_id)))
    if not found:
        raise NotFound()
    return found[0]


def _views(conn: Connection, rows: Iterable[Any]) -> list[OfficialTopicView]:
    keys: dict[int, list[str]] = {}
    for key, topic_id in conn.execute(select(TopicName.key, TopicName.topic_id).order_by(TopicName.key)):
        keys.setdefault(topic_id, []).append(key)
    return [
        OfficialTopicView(row.id, row.name, keys[row.id], row.version, row.created_at, row.retired_at)
        for row in rows
    ]


def _locked(work: Work, topic_id: int) -> Any:
    query = select(table(OfficialTopic)).where(OfficialTopic.id == topic_id).with_for_update()
    row = work.conn.execute(query).first()
    if row is None:
        raise NotFound()
    return row


def _must_be_free(work: Work, topic: Topic, topic_id: int | None) -> bool:
    """Whether nobody has this name; one's own earlier one may be taken back. The key is unique besides: of two at once one looks again."""
    taken = work.conn.execute(select(TopicName.topic_id).where(TopicName.key == topic.key)).scalar()
    if taken is not None and taken != topic_id:
        raise invalid("name", "duplicate", "There is one of this name already, or was.")
    return taken is None


def _told(work: Work, actor: Actor, topic_id: int) -> OfficialTopicView:
    made = view(work.conn, topic_id)
    work.record(Event("topic.changed", [EVERYONE], [Put("topic", topic_id, made)], actor=actor.id))
    return made


def keys_under(officials: Sequence[OfficialTopicView], topic: Topic) -> list[str]:
    """All names under which posts of this topic stand."""
    return next((one.keys for one in officials if topic.key in one.keys), [topic.key])
