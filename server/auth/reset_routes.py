"""Forgotten and changed passwords: ask, hand over, set."""

from datetime import datetime

import msgspec

from server.api.inputs import Line
from server.api.route import Answer, Await, Nothing, Read, awaits, get
from server.auth import own_password, resets
from server.auth.policies import MAY_RESET, OWN_PASSWORD
from server.auth.routes import address_of
from server.mail import outbox
from server.permissions.rules import ANYONE


class Forgot(msgspec.Struct, forbid_unknown_fields=True):
    login: Line


class ResetPassword(msgspec.Struct, forbid_unknown_fields=True):
    password: Line


class ChangePassword(msgspec.Struct, forbid_unknown_fields=True):
    old_password: Line
    password: Line


class ResetWay(msgspec.Struct):
    """`by_mail` false: no mail server is set, an administrator makes the link."""

    by_mail: bool


class ResetView(msgspec.Struct):
    """Whom a link is for."""

    name: str
    company: str


class ResetLinkView(msgspec.Struct):
    """Shown once; only its hash is kept."""

    link: str
    expires_at: datetime


def show_way(call: Read[None, Nothing]) -> ResetWay:
    """How somebody who forgot the password gets in again."""
    return ResetWay(outbox.is_possible(call.company.settings))


async def forgot(call: Await[Forgot, Nothing]) -> Answer:
    """Ask for a link by mail. The answer is the same for every name."""
    by_mail = outbox.is_possible(call.company.settings)
    if by_mail:
        await resets.ask(call.company, call.body.login, address_of(call.request))
    return Answer(ResetWay(by_mail))


def show_reset(call: Read[None, Nothing]) -> ResetView:
    """Whom this link is for."""
    _, name = resets.found(call.conn, call.path["token"])
    return ResetView(name, call.company.profile.name)


async def reset(call: Await[ResetPassword, Nothing]) -> Answer:
    """Set the new password. Signs in nobody: that is the door's."""
    await resets.carry_out(call.company, call.path["token"], call.body.password, call.write)
    return Answer()


async def make_reset_link(call: Await[Nothing, Nothing]) -> Answer:
    """A single-use link for a colleague who cannot get in."""
    done = await call.write(lambda work: resets.make_link(work, call.actor, call.id()))
    return Answer(ResetLinkView(*done.value), done.seq)


async def change_password(call: Await[ChangePassword, Nothing]) -> Answer:
    """Another password of my own; my other devices are signed out."""
    body = call.body
    await own_password.change(
        call.company, call.actor, body.old_password, body.password, address_of(call.request), call.write
    )
    return Answer()


RESET_ROUTES = [
    get("/api/password-resets", ANYONE, show_way, output=ResetWay),
    awaits("POST", "/api/password-resets", ANYONE, forgot, output=ResetWay, body=Forgot, status=202),
    get("/api/password-resets/{token:str}", ANYONE, show_reset, output=ResetView),
    awaits("POST", "/api/password-resets/{token:str}", ANYONE, reset, body=ResetPassword, status=204),
    awaits(
        "POST",
        "/api/people/{id:int}/password-reset",
        MAY_RESET,
        make_reset_link,
        output=ResetLinkView,
        status=201,
    ),
    awaits("PUT", "/api/me/password", OWN_PASSWORD, change_password, body=ChangePassword, status=204),
]
