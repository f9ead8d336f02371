"""Reading an id token: the right issuer, audience, nonce and time, signed with a key of the provider; then who it is about."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from server.auth.openid.provider import Provider, Unfit
from server.kit.clock import real_now

# Signatures that only the provider can make; «none» and shared secrets are not among them.
ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
]
DRIFT = 60


@dataclass(frozen=True)
class Claims:
    """Whom the token is about. `email` is lower case, and empty unless it was verified."""

    subject: str
    email: str
    has_email: bool


def read(
    token: object, keys: Mapping[str, object], provider: Provider, client_id: str, nonce: str
) -> Mapping[str, Any]:
    """The claims of a token that is right in every respect. Raises `Unfit`."""
    # Loaded when somebody signs in so: half of what a start would take for it is cryptography that nothing else wants.
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet, KeySetSerialization

    if not isinstance(token, str):
        raise Unfit("there is no id token")
    try:
        known = KeySet.import_key_set(cast(KeySetSerialization, keys))
        claims = jwt.decode(token, known, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unfit(f"the id token cannot be trusted: {type(error).__name__}") from error
    _look(claims, provider.issuer, client_id, nonce)
    return claims


def _look(claims: Mapping[str, Any], issuer: str, client_id: str, nonce: str) -> None:
    if claims.get("iss") != issuer:
        raise Unfit("the id token is another issuer's")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences or (len(audiences) > 1 and claims.get("azp") != client_id):
        raise Unfit("the id token is for somebody else")
    if "azp" in claims and claims["azp"] != client_id:
        raise Unfit("the id token was given to somebody else")
    now = real_now().timestamp()
    if _number(claims, "exp") <= now - DRIFT:
        raise Unfit("the id token has run out")
    if _number(claims, "iat") > now + DRIFT or ("nbf" in claims and _number(claims, "nbf") > now + DRIFT):
        raise Unfit("the id token is of a time to come")
    told = claims.get("nonce")
    if not isinstance(told, str) or not secrets.compare_digest(told.encode(), nonce.encode()):
        raise Unfit("the id token answers another question")


def about(claims: Mapping[str, Any]) -> Claims:
    """Raises `Unfit` without a usable subject."""
    subject, email = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\0" in subject:
        raise Unfit("the token does not say whom it is about")
    has_email = isinstance(email, str) and bool(email)
    verified = has_email and claims.get("email_verified") is True
    return Claims(subject, cast(str, email).strip().lower() if verified else "", has_email)


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Unfit(f"the id token does not say its {name}")
    return float(value)
