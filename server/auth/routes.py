"""Signing in and out, confirming who is there, and who I am."""

from typing import Literal

import msgspec
from starlette.requests import Request

from server.api.inputs import Line
from server.api.route import Answer, Await, Nothing, Read, Write, awaits, get, put
from server.auth import cookies, sessions, sign_in, step_up
from server.auth.me import MeView, me, set_language
from server.auth.policies import OWN_SIGN_IN, WHO_I_AM
from server.auth.sessions import Origin
from server.permissions.rules import ANYONE
from server.work.company import Company


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    login: Line
    password: Line


class SecondStep(msgspec.Struct, forbid_unknown_fields=True):
    """`step` from the problem `second_factor_needed`; `code` from the authenticator, or a recovery code."""

    step: Line
    code: Line


class StepUp(msgspec.Struct, forbid_unknown_fields=True):
    """One of the two."""

    password: Line = ""
    code: Line = ""


class WaysView(msgspec.Struct):
    """With what this person can confirm."""

    password: bool
    code: bool


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    password: Line


class Language(msgspec.Struct, forbid_unknown_fields=True):
    language: Literal["zh-Hans", "en", ""]


class InvitationView(msgspec.Struct):
    """Whom a link is for."""

    name: str
    company: str
    login: str


def address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def origin_of(company: Company, request: Request) -> Origin:
    """From where a sign-in comes. What this browser was signed in as until now ends with it."""
    held = cookies.token_in(request.headers, company.settings.secure)
    return Origin(request.headers.get("user-agent", ""), address_of(request), held)


async def entered(company: Company, token: str) -> Answer:
    """Who is in now, and the cookie."""
    settings = company.settings
    headers = {"cookie": f"{cookies.cookie_name(settings.secure)}={token}"}
    view = await company.read(
        lambda conn: me(conn, company, sessions.authenticate(conn, headers, settings.secure))
    )
    return Answer(view, cookies=(cookies.set_cookie(settings, token),))


async def begin(call: Await[SignIn, Nothing]) -> Answer:
    """Sign in with phone, staff number or e-mail."""
    origin = origin_of(call.company, call.request)
    _, token = await sign_in.sign_in(call.company, call.body.login, call.body.password, origin)
    return await entered(call.company, token)


async def go_on(call: Await[SecondStep, Nothing]) -> Answer:
    """The second step of a sign-in."""
    origin = origin_of(call.company, call.request)
    _, token = await sign_in.finish(call.company, call.body.step, call.body.code, origin)
    return await entered(call.company, token)


async def end(call: Await[Nothing, Nothing]) -> Answer:
    """Sign this device out."""
    done = await call.write(lambda work: sessions.end(work, call.actor))
    return Answer(seq=done.seq, cookies=(cookies.drop_cookie(call.company.settings),))


def show_ways(call: Read[None, Nothing]) -> WaysView:
    """With what I can confirm that it is me."""
    return WaysView(*step_up.ways(call.conn, call.actor.id))


async def confirm(call: Await[StepUp, Nothing]) -> None:
    """Confirm that it is me, before a dangerous act."""
    await step_up.confirm(
        call.company, call.actor, call.body.password, call.body.code, address_of(call.request)
    )


def show_me(call: Read[None, Nothing]) -> MeView:
    """Who I am and what my roles allow."""
    return me(call.conn, call.company, call.actor)


def choose_language(call: Write[Language, Nothing]) -> None:
    """The language I want to read."""
    set_language(call.work, call.actor, call.body.language)


def show_invitation(call: Read[None, Nothing]) -> InvitationView:
    """Whom this link is for."""
    _, name, login = sign_in.invited(call.conn, call.path["token"])
    return InvitationView(name, call.company.profile.name, login)


async def accept_invitation(call: Await[NewPassword, Nothing]) -> Answer:
    """Set the first password and sign in."""
    origin = origin_of(call.company, call.request)
    _, token = await sign_in.accept(call.company, call.path["token"], call.body.password, origin)
    return await entered(call.company, token)


ROUTES = [
    awaits("POST", "/api/session", ANYONE, begin, output=MeView, body=SignIn),
    awaits("POST", "/api/session/second", ANYONE, go_on, output=MeView, body=SecondStep),
    awaits("DELETE", "/api/session", OWN_SIGN_IN, end, status=204),
    get("/api/session/step-up", OWN_SIGN_IN, show_ways, output=WaysView),
    awaits("PUT", "/api/session/step-up", OWN_SIGN_IN, confirm, body=StepUp, status=204),
    get("/api/me", WHO_I_AM, show_me, output=MeView),
    put("/api/me/language", OWN_SIGN_IN, choose_language, body=Language, status=204),
    get("/api/invitations/{token:str}", ANYONE, show_invitation, output=InvitationView),
    awaits(
        "POST", "/api/invitations/{token:str}", ANYONE, accept_invitation, output=MeView, body=NewPassword
    ),
]
