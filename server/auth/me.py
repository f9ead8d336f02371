"""What the client knows about its own person: the bootstrap's first part and the answer to signing in."""

from typing import Literal

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from server.db.hot import Hot
from server.events.envelope import Put
from server.kit.problems import SignedOut
from server.org.models import Person
from server.people.present import PersonView, departments, person_puts_for, persons
from server.permissions.actor import Actor
from server.work.company import Company, Profile, profile_of
from server.work.work import Work

_LANGUAGE = Hot(select(Person.language).where(Person.id == bindparam("person")))


class MeView(msgspec.Struct):
    """`capabilities` maps `noun.verb` to its scopes; the client shows only what may be pressed.

    `must_enrol`: nothing else is open before a second factor is set up.
    """

    person: PersonView
    company: Profile
    language: Literal["zh-Hans", "en", ""]
    capabilities: dict[str, list[str]]
    must_enrol: bool = False


def me(conn: Connection, company: Company, actor: Actor | None) -> MeView:
    """Raises `SignedOut` for a person who is no longer active."""
    if actor is None:
        raise SignedOut()
    ((stored,),) = _LANGUAGE.rows(conn, {"person": actor.id})
    language: Literal["zh-Hans", "en", ""] = (
        "zh-Hans" if stored == "zh-Hans" else "en" if stored == "en" else ""
    )
    capabilities = {name: sorted(scopes) for name, scopes in sorted(actor.capabilities.items())}
    return MeView(persons(conn, [actor.id])[0], profile_of(conn), language, capabilities, actor.must_enrol)


def set_language(work: Work, actor: Actor, language: str) -> None:
    work.conn.execute(update(Person).where(Person.id == actor.id).values(language=language))


def first_state(conn: Connection, actor: Actor, company: Company) -> dict[str, object]:
    """The bootstrap's part: me, my manager, the departments for who may look at the directory."""
    view = me(conn, company, actor)
    own = [view.person.id, *([view.person.manager_id] if view.person.manager_id else [])]
    tree = [Put("department", one.id, one) for one in departments(conn)] if actor.can("people.read") else []
    changes = [Put("company", 1, view.company), *person_puts_for(conn, actor, own), *tree]
    return {"me": view, "changes": changes}
