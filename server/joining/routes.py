"""The company's link, asking through it, deciding."""

from typing import Literal

import msgspec
from starlette.responses import Response

from server.api.endpoint import PRIVATE
from server.api.paging import Page
from server.api.route import (
    Answer,
    Await,
    Items,
    Made,
    Nothing,
    Read,
    Write,
    awaits,
    get,
    get_awaiting,
    post,
    put,
)
from server.auth.routes import address_of
from server.joining import asking, deciding, link
from server.joining.asking import AnswerView, Ask, AskedView, JoiningView
from server.joining.deciding import Decision
from server.joining.link import JoinLinkView
from server.joining.policies import MAY_ADMIT
from server.joining.present import JoinRequestView
from server.permissions.rules import ANYONE


class Switch(msgspec.Struct, forbid_unknown_fields=True):
    is_on: bool


class Picture(msgspec.Struct, forbid_unknown_fields=True):
    """`version` only makes the address another one when the link changed."""

    format: Literal["svg", "png"] = "svg"
    version: int = 0


class RequestsPage(Page, forbid_unknown_fields=True):
    state: Literal["pending", "approved", "refused"] | None = None


def show_link(call: Read[None, Nothing]) -> JoinLinkView:
    """The company's link for who wants to join."""
    return link.view(call.conn, call.company.settings)


def switch_link(call: Write[Switch, Nothing]) -> JoinLinkView:
    """Let people ask, or no longer."""
    return link.switch(call.work, call.actor, call.body.is_on)


def renew_link(call: Write[Nothing, Nothing]) -> Made:
    """Another link; the old one is dead at once."""
    return Made(("join_link", 1), link.renew(call.work, call.actor))


async def show_picture(call: Await[Nothing, Picture]) -> Response:
    """The link as a QR code."""
    kind = call.query.format
    drawn = await call.company.read(lambda conn: link.picture(conn, call.company.settings, kind))
    media_type = "image/png" if kind == "png" else "image/svg+xml"
    return Response(drawn, 200, PRIVATE, media_type)


def list_requests(call: Read[None, RequestsPage]) -> Items[JoinRequestView]:
    """Who asked to join, newest first."""
    return Items(*deciding.page(call.conn, call.query.state, call.query.limit, call.query.cursor))


def decide(call: Write[Decision, Nothing]) -> JoinRequestView:
    """Let somebody in, or refuse with a reason."""
    return deciding.decide(call.work, call.actor, call.id(), call.body)


def show_joining(call: Read[None, Nothing]) -> JoiningView:
    """Which company a link belongs to."""
    return asking.look(call.conn, call.path["token"])


async def ask(call: Await[Ask, Nothing]) -> Answer:
    """Ask to join. The answer is the same for every sign-in name."""
    return Answer(await asking.ask(call.company, call.path["token"], call.body, address_of(call.request)))


def show_answer(call: Read[None, Nothing]) -> AnswerView:
    """What became of my request."""
    return asking.answer(call.conn, call.path["token"])


ROUTES = [
    get("/api/company/join-link", MAY_ADMIT, show_link, output=JoinLinkView),
    put("/api/company/join-link", MAY_ADMIT, switch_link, output=JoinLinkView, body=Switch),
    post(
        "/api/company/join-link",
        MAY_ADMIT,
        renew_link,
        again=lambda call, earlier: link.view(call.conn, call.company.settings),
        output=JoinLinkView,
        status=200,
    ),
    get_awaiting("/api/company/join-link/picture", MAY_ADMIT, show_picture, output=None, query=Picture),
    get("/api/join-requests", MAY_ADMIT, list_requests, output=Items[JoinRequestView], query=RequestsPage),
    put(
        "/api/join-requests/{id:int}/decision",
        MAY_ADMIT,
        decide,
        output=JoinRequestView,
        body=Decision,
    ),
    get("/api/joining/{token:str}", ANYONE, show_joining, output=JoiningView),
    awaits("POST", "/api/joining/{token:str}", ANYONE, ask, output=AskedView, body=Ask, status=201),
    get("/api/joining/requests/{token:str}", ANYONE, show_answer, output=AnswerView),
]
