"""People's own pictures: kept in two sizes as we encoded them, served under their hash, so that browsers may keep them for ever."""

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from server.kit.problems import NotFound
from server.org.models import Person
from server.people.membership import hold_org
from server.people.models import PersonPicture
from server.people.telling import tell
from server.people.versions import bump
from server.permissions.actor import Actor
from server.permissions.scopes import people_within
from server.work.work import Work

SIZES: Final = (64, 256)


def may_change(conn: Connection, actor: Actor, person_id: int) -> None:
    """One's own, and those of the people one may edit. Raises `NotFound`."""
    if person_id != actor.id:
        within = select(Person.id).where(Person.id == person_id, people_within(actor, "people.edit"))
        if conn.execute(within).first() is None:
            raise NotFound()


def keep(work: Work, actor: Actor, person_id: int, squares: Sequence[bytes]) -> None:
    """`squares` in the order of `SIZES`; the earlier picture goes."""
    may_change(work.conn, actor, person_id)
    digest = hashlib.sha256(b"".join(squares)).hexdigest()[:32]
    _replace(work, actor, person_id, digest)
    work.conn.execute(
        insert(PersonPicture),
        [
            {"person_id": person_id, "size": size, "hash": digest, "data": data}
            for size, data in zip(SIZES, squares, strict=True)
        ],
    )


def take_away(work: Work, actor: Actor, person_id: int) -> None:
    may_change(work.conn, actor, person_id)
    _replace(work, actor, person_id, "")


def _replace(work: Work, actor: Actor, person_id: int, digest: str) -> None:
    hold_org(work.conn)
    work.conn.execute(delete(PersonPicture).where(PersonPicture.person_id == person_id))
    work.conn.execute(update(Person).where(Person.id == person_id).values(picture=digest))
    bump(work.conn, {person_id: ["picture"]})
    if person_id != actor.id:
        work.audit("person.picture_changed", ("person", person_id))
    tell(work, actor.id, people=[person_id])


def one(conn: Connection, person_id: int, digest: str, size: int) -> bytes:
    """Raises `NotFound`, also for a picture that was replaced."""
    data = conn.execute(
        select(PersonPicture.data).where(
            PersonPicture.person_id == person_id, PersonPicture.size == size, PersonPicture.hash == digest
        )
    ).scalar()
    if data is None:
        raise NotFound()
    return bytes(data)


def say_about(work: Work, actor: Actor, about: str) -> None:
    """The line that one writes about oneself."""
    hold_org(work.conn)
    work.conn.execute(update(Person).where(Person.id == actor.id).values(about=about))
    bump(work.conn, {actor.id: ["about"]})
    tell(work, actor.id, people=[actor.id])
