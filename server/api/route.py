"""How a domain declares a route: method, path, the rule aloud, the handler, the typed shapes. `server/api/endpoint.py` carries it out.

A handler is a plain function of one `Call`. `get` handlers run in one snapshot, writing handlers in one turn of the writer,
`awaits` handlers on the event loop (password hashes, uploads, lane A).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request

from server.audit.trace import Trace
from server.events.envelope import Change
from server.permissions.actor import Actor
from server.permissions.rules import Rule

if TYPE_CHECKING:
    from server.work.company import Company
    from server.work.idempotency import Earlier
    from server.work.work import Done, Work

B = TypeVar("B")
Q = TypeVar("Q")
W = TypeVar("W")


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """No body, or no query parameters."""


@dataclass(frozen=True)
class Asked(Generic[B, Q]):
    """What every handler gets: typed body and query, path numbers, the actor (checked by the rule)."""

    company: "Company"
    actor: Actor
    path: Mapping[str, Any]
    body: B
    query: Q

    def id(self, name: str = "id") -> int:
        return int(self.path[name])


@dataclass(frozen=True)
class Read(Asked[B, Q]):
    """A question, answered from one snapshot."""

    conn: Connection


@dataclass(frozen=True)
class Write(Asked[B, Q]):
    """An act, in a turn of its own."""

    work: "Work"

    @property
    def conn(self) -> Connection:
        return self.work.conn


@dataclass(frozen=True)
class Await(Asked[B, Q]):
    """Something that must wait for more than the database. `actor` of an anonymous caller has id 0."""

    request: Request
    raw: bytes
    trace: Trace

    async def write(self, fn: "Callable[[Work], W]") -> "Done[W]":
        """A turn of its own whose audit entries say from where this request came."""

        def turn(work: "Work") -> W:
            work.trace = self.trace
            return fn(work)

        return await self.company.write(turn)


@dataclass(frozen=True)
class Made:
    """What a POST made: how the repeated request finds it again (`ref`), and the answer."""

    ref: tuple[str, int]
    answer: Any


@dataclass(frozen=True)
class Answer:
    """An answer with its own log number, status or cookies (from `awaits` handlers)."""

    value: Any = None
    seq: int | None = None
    status: int | None = None
    cookies: tuple[str, ...] = ()


class Items(msgspec.Struct, Generic[B]):
    """A page of a list. `next` is opaque; `also` brings other entities that belong to the items."""

    items: list[B]
    next: str | None = None
    also: list[Change] = []


class Item(msgspec.Struct, Generic[B]):
    """One entity with the others that belong to it."""

    item: B
    also: list[Change] = []


@dataclass(frozen=True)
class Route:
    """One method of one path. `again` presents the result of an earlier request with the same Idempotency-Key."""

    method: str
    path: str
    rule: Rule
    handler: Callable[[Any], Any] | Callable[[Any], Awaitable[Any]]
    how: str
    output: Any = None
    body: type = Nothing
    query: type = Nothing
    status: int = 200
    again: "Callable[[Any, Earlier], Any] | None" = None
    upload: bool = False
    octets: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def filled(self, values: Mapping[str, Any]) -> str:
        """The path with these numbers, each spelled in one way: `/api/posts/7`, however many zeros the client wrote."""
        return re.sub(r"\{(\w+):\w+\}", lambda match: str(values[match[1]]), self.path)

    @property
    def summary(self) -> str:
        return (self.handler.__doc__ or "").strip().split("\n")[0]


def get(path: str, rule: Rule, handler: Callable[[Any], Any], *, output: Any, query: type = Nothing) -> Route:
    return Route("GET", path, rule, handler, "read", output, query=query)


def get_awaiting(
    path: str, rule: Rule, handler: Callable[[Any], Awaitable[Any]], *, output: Any, query: type = Nothing
) -> Route:
    return Route("GET", path, rule, handler, "await", output, query=query)


def post(
    path: str,
    rule: Rule,
    handler: Callable[[Any], Any],
    *,
    again: "Callable[[Any, Earlier], Any]",
    output: Any,
    body: type = Nothing,
    query: type = Nothing,
    status: int = 201,
) -> Route:
    """A POST that makes something: needs an Idempotency-Key."""
    return Route("POST", path, rule, handler, "write", output, body, query, status, again)


def awaits(
    method: str,
    path: str,
    rule: Rule,
    handler: Callable[[Any], Awaitable[Any]],
    *,
    output: Any = None,
    body: type = Nothing,
    query: type = Nothing,
    status: int = 200,
    upload: bool = False,
    octets: bool = False,
) -> Route:
    """A handler on the event loop. It does its own writing through `company.write` or `company.small`.

    `octets`: the body is bytes as they are (`application/octet-stream`), in `raw`.
    """
    return Route(
        method, path, rule, handler, "await", output, body, query, status, upload=upload, octets=octets
    )


def put(
    path: str,
    rule: Rule,
    handler: Callable[[Any], Any],
    *,
    output: Any = None,
    body: type = Nothing,
    status: int = 200,
) -> Route:
    return Route("PUT", path, rule, handler, "write", output, body, status=status)


def patch(path: str, rule: Rule, handler: Callable[[Any], Any], *, output: Any, body: type) -> Route:
    return Route("PATCH", path, rule, handler, "write", output, body)


def delete(
    path: str,
    rule: Rule,
    handler: Callable[[Any], Any],
    *,
    output: Any = None,
    query: type = Nothing,
    status: int = 204,
) -> Route:
    return Route("DELETE", path, rule, handler, "write", output, query=query, status=status)
