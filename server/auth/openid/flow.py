"""Signing in through an OpenID provider: authorization code with PKCE, state and nonce kept in a sealed cookie of this browser."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import structlog

from server.auth import delays
from server.auth.openid import claims, people, provider
from server.auth.openid.provider import Unfit
from server.auth.sessions import Origin
from server.kit.clock import real_now
from server.kit.problems import NotFound, TooSoon
from server.outbound.addresses import Refused
from server.outbound.client import Outbound, Unreachable
from server.secrets.box import CannotOpen
from server.work.company import Company
from server.work.work import Work

LASTS = timedelta(minutes=10)
CALLBACK = "/api/session/openid/callback"
_WHERE = ("cookie", "openid", 0)
logger = structlog.get_logger()


class NotIn(Exception):
    """No sign-in. `reason` is told to the person: refused, unknown, unverified, left, expired, unavailable."""

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(why or reason)
        self.reason = reason


@dataclass(frozen=True)
class Begun:
    """Where the browser goes, and what it keeps meanwhile."""

    address: str
    cookie: str


def is_set(company: Company) -> bool:
    return bool(company.settings.oidc_issuer and company.settings.oidc_client_id)


async def begin(company: Company, address: str) -> Begun:
    """Raises `NotFound` where no provider is set, `NotIn` when it cannot be reached."""
    settings = company.settings
    if not is_set(company):
        raise NotFound()
    keys = [f"address:{delays.place(address)}"]
    try:
        await company.read(lambda conn: delays.check(conn, keys, real_now()))
        known = await provider.discover(_outbound(company), settings)
    except TooSoon as error:
        raise NotIn("refused", "too many failures from this address") from error
    except (Unfit, Refused, Unreachable) as error:
        logger.warning("the OpenID provider cannot be asked", why=str(error))
        raise NotIn("unavailable") from error
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": settings.public_url + CALLBACK,
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    kept = {"state": state, "nonce": nonce, "verifier": verifier, "at": real_now().timestamp()}
    joined = "&" if "?" in known.authorization else "?"
    return Begun(
        known.authorization + joined + urlencode(query), company.secrets.sealed(json.dumps(kept), _WHERE)
    )


async def finish(company: Company, told: dict[str, str], cookie: str, origin: Origin) -> str:
    """The token of a new session for who comes back from the provider. Raises `NotFound`, `NotIn`."""
    if not is_set(company):
        raise NotFound()
    keys = [f"address:{delays.place(origin.address)}"]
    try:
        await company.read(lambda conn: delays.check(conn, keys, real_now()))
        kept = _kept(company, cookie, told.get("state", ""))
        about = await _who(company, told, kept)
        return (
            await company.write(lambda work: people.enter(work, company.settings.oidc_issuer, about, origin))
        ).value
    except TooSoon as error:
        raise NotIn("refused", "too many failures from this address") from error
    except people.Unmatched as error:
        await _failed(company, keys)
        raise NotIn(error.reason) from error
    except Unfit as error:
        logger.warning("an OpenID sign-in was refused", why=str(error))
        await _failed(company, keys)
        raise NotIn("refused") from error
    except (Refused, Unreachable) as error:
        logger.warning("the OpenID provider cannot be asked", why=str(error))
        raise NotIn("unavailable") from error


def _kept(company: Company, cookie: str, state: str) -> dict[str, str]:
    """What this browser began with. Raises `NotIn` when it did not begin, or long ago."""
    try:
        kept = json.loads(company.secrets.open(cookie, _WHERE))
    except (CannotOpen, ValueError) as error:
        raise NotIn("expired", "no beginning") from error
    if datetime.fromtimestamp(kept["at"], UTC) < real_now() - LASTS:
        raise NotIn("expired")
    if not secrets.compare_digest(str(kept["state"]).encode(), state.encode()):
        raise Unfit("the state is another one")
    return dict(kept)


async def _who(company: Company, told: dict[str, str], kept: dict[str, str]) -> claims.Claims:
    if "error" in told:
        raise Unfit(f"the provider refused: {told['error'][:100]}")
    outbound, settings = _outbound(company), company.settings
    known = await provider.discover(outbound, settings)
    if told.get("iss", known.issuer) != known.issuer:
        raise Unfit("another issuer answers")
    tokens = await provider.redeem(
        outbound, known, settings, told.get("code", ""), kept["verifier"], settings.public_url + CALLBACK
    )
    keys = await provider.keys_of(outbound, known)
    found = claims.read(tokens.get("id_token"), keys, known, settings.oidc_client_id, kept["nonce"])
    about = claims.about(found)
    access = tokens.get("access_token")
    if about.has_email or not known.userinfo or not isinstance(access, str):
        return about
    more = claims.about(await provider.userinfo(outbound, known, access))
    if more.subject != about.subject:
        raise Unfit("the provider tells of somebody else")
    return more


async def _failed(company: Company, keys: list[str]) -> None:
    def turn(work: Work) -> None:
        delays.settle(work.conn, keys, real_now(), False)

    try:
        await company.write(turn)
    except TooSoon:
        return  # counted by another try at the same moment


def _outbound(company: Company) -> Outbound:
    return Outbound(company.settings.allowed_private_hosts)
