"""Who holds which role, and giving and taking them."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select, update

from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.problems import Forbidden, NotFound, StaleVersion, WrongState, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.capabilities import covers
from server.permissions.guard import lock_roles, must_leave_an_editor
from server.permissions.models import PersonRole, Role, RoleCapability
from server.permissions.rights import rights_changed
from server.roles.policies import edits_all, must_give_to
from server.roles.present import HolderView
from server.work.work import Work


def page(
    conn: Connection, role_id: int, limit: int | None, cursor: str
) -> tuple[list[HolderView], str | None]:
    """Who holds this role and has not left, by id. Raises `NotFound`."""
    if conn.execute(select(Role.id).where(Role.id == role_id)).first() is None:
        raise NotFound()
    size = page_size(limit)
    after = decode_cursor(cursor, int)
    query = (
        select(PersonRole.person_id, PersonRole.is_given, PersonRole.is_automatic)
        .join(Person, Person.id == PersonRole.person_id)
        .where(PersonRole.role_id == role_id, Person.state != "left")
        .order_by(PersonRole.person_id)
        .limit(size + 1)
    )
    if after is not None:
        query = query.where(PersonRole.person_id > after[0])
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].person_id) if len(rows) > size else None
    return [HolderView(row.person_id, row.is_given, row.is_automatic) for row in rows[:size]], following


def set_roles(
    work: Work, actor: Actor, person_id: int, wanted: Collection[int], before: Collection[int] | None
) -> None:
    """This person's roles given by hand are exactly these; automatic ones stay.

    Raises `Invalid` (`roles`, `not_found`), `Forbidden` for whom or what one cannot give, `StaleVersion` when `before` is no longer so,
    `WrongState` when nobody could edit roles then.
    """
    conn = work.conn
    state = conn.execute(select(Person.state).where(Person.id == person_id)).scalar()
    if state is None:
        raise NotFound()
    must_give_to(conn, actor, person_id)
    if state == "left":
        raise WrongState("This person has left.", reason="person_left")
    lock_roles(conn)
    shall = set(wanted)
    known = set(conn.execute(select(Role.id).where(Role.id.in_(shall))).scalars())
    if known != shall:
        missing = sorted(shall - known)
        raise invalid("roles", "not_found", "Some of these roles are not there (any more).", ids=missing)
    has = set(
        conn.execute(
            select(PersonRole.role_id).where(PersonRole.person_id == person_id, PersonRole.is_given)
        ).scalars()
    )
    if before is not None and set(before) != has:
        raise StaleVersion("Somebody else has just changed this person's roles.", roles=sorted(has))
    given, taken = shall - has, has - shall
    if not given and not taken:
        return
    _must_hold(conn, actor, given | taken)
    _give(conn, person_id, given)
    _take(conn, person_id, taken)
    must_leave_an_editor(conn)
    work.audit("person.roles_changed", ("person", person_id), given=sorted(given), taken=sorted(taken))
    rights_changed(work, [person_id])


def _must_hold(conn: Connection, actor: Actor, role_ids: Collection[int]) -> None:
    """Nobody gives or takes more than they hold, except who edits roles over all."""
    if edits_all(actor):
        return
    for row in conn.execute(
        select(RoleCapability.capability, RoleCapability.scope)
        .where(RoleCapability.role_id.in_(role_ids))
        .order_by(RoleCapability.capability)
    ):
        if not covers(actor.scopes(row.capability), row.scope):
            raise Forbidden(
                f"You do not hold {row.capability} yourself, so you cannot give or take it.",
                reason="beyond_own",
                capability=row.capability,
                next_step="ask_administrator",
            )


def _give(conn: Connection, person_id: int, role_ids: Collection[int]) -> None:
    there = (PersonRole.person_id == person_id) & PersonRole.role_id.in_(role_ids)
    automatic = set(conn.execute(select(PersonRole.role_id).where(there)).scalars())
    conn.execute(update(PersonRole).where(there).values(is_given=True))
    fresh = [{"person_id": person_id, "role_id": one} for one in sorted(set(role_ids) - automatic)]
    if fresh:
        conn.execute(insert(PersonRole), fresh)


def _take(conn: Connection, person_id: int, role_ids: Collection[int]) -> None:
    there = (PersonRole.person_id == person_id) & PersonRole.role_id.in_(role_ids)
    conn.execute(delete(PersonRole).where(there, PersonRole.is_automatic.is_(False)))
    conn.execute(update(PersonRole).where(there).values(is_given=False))
