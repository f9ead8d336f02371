"""The way in through the company's account provider: what it is called, the way there, the way back."""

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from msgspec import Meta
from starlette.responses import RedirectResponse, Response

from server.api.endpoint import PRIVATE
from server.api.route import Await, Nothing, Read, get, get_awaiting
from server.auth import cookies
from server.auth.openid import flow
from server.auth.openid.flow import NotIn
from server.auth.routes import address_of, origin_of
from server.config.settings import Settings
from server.permissions.rules import ANYONE


class OpenIdView(msgspec.Struct):
    """The provider's name on the sign-in page; empty where none is set."""

    name: str


# Some providers pack a good deal into a code.
Given = Annotated[str, Meta(max_length=4_000, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]


class Return(msgspec.Struct):
    """What a provider may send along; what is not known here is not looked at."""

    code: Given = ""
    state: Given = ""
    error: Given = ""
    iss: Given = ""


def cookie_name(settings: Settings) -> str:
    return "__Host-tenfour_openid" if settings.secure else "tenfour_openid"


def show(call: Read[None, Nothing]) -> OpenIdView:
    """What the company's account provider is called."""
    settings = call.company.settings
    return OpenIdView((settings.oidc_name or "OpenID") if flow.is_set(call.company) else "")


async def start(call: Await[Nothing, Nothing]) -> Response:
    """Go to the provider."""
    settings = call.company.settings
    try:
        begun = await flow.begin(call.company, address_of(call.request))
    except NotIn as error:
        return _back(settings, error.reason)
    response = RedirectResponse(begun.address, 302, PRIVATE)
    kept = cookies.written(settings, cookie_name(settings), begun.cookie, int(flow.LASTS.total_seconds()))
    response.headers.append("Set-Cookie", kept)
    return response


async def come_back(call: Await[Nothing, Return]) -> Response:
    """Come back from the provider, signed in or not."""
    settings, query = call.company.settings, call.query
    told = {name: value for name in ("code", "state", "error", "iss") if (value := getattr(query, name))}
    cookie = cookies.cookie_in(call.request.headers, cookie_name(settings))
    try:
        token = await flow.finish(call.company, told, cookie, origin_of(call.company, call.request))
    except NotIn as error:
        return _back(settings, error.reason)
    response = _back(settings, "done")
    response.headers.append("Set-Cookie", cookies.set_cookie(settings, token))
    return response


def _back(settings: Settings, outcome: str) -> Response:
    """To the client, which says what happened; what the browser kept for this is taken away."""
    response = RedirectResponse(f"{settings.public_url}/?{urlencode({'sign_in': outcome})}", 303, PRIVATE)
    response.headers.append("Set-Cookie", cookies.written(settings, cookie_name(settings), "", 0))
    return response


OPENID_ROUTES = [
    get("/api/session/openid", ANYONE, show, output=OpenIdView),
    get_awaiting("/api/session/openid/start", ANYONE, start, output=None),
    get_awaiting("/api/session/openid/callback", ANYONE, come_back, output=None, query=Return),
]
