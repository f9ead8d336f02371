"""The session's cookie: its name, how it is read and how it is set."""

from collections.abc import Mapping

from server.config.settings import Settings

# The server says when a session has run out; the cookie only must not be gone before (browsers keep none longer than this).
KEPT = 400 * 86_400


def cookie_name(secure: bool) -> str:
    return "__Host-tenfour_session" if secure else "tenfour_session"


def token_in(headers: Mapping[str, str], secure: bool) -> str:
    """The session token of a request, or an empty text. Under TLS only the `__Host-` cookie counts: no other host can have set it.

    Other cookies may be spelled as they like; ours holds nothing that needs quoting.
    """
    return cookie_in(headers, cookie_name(secure))


def cookie_in(headers: Mapping[str, str], wanted: str) -> str:
    for cookie in headers.get("cookie", "").split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == wanted:
            return value
    return ""


def bearer_in(headers: Mapping[str, str]) -> str | None:
    """The access token of a program's request; None when it brings none and a cookie may count."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def set_cookie(settings: Settings, token: str) -> str:
    return written(settings, cookie_name(settings.secure), token, KEPT)


def drop_cookie(settings: Settings) -> str:
    return written(settings, cookie_name(settings.secure), "", 0)


def written(settings: Settings, name: str, value: str, age: int) -> str:
    """`age` in seconds; 0 takes the cookie away."""
    flags = "; Secure" if settings.secure else ""
    return f"{name}={value}; Max-Age={age}; Path=/; HttpOnly; SameSite=Lax{flags}"
