"""An OpenID provider that answers wrongly in whatever way a test wants. It never asks who somebody is."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.servers import free_port

CLIENT, SECRET = "tenfour", "a secret of the client"
Claims = dict[str, Any]


class NastyProvider:
    """`claims` changes an id token before it is signed, `algorithm` how; `answers` replaces whole answers by path."""

    def __init__(self) -> None:
        self.issuer = f"http://127.0.0.1:{free_port()}"
        self.key = RSAKey.generate_key(2048, {"kid": "first"})
        self.behave()

    def behave(self) -> None:
        self.person: Claims = {"sub": "s-1", "email": "limin@farbridge.example", "email_verified": True}
        self.claims: Callable[[Claims], Claims] = lambda claims: claims
        self.algorithm = "RS256"
        self.signing: RSAKey = self.key
        self.answers: dict[str, Response] = {}
        self.nonces: dict[str, tuple[str, str]] = {}

    def rotate(self) -> None:
        self.key = self.signing = RSAKey.generate_key(2048, {"kid": f"key {time.monotonic()}"})

    def authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        code = f"code {len(self.nonces)}"
        self.nonces[code] = (asked["nonce"], asked["code_challenge"])
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}&session_state=x")

    async def token(self, request: Request) -> Response:
        form = await request.form()
        basic = base64.b64decode(request.headers["authorization"].partition(" ")[2]).decode()
        nonce, challenge = self.nonces.pop(str(form["code"]), ("", ""))
        hashed = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        if basic != f"{CLIENT}:a%20secret%20of%20the%20client" or challenge.rstrip("=") != _b64(hashed):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **self.person,
        }
        return JSONResponse(
            {"id_token": self.signed(self.claims(claims)), "access_token": "a", "token_type": "Bearer"}
        )

    def signed(self, claims: Claims) -> str:
        header = {"alg": self.algorithm, "kid": self.signing.kid}
        if self.algorithm in ("none", "HS256"):
            told = f"{_b64(json.dumps(header).encode())}.{_b64(json.dumps(claims).encode())}"
            shared = hmac.digest(self.key.as_pem(private=False), told.encode(), "sha256")
            return f"{told}.{_b64(shared) if self.algorithm == 'HS256' else ''}"
        return jwt.encode(header, claims, self.signing, algorithms=[self.algorithm])

    def app(self) -> Starlette:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

        async def serve(request: Request) -> Response:
            path = request.url.path
            if path in self.answers:
                return self.answers[path]
            if path == "/authorize":
                return self.authorize(request)
            if path == "/token":
                return await self.token(request)
            if path == "/keys":
                return JSONResponse({"keys": [self.key.as_dict(private=False)]})
            return JSONResponse(told)

        return Starlette(routes=[Route("/{path:path}", serve, methods=["GET", "POST"])])


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@asynccontextmanager
async def serving() -> AsyncIterator[NastyProvider]:
    provider = NastyProvider()
    port = int(provider.issuer.rpartition(":")[2])
    server = uvicorn.Server(uvicorn.Config(provider.app(), port=port, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    yield provider
    server.should_exit = True
    await task
