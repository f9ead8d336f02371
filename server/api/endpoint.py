"""One request from bytes to answer: origin → body → actor → rule → handler → presented answer. Every route goes through here."""

import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, cast

from sqlalchemy import Connection
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from server.api import inputs
from server.api.bounds import MAX_BODY, announced, too_large
from server.api.route import Answer, Await, Made, Read, Route, Write
from server.audit.trace import Trace
from server.events import log
from server.kit.json import encode
from server.kit.problems import Forbidden, NeedsKey, Problem, SignedOut, Unavailable, Unparsable
from server.permissions import acting
from server.permissions.actor import Actor
from server.work import idempotency
from server.work.company import Company
from server.work.work import Work

SAFE = ("GET", "HEAD", "OPTIONS")
PRIVATE = {"Cache-Control": "no-store, private"}
NOBODY = Actor(0, "anonymous", "", 0)


class Authenticate(Protocol):
    """Who is behind this request's cookie or token, or None."""

    def __call__(self, conn: Connection, headers: Mapping[str, str]) -> Actor | None: ...


class Authenticator:
    """Declared once by `server/auth`; carries its way of telling through `modules`. `secure`: people reach us over TLS.

    `again` looks at the session of an actor anew. `touch` writes that a session was used, when the actor says that this is due;
    `renewed` gives its token for another one, when the actor says so, and answers the cookie to be set (or nothing).
    """

    def __init__(
        self,
        authenticate: Callable[[Connection, Mapping[str, str], bool], Actor | None],
        again: Callable[[Connection, Actor], Actor | None],
        touch: Callable[[Work, int], None],
        renewed: Callable[[Company, Actor, Mapping[str, str]], Awaitable[str]],
    ) -> None:
        self._authenticate = authenticate
        self.again = again
        self.touch = touch
        self.renewed = renewed

    def bound(self, secure: bool) -> Authenticate:
        return lambda conn, headers: self._authenticate(conn, headers, secure)


class Endpoint:
    """A route bound to a company. Starlette calls `serve`."""

    def __init__(self, company: Company, route: Route, authenticator: Authenticator) -> None:
        self.company = company
        self.route = route
        self.authenticate = authenticator.bound(company.settings.secure)
        self.touch = authenticator.touch
        self.renewed = authenticator.renewed

    async def serve(self, request: Request) -> Response:
        route = self.route
        if route.method not in SAFE:
            check_origin(request.headers, self.company)
        path = inputs.path_values(request.path_params)
        query = inputs.query_values(
            request.query_params if request.scope["query_string"] else {}, route.query
        )
        raw = b"" if route.upload or route.method in SAFE else await read_body(request)
        media_type = request.headers.get("content-type", "")
        if route.octets:
            inputs.must_be_octets(media_type)
        body = inputs.body_values(b"" if route.octets else raw, route.body, media_type)
        if route.how == "read":
            return await self._read(request, path, query)
        actor = await self.company.read(lambda conn: self._admit(conn, request.headers))
        await self._used(actor)
        if route.how == "await":
            answer = await route.handler(
                Await(self.company, actor, path, body, query, request, raw, trace_of(request, actor))
            )
            response = self._respond(answer)
        else:
            response = await self._write(request, actor, path, query, body, raw)
        return await self._with_cookie(request, actor, response)

    def _admit(self, conn: Connection, headers: Mapping[str, str]) -> Actor:
        actor = self.authenticate(conn, headers)
        wanted = headers.get(acting.HEADER)
        if wanted is not None:
            return self._as_principal(conn, actor, wanted)
        self.route.rule.admit(actor)
        return actor or NOBODY

    def _as_principal(self, conn: Connection, deputy: Actor | None, wanted: str) -> Actor:
        """Who signed in must pass as they are; the capability must be the principal's (W34)."""
        rule = self.route.rule
        replace(rule, capability="", anonymous=False).admit(deputy)
        if deputy is None:
            raise SignedOut()
        principal = acting.as_principal(conn, deputy, wanted, rule.deputy, self.company.today())
        if rule.capability:
            principal.must(rule.capability)
        return principal

    async def _read(self, request: Request, path: Mapping[str, Any], query: Any) -> Response:
        def snapshot(conn: Connection) -> tuple[Actor, Response]:
            actor = self._admit(conn, request.headers)
            value = self.route.handler(Read(self.company, actor, path, None, query, conn))
            shown = value if isinstance(value, Response) else self._respond(Answer(value, log.head(conn)))
            return actor, shown

        actor, response = await self.company.read(snapshot)
        await self._used(actor)
        return await self._with_cookie(request, actor, response)

    async def _used(self, actor: Actor) -> None:
        """Keeps the session from running out; a listening client alone (long-poll) is nobody's presence."""
        if actor.is_due and self.route.path != "/api/events":
            with contextlib.suppress(Unavailable):
                await self.company.write(lambda work: self.touch(work, actor.session_id))

    async def _with_cookie(self, request: Request, actor: Actor, response: Response) -> Response:
        """Whoever's rights have changed leaves with another token, but not in an answer that a browser keeps or that sets the cookie."""
        if (
            actor.renews
            and "set-cookie" not in response.headers
            and response.headers.get("cache-control") == PRIVATE["Cache-Control"]
        ):
            with contextlib.suppress(Unavailable):
                if cookie := await self.renewed(self.company, actor, request.headers):
                    response.headers.append("Set-Cookie", cookie)
        return response

    async def _write(
        self, request: Request, actor: Actor, path: Mapping[str, Any], query: Any, body: Any, raw: bytes
    ) -> Response:
        route = self.route
        key = idempotency_key(request) if route.again else ""
        where = route.filled(path)
        # A key belongs to who presses; the same body for somebody else is another request.
        presses = actor.by or actor.id
        hashed = idempotency.body_hash(raw + b"\0for %d" % actor.id if actor.by else raw)
        trace = trace_of(request, actor)

        def turn(work: Work) -> Answer:
            work.trace = trace
            if actor.by:
                today = self.company.today()
                acting.must_delegate(work.conn, actor.id, actor.by, route.rule.deputy, today)
            call = Write(self.company, actor, path, body, query, work)
            if route.again is None:
                value = route.handler(call)
                _note_deputy(work, actor, route, ("person", actor.id))
                return Answer(value)
            earlier = idempotency.find(work.conn, presses, key, where, hashed)
            if earlier is not None:
                return Answer(route.again(call, earlier), earlier.seq, earlier.status)
            made = cast(Made, route.handler(call))
            idempotency.keep(work, presses, key, where, hashed, route.status, made.ref)
            _note_deputy(work, actor, route, made.ref)
            return Answer(made.answer)

        try:
            done = await self.company.write(turn)
        except Problem as refusal:
            await self._leave(refusal, trace)
            raise
        answer = done.value
        return self._respond(
            Answer(answer.value, done.seq if answer.seq is None else answer.seq, answer.status)
        )

    async def _leave(self, refusal: Problem, trace: Trace) -> None:
        leaves = refusal.leaves
        if leaves is None:
            return

        def turn(work: Work) -> None:
            work.trace = trace
            leaves(work)

        await self.company.write(turn)

    def _respond(self, answer: Any) -> Response:
        if isinstance(answer, Response):
            return answer
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        status = answer.status or self.route.status
        headers = dict(PRIVATE)
        if answer.seq is not None:
            headers["Tenfour-Seq"] = str(answer.seq)
        content = b"" if status == 204 else encode(answer.value)
        response = Response(content, status, headers, "application/json" if status != 204 else None)
        for cookie in answer.cookies:
            response.headers.append("Set-Cookie", cookie)
        return response


def trace_of(request: Request, actor: Actor) -> Trace:
    """From where this request comes."""
    address = request.client.host if request.client else ""
    device = request.headers.get("user-agent", "")
    if actor.by:
        return Trace(actor.by, actor.id, address, device)
    return Trace(actor.id or None, None, address, device)


def _note_deputy(work: Work, actor: Actor, route: Route, about: tuple[str, int]) -> None:
    """Whatever is done for somebody else is kept for good."""
    if actor.by:
        work.audit("delegation.used", about, rule=route.rule.name)


def idempotency_key(request: Request) -> str:
    """The mandatory header (P3). Raises `NeedsKey`."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= 100 or not key.isascii() or not key.isprintable():
        raise NeedsKey()
    return key


def check_origin(headers: Mapping[str, str], company: Company) -> None:
    """Refuses writes that a page of another origin makes in a signed-in browser. Scripts send neither header.

    An access token is not sent by a browser of itself, and beside one no cookie counts: such a request may come from anywhere.
    """
    if headers.get("authorization", "").lower().startswith("bearer "):
        return
    origin = headers.get("origin")
    if origin is not None:
        if origin.rstrip("/") not in company.settings.origins:
            raise Forbidden(
                "This page's address is not the one Tenfour is configured for (TENFOUR_BASE_URL).",
                next_step="check_address",
            )
    elif headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise Forbidden("Requests from other sites are refused.")


async def read_body(request: Request) -> bytes:
    """At most `MAX_BODY` bytes; raises `TooLarge` as soon as there are more."""
    if announced(request.headers) > MAX_BODY:
        raise too_large(MAX_BODY)
    chunks, size = [], 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > MAX_BODY:
                raise too_large(MAX_BODY)
            chunks.append(chunk)
    except ClientDisconnect as error:
        raise Unparsable("The connection went away.") from error
    return b"".join(chunks)
