"""What an OpenID provider says of itself, and asking it (OpenID Connect Core 1.0, Discovery 1.0). Whatever it answers is looked at."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from server.config.settings import Settings
from server.outbound.client import Outbound, Unreachable

KNOWN_PATH = "/.well-known/openid-configuration"


class Unfit(Exception):
    """The provider's answer cannot be used. The sentence is for the operator's log."""


@dataclass(frozen=True)
class Provider:
    """`issuer` is exactly what its tokens must name."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    posts_secret: bool


async def discover(outbound: Outbound, settings: Settings) -> Provider:
    """Raises `Unfit`, `Refused`, `Unreachable`."""
    wanted = settings.oidc_issuer.rstrip("/")
    told = await _object(outbound, wanted + KNOWN_PATH)
    issuer = _text(told, "issuer")
    if issuer.rstrip("/") != wanted:
        raise Unfit("the provider names another issuer")
    methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    posts = isinstance(methods, list) and "client_secret_basic" not in methods
    userinfo = told.get("userinfo_endpoint")
    return Provider(
        issuer,
        _text(told, "authorization_endpoint"),
        _text(told, "token_endpoint"),
        _text(told, "jwks_uri"),
        userinfo if isinstance(userinfo, str) else "",
        posts,
    )


async def redeem(
    outbound: Outbound, provider: Provider, settings: Settings, code: str, verifier: str, back: str
) -> Mapping[str, object]:
    """The tokens for a code. Raises `Unfit`, `Refused`, `Unreachable`."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    headers: dict[str, str] = {"Accept": "application/json"}
    name, secret = settings.oidc_client_id, settings.oidc_client_secret
    if secret and not provider.posts_secret:
        pair = f"{quote(name, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": name, **({"client_secret": secret} if secret else {})}
    answer = await outbound.post(provider.token, form, headers)
    if answer.status != 200:
        raise Unfit(f"the provider gives no tokens (status {answer.status})")
    return answer.json()


async def keys_of(outbound: Outbound, provider: Provider) -> Mapping[str, object]:
    """The provider's keys as they are now: fetched every time, so that changed ones are known at once."""
    return await _object(outbound, provider.keys)


async def userinfo(outbound: Outbound, provider: Provider, access_token: str) -> Mapping[str, object]:
    answer = await outbound.get(provider.userinfo, {"Authorization": f"Bearer {access_token}"})
    if answer.status != 200:
        raise Unfit(f"the provider tells nothing of the person (status {answer.status})")
    return answer.json()


async def _object(outbound: Outbound, address: str) -> dict[str, object]:
    answer = await outbound.get(address, {"Accept": "application/json"})
    if answer.status != 200:
        raise Unreachable(f"{address} answers with status {answer.status}")
    return answer.json()


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise Unfit(f"the provider does not say its {name}")
    return value
