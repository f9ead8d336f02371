"""With whom a new record begins: an owner and a home pool, or a pool alone (CUST-06 … 08, M33, W6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET, UnsetType
from sqlalchemy import Connection, select

from crm_objects.engine.fields import LinkField
from crm_objects.engine.reading import Desk, Found, desk_of, must_find
from crm_objects.engine.wrong import Wrong, gathered
from crm_objects.pools import reach
from crm_objects.pools.models import Pool, PoolPerson
from crm_objects.pools.policies import EDIT
from server.kit.problems import invalid
from server.org.models import Person


@dataclass(frozen=True)
class Wanted:
    """As it was asked for: None is «nobody» and «none», what is missing follows from the rest."""

    owner: int | UnsetType | None = UNSET
    pool: int | UnsetType | None = UNSET


@dataclass(frozen=True)
class Holding:
    """Of a pooled kind without owner: `pool` is where it lies, else its home. Without both: it follows its customer."""

    owner: int | None
    pool: int | None = None


def held_by(desk: Desk, values: Mapping[str, Any], wanted: Wanted) -> Holding:
    """Raises `Invalid` on `owner`, `pool`, or the link to a record that only who writes it adds to."""
    if not desk.kind.pooled:
        if isinstance(wanted.pool, int):
            raise invalid("pool", "unknown", "Records of this kind lie in no pool.")
        return Holding(_of_what_follows(desk, values, wanted.owner or None))
    if wanted.owner is None:
        if not isinstance(wanted.pool, int):
            raise invalid("owner", "required", "Nobody owns only what lies in a pool.")
        _must_enter(desk, wanted.pool)
        return Holding(None, wanted.pool)
    whose = wanted.owner or desk.actor.id
    must_be_owner(desk.conn, whose)
    home = reach.home_of(desk.conn, desk.kind.kind, whose)
    if isinstance(wanted.pool, UnsetType):
        return Holding(whose, home)
    if wanted.pool is not None and wanted.pool != home:
        _must_know(desk, wanted.pool)
    return Holding(whose, wanted.pool)


def must_hang_there(desk: Desk, one: Found, changed: Mapping[str, Any]) -> None:
    """Into a pool only who writes there moves something, as when it is made there; out of one only what has an owner, who goes on
    answering for it; and nobody below a record of their own what would then be clear to them without a reveal (W13).

    Raises `Invalid` on the link."""
    link = desk.kind.parent
    if link is None or link.name not in changed:
        return
    above = changed[link.name]
    is_pooled = above is not None and _lies_in_a_pool(desk, link, above)
    if desk.kinds[link.to].pooled and one.row.owner_id is None and not is_pooled:
        detail = "It lies in a pool and follows its customer: nobody would answer for it."
        raise gathered({link.name: Wrong("in_pool", detail)})
    if above is not None and _hides_something(desk, one) and _has_hands(desk, link, above):
        detail = "You would see in clear what you may only reveal: become its owner first."
        raise gathered({link.name: Wrong("opens", detail)})


def must_be_owner(conn: Connection, person_id: int) -> None:
    """Raises `Invalid` on `owner` for who is not there or no longer works here."""
    query = select(Person.id).where(Person.id == person_id, Person.kind == "employee", Person.state != "left")
    # Against leaving meanwhile: somebody who has left owns nothing new.
    if conn.execute(query.with_for_update(read=True)).first() is None:
        raise invalid("owner", "not_found", "An owner is somebody who works here.")


def _must_enter(desk: Desk, pool_id: int) -> None:
    """Only its administrators enter what nobody owns (POOL-02)."""
    _must_know(desk, pool_id)
    if desk.conn.execute(reach.led_by(desk.actor.id).where(PoolPerson.pool_id == pool_id)).first() is None:
        raise invalid("pool", "not_administrator", "Only this pool's administrators enter customers in it.")


def _must_know(desk: Desk, pool_id: int) -> None:
    """One that is mine, and not being retired meanwhile."""
    there = select(Pool.id).where(Pool.id == pool_id, Pool.kind == desk.kind.kind, Pool.retired_at.is_(None))
    if not desk.actor.can(EDIT):
        there = there.where(Pool.id.in_(reach.pools_of(desk.actor.id)))
    if desk.conn.execute(there.with_for_update(read=True)).first() is None:
        raise invalid("pool", "not_found", "There is no such pool.")


def _hides_something(desk: Desk, one: Found) -> bool:
    return any(
        field.cls == "contact" and one.rights.sees("contact") != "clear"
        for field in desk.shape.fields.values()
    )


def _has_hands(desk: Desk, link: LinkField, record_id: int) -> bool:
    return must_find(desk_of(desk.conn, desk.actor, desk.kinds, desk.kinds[link.to]), record_id).rights.hands


def _of_what_follows(desk: Desk, values: Mapping[str, Any], owner: int | None) -> int | None:
    """The owner of the record that it follows, where none is named (M20). What follows a pooled one has none, and is made by who writes
    that one."""
    link = desk.kind.parent
    above = None if link is None else values.get(link.name)
    if link is None or above is None:
        whose = owner or desk.actor.id
    elif _lies_in_a_pool(desk, link, above) and owner is None:
        return None
    else:
        whose = owner or _owner_above(desk, link, above) or desk.actor.id
    must_be_owner(desk.conn, whose)
    return whose


def _owner_above(desk: Desk, link: LinkField, record_id: int) -> int | None:
    t = desk.kinds[link.to].table
    return desk.conn.execute(select(t.c.owner_id).where(t.c.id == record_id)).scalar()


def _lies_in_a_pool(desk: Desk, link: LinkField, record_id: int) -> bool:
    """Raises `Invalid` on the link where it does and is not the actor's to write."""
    if not desk.kinds[link.to].pooled or _owner_above(desk, link, record_id) is not None:
        return False
    # Locked, so that who is given it meanwhile gets this one too.
    above = must_find(desk_of(desk.conn, desk.actor, desk.kinds, desk.kinds[link.to]), record_id, lock=True)
    if above.row.owner_id is not None:
        return False
    if not above.rights.may_write:
        detail = "It lies in a pool: only who may change it adds to it."
        raise gathered({link.name: Wrong("forbidden", detail)})
    return True
