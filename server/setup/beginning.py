"""Setting the company up: its profile, the first administrator, and who the boss is (W33: read-all, else the first look is empty)."""

from collections.abc import Awaitable, Callable
from typing import Literal

import msgspec
from sqlalchemy import Connection

from server.api.inputs import Line
from server.auth import passwords, sessions
from server.auth.sessions import Origin
from server.kit.problems import FieldError, Invalid
from server.kit.text import clean
from server.mail.outbox import is_possible
from server.people import cell_values
from server.people.founding import NewPerson, called, make_people
from server.people.inviting import LinkView, make_link
from server.people.newcomers import with_password
from server.permissions.actor import load_actor
from server.setup import links
from server.setup.profile import checked, store
from server.work.company import Company, Profile
from server.work.work import Done, Work


class Boss(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody else than the first administrator."""

    name: Line
    login: Line


class SetUp(msgspec.Struct, forbid_unknown_fields=True):
    """`login` is a phone, an e-mail address or a staff number; `boss` null: I am the boss myself."""

    company: Line
    language: Literal["zh-Hans", "en"]
    time_zone: Line
    name: Line
    login: Line
    password: Line
    boss: Boss | None = None


class Begun(msgspec.Struct):
    """The administrator's session, and the boss's link when that is another person."""

    token: str
    boss: LinkView | None


class SetUpView(msgspec.Struct):
    """What the page may suggest."""

    language: Literal["zh-Hans", "en"]
    time_zone: str
    mail: bool


def look(conn: Connection, company: Company, token: str) -> SetUpView:
    """Raises `NotFound` or `WrongState`."""
    links.must_be_open(conn, token)
    return SetUpView(company.profile.language, company.profile.time_zone, is_possible(company.settings))


async def set_up(
    company: Company,
    token: str,
    wanted: SetUp,
    origin: Origin,
    write: Callable[[Callable[[Work], Begun]], Awaitable[Done[Begun]]],
) -> Begun:
    """Everything in one turn, or nothing. Raises `Invalid`, `NotFound`, or `WrongState` for all but the first."""
    await company.read(lambda conn: links.must_be_open(conn, token))
    profile = checked(wanted.company, wanted.language, wanted.time_zone, "company")
    first, boss = _first(wanted), _boss(wanted)
    if boss is not None and set(boss.sign_in_names) & set(first.sign_in_names):
        error = FieldError("boss.login", "same_person", "This is your own sign-in name.")
        raise Invalid(error.detail, errors=(error,))
    passwords.check_strength(wanted.password, (first.name, wanted.login, *first.sign_in_names))
    hashed = await passwords.hash_password(wanted.password)

    def turn(work: Work) -> Begun:
        links.use(work, token)
        return _begin(work, profile, with_password(first, hashed, wanted.language), boss, origin)

    return (await write(turn)).value


def _first(wanted: SetUp) -> NewPerson:
    return called(clean(wanted.name, "name", limit=cell_values.MAX_NAME, single_line=True), wanted.login)


def _boss(wanted: SetUp) -> NewPerson | None:
    if wanted.boss is None:
        return None
    try:
        name = clean(wanted.boss.name, "name", limit=cell_values.MAX_NAME, single_line=True)
        return called(name, wanted.boss.login)
    except Invalid as refusal:
        errors = tuple(
            FieldError(f"boss.{one.field}", one.code, one.detail, one.params) for one in refusal.errors
        )
        raise Invalid(refusal.detail, errors=errors) from None


def _begin(work: Work, profile: Profile, first: NewPerson, boss: NewPerson | None, origin: Origin) -> Begun:
    roles = ["member", "administrator"] if boss else ["member", "administrator", "boss"]
    person_id = make_people(work, [first], roles)[0]
    store(work, profile, person_id)
    invited, boss_id = None, person_id
    if boss is not None:
        boss_id = make_people(work, [boss], ["member", "boss"])[0]
        actor = load_actor(work.conn, person_id)
        assert actor is not None
        invited = make_link(work, actor, boss_id, mail=True)
    work.audit("company.set_up", ("company", 1), administrator=person_id, boss=boss_id)
    return Begun(sessions.begin(work, person_id, origin.device, origin=origin), invited)
