"""Signing in and out, and who I am."""

from typing import Literal

import msgspec
from starlette.requests import Request

from server.api.inputs import Line
from server.api.route import Answer, Await, Nothing, Read, Write, awaits, get, put
from server.auth import sessions, sign_in
from server.auth.me import MeView, me, set_language
from server.permissions.actor import load_actor
from server.permissions.rules import ANYONE, SIGNED_IN


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    login: Line
    password: Line


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    password: Line


class Language(msgspec.Struct, forbid_unknown_fields=True):
    language: Literal["zh-Hans", "en", ""]


class InvitationView(msgspec.Struct):
    """Whom a link is for."""

    name: str
    company: str
    login: str


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")


async def _entered(call: Await[object, Nothing], person_id: int, token: str) -> Answer:
    view = await call.company.read(lambda conn: me(conn, call.company, load_actor(conn, person_id)))
    return Answer(view, cookies=(sessions.set_cookie(call.company.settings, token),))


async def begin(call: Await[SignIn, Nothing]) -> Answer:
    """Sign in with phone, staff number or e-mail."""
    person_id, token = await sign_in.sign_in(
        call.company, call.body.login, call.body.password, _address(call.request), _device(call.request)
    )
    return await _entered(call, person_id, token)  # type: ignore[arg-type]


async def end(call: Await[Nothing, Nothing]) -> Answer:
    """Sign this device out."""
    done = await call.company.write(lambda work: sessions.end(work, call.actor))
    return Answer(seq=done.seq, cookies=(sessions.drop_cookie(call.company.settings),))


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
    person_id, token = await sign_in.accept(
        call.company, call.path["token"], call.body.password, _device(call.request)
    )
    return await _entered(call, person_id, token)  # type: ignore[arg-type]


ROUTES = [
    awaits("POST", "/api/session", ANYONE, begin, output=MeView, body=SignIn),
    awaits("DELETE", "/api/session", SIGNED_IN, end, status=204),
    get("/api/me", SIGNED_IN, show_me, output=MeView),
    put("/api/me/language", SIGNED_IN, choose_language, body=Language, status=204),
    get("/api/invitations/{token:str}", ANYONE, show_invitation, output=InvitationView),
    awaits(
        "POST", "/api/invitations/{token:str}", ANYONE, accept_invitation, output=MeView, body=NewPassword
    ),
]
