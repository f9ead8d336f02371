"""Who must have a second factor in this company."""

from typing import Literal

from sqlalchemy import Connection, select, update

from server.auth import second_factor, sessions
from server.auth.models import SecondFactor, Session
from server.kit.problems import WrongState
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.models import PersonRole, RoleCapability
from server.work.company import CompanyRow
from server.work.work import Work

Who = Literal["nobody", "administrators", "everyone"]


def wanted_of(conn: Connection) -> Who:
    value = conn.execute(select(CompanyRow.second_factor)).scalar()
    return "everyone" if value == "everyone" else "administrators" if value == "administrators" else "nobody"


def require(work: Work, actor: Actor, who: Who) -> None:
    """From now on. Whom it concerns and who has none is signed out, and led to one at the next sign-in.

    Raises `WrongState` for who asks others for what they have not got themselves.
    """
    if who != "nobody" and not second_factor.is_on(work.conn, actor.id):
        raise WrongState("Set up your own second factor first.", reason="enrol_first")
    changed = work.conn.execute(
        update(CompanyRow).where(CompanyRow.second_factor != who).values(second_factor=who)
    )
    if not changed.rowcount:
        return
    work.audit("second_factor.required", ("company", 1), who=who)
    if who == "nobody":
        work.conn.execute(update(Session).where(Session.must_enrol).values(must_enrol=False))
        return
    sessions.end_those(work, _without(work.conn, who), actor.id)


def _without(conn: Connection, who: Who) -> list[int]:
    """Devices of whom it concerns that let in without a second factor. Who came from an OpenID provider showed one there."""
    having = select(SecondFactor.person_id).where(SecondFactor.confirmed_at.is_not(None))
    query = (
        select(Session.id)
        .join(Person, Person.id == Session.person_id)
        .where(Session.kind == "device", Session.how != "openid", Session.person_id.not_in(having))
    )
    if who == "administrators":
        administrators = (
            select(PersonRole.person_id)
            .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
            .where(RoleCapability.capability == "roles.edit")
        )
        query = query.where(Session.person_id.in_(administrators))
    return list(conn.execute(query).scalars())
