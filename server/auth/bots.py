"""Robots: persons of kind bot, made by administrators for a purpose, with somebody who answers for each. They are in no «everyone»."""

from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select, update

from server.auth import tokens
from server.auth.ending import end_everything
from server.auth.models import AccessToken, Bot
from server.auth.present import BotView, TokenView, bot
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import EVERYONE, Event
from server.kit.clock import real_now
from server.kit.problems import NotFound, WrongState, invalid
from server.kit.text import clean
from server.org.models import Person
from server.people.membership import settle
from server.people.present import person_puts
from server.permissions import roles
from server.permissions.actor import Actor, load_actor
from server.work.work import Work

_OWNER = Person.__table__.alias("owner")


def make(work: Work, actor: Actor, name: str, purpose: str, owner_id: int) -> int:
    """A new bot with the role of a member. Raises `Invalid` on `name`, `purpose`, `owner_id`."""
    name = clean(name, "name", limit=100, single_line=True)
    purpose = clean(purpose, "purpose", limit=300, single_line=True)
    owner = select(Person.id).where(
        Person.id == owner_id, Person.state == "active", Person.kind == "employee"
    )
    if work.conn.execute(owner).first() is None:
        raise invalid("owner_id", "not_found", "The owner is a colleague who is here.")
    bot_id = int(
        work.conn.execute(
            insert(Person)
            .values(kind="bot", state="active", name=name, title=purpose[:100], created_at=work.now)
            .returning(Person.id)
        ).scalar_one()
    )
    work.conn.execute(
        insert(Bot).values(
            person_id=bot_id, purpose=purpose, owner_id=owner_id, created_by=actor.id, created_at=real_now()
        )
    )
    roles.give(work.conn, "member", [bot_id])
    event = Event("person.changed", [EVERYONE], person_puts(work.conn, [bot_id]), actor=actor.id)
    settle(work, work.record(event), [bot_id])
    work.audit("bot.made", ("person", bot_id), owner=owner_id)
    return bot_id


def every_one(conn: Connection, limit: int | None, cursor: str) -> tuple[list[BotView], str | None]:
    """All bots, newest first."""
    size, before = page_size(limit), decode_cursor(cursor, int)
    query = _shown().order_by(Person.id.desc()).limit(size + 1)
    if before is not None:
        query = query.where(Person.id < before[0])
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    return [bot(row) for row in rows[:size]], following


def one(conn: Connection, bot_id: int) -> BotView:
    """Raises `NotFound`, also for a person who is no bot."""
    row = conn.execute(_shown().where(Person.id == bot_id)).first()
    if row is None:
        raise NotFound()
    return bot(row)


def retire(work: Work, actor: Actor, bot_id: int) -> None:
    """The bot leaves: its tokens end with their sockets, its name stays on what it wrote. Raises `NotFound`, `WrongState`."""
    one(work.conn, bot_id)
    left = work.conn.execute(
        update(Person).where(Person.id == bot_id, Person.state == "active").values(state="left")
    )
    if not left.rowcount:
        raise WrongState("This robot was switched off already.", reason="retired")
    end_everything(work, bot_id)
    event = Event("person.changed", [EVERYONE], person_puts(work.conn, [bot_id]), actor=actor.id)
    settle(work, work.record(event), [bot_id])
    work.audit("bot.retired", ("person", bot_id))


def make_token(work: Work, actor: Actor, bot_id: int, name: str, scopes: list[str], days: int) -> TokenView:
    """Raises `NotFound` for who is no bot: nobody makes tokens of colleagues."""
    one(work.conn, bot_id)
    return tokens.make(work, actor, bot_id, name, scopes, days)


def acting(conn: Connection, actor: Actor, bot_id: int) -> Actor:
    """The bot as it acts. Raises `Forbidden` for who runs no bots, `NotFound` for who is none, or was switched off."""
    actor.must("bots.manage")
    one(conn, bot_id)
    found = load_actor(conn, bot_id)
    if found is None:
        raise NotFound()
    return found


def _shown() -> Select[Any]:
    working = select(func.count(AccessToken.id)).where(
        and_(
            AccessToken.person_id == Person.id,
            AccessToken.revoked_at.is_(None),
            AccessToken.expires_at > real_now(),
        )
    )
    return (
        select(
            Person.id,
            Person.name,
            Person.state,
            Bot.purpose,
            Bot.owner_id,
            _OWNER.c.name.label("owner_name"),
            Bot.created_at,
            working.scalar_subquery().label("tokens"),
        )
        .join(Bot, Bot.person_id == Person.id)
        .join(_OWNER, _OWNER.c.id == Bot.owner_id)
    )
