"""Setting another password: one's own with the old one, or by a link (`resets`). Every other device is signed out."""

from typing import Any

from sqlalchemy import Connection, delete, select, update

from server.auth import delays, passwords
from server.auth.ending import end_devices
from server.auth.models import PasswordReset
from server.kit.clock import real_now
from server.kit.problems import WrongState, invalid
from server.org.models import Person, SignInName
from server.permissions.actor import Actor
from server.work.company import Company
from server.work.work import Work


async def change(company: Company, actor: Actor, old: str, new: str, address: str, write: Any) -> None:
    """Raises `Invalid` on `old_password` or `password`, or `TooSoon`: wrong tries count as at the door."""
    keys = delays.keys(f"own {actor.id}", address)

    def look(conn: Connection) -> str | None:
        delays.check(conn, keys, real_now())
        must_not_be_weak(conn, actor.id, new)
        return conn.execute(select(Person.password_hash).where(Person.id == actor.id)).scalar()

    before = await company.read(look)
    right = await passwords.verify(before, old, delays.place(address))
    hashed = await passwords.hash_password(new) if right else ""

    def turn(work: Work) -> bool:
        delays.settle(work.conn, keys, real_now(), right)
        if right:
            store(work, actor.id, hashed, by="oneself", before=before, but=actor.session_id)
        return right

    if not (await write(turn)).value:
        raise invalid("old_password", "wrong", "This is not your present password.")


def must_not_be_weak(conn: Connection, person_id: int, password: str) -> None:
    """Raises `Invalid` on field `password`; one's own name and sign-in names are no passwords."""
    names = list(conn.execute(select(SignInName.name).where(SignInName.person_id == person_id)).scalars())
    name = conn.execute(select(Person.name).where(Person.id == person_id)).scalar() or ""
    passwords.check_strength(password, (name, *names))


def store(
    work: Work, person_id: int, hashed: str, *, by: str, before: str | None = None, but: int = 0
) -> None:
    """Of two who change it at once (`before` is what both saw) one wins, the other gets `WrongState`."""
    changing = update(Person).where(Person.id == person_id, Person.state == "active")
    if before is not None:
        changing = changing.where(Person.password_hash == before)
    if work.conn.execute(changing.values(password_hash=hashed)).rowcount != 1:
        raise WrongState(
            "The password was changed meanwhile.", reason="password_changed", next_step="sign_in"
        )
    # A link that waits in a mailbox is of no more use.
    work.conn.execute(
        delete(PasswordReset).where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
    )
    ended = end_devices(work, person_id, but=but)
    work.audit("password.changed", ("person", person_id), by=by, devices_signed_out=ended)
