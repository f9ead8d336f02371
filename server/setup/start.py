"""The guided start: how far a new company has come, told from what is there (import → invite → first share)."""

import msgspec
from sqlalchemy import Connection, func, select

from server.db.upsert import insert_into
from server.org.models import Person
from server.people.invitations import Invitation
from server.permissions.actor import Actor
from server.permissions.models import PersonRole, Role
from server.setup.models import StartDismissal
from server.work.work import Work


class StartView(msgspec.Struct):
    """`colleagues`: everyone but me and the boss who has not left; `invited` of them hold a link, `joined` have set a password.

    The first share is for the client to see: it holds the posts.
    """

    colleagues: int
    invited: int
    joined: int
    dismissed: bool


def view(conn: Connection, actor: Actor) -> StartView:
    bosses = select(PersonRole.person_id).join(Role, Role.id == PersonRole.role_id).where(Role.code == "boss")
    there = (Person.state != "left") & (Person.kind != "bot")
    others = there & (Person.id != actor.id) & Person.id.not_in(bosses)
    row = conn.execute(
        select(
            func.count().label("colleagues"),
            func.count().filter(Person.state == "active").label("joined"),
        ).where(others)
    ).one()
    invited = conn.execute(
        select(func.count(func.distinct(Invitation.person_id)))
        .join(Person, Person.id == Invitation.person_id)
        .where(others)
    ).scalar_one()
    put_away = select(StartDismissal.person_id).where(StartDismissal.person_id == actor.id)
    return StartView(row.colleagues, invited, row.joined, conn.execute(put_away).first() is not None)


def dismiss(work: Work, actor: Actor) -> None:
    """Twice is the same."""
    work.conn.execute(
        insert_into(work.conn, StartDismissal)
        .values(person_id=actor.id, dismissed_at=work.now)
        .on_conflict_do_nothing(index_elements=[StartDismissal.person_id])
    )
