"""The one client for addresses outside: pinned, bounded in time and size, each redirect looked at anew."""

import asyncio
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import msgspec

from server.outbound.addresses import Refused, is_named, pinned

if TYPE_CHECKING:
    import httpx2

SECONDS = 5.0
MOST = 1 << 20
REDIRECTS = 3


class Unreachable(Exception):
    """No answer that can be used: too late, too large, broken off. The sentence is for the operator's log."""


@dataclass(frozen=True)
class Fetched:
    status: int
    body: bytes

    def json(self) -> dict[str, object]:
        """The body as a JSON object. Raises `Unreachable`."""
        try:
            return msgspec.json.decode(self.body, type=dict[str, object])
        except msgspec.DecodeError as error:
            raise Unreachable(f"an answer of status {self.status} is no JSON object") from error


class Outbound:
    """`private_hosts`: names (`host` or `host:port`) that may lie in the own network, and be asked without TLS."""

    def __init__(self, private_hosts: Collection[str] = ()) -> None:
        self._private = frozenset(private_hosts)

    async def get(self, address: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """Raises `Refused` or `Unreachable`."""
        return await self._in_time("GET", address, headers or {}, None)

    async def post(
        self, address: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """A form. Raises `Refused` or `Unreachable`; a redirect is not followed with what was sent."""
        return await self._in_time("POST", address, headers or {}, form)

    async def _in_time(
        self, method: str, address: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> Fetched:
        import httpx2  # most companies never ask anybody outside, and every start would load it

        try:
            async with asyncio.timeout(SECONDS):
                for _ in range(REDIRECTS + 1):
                    fetched = await self._once(method, address, headers, form)
                    if isinstance(fetched, Fetched):
                        return fetched
                    if method != "GET":
                        raise Unreachable("the answer to what was sent is a redirect")
                    # What lets in at one place is not told to another.
                    address, headers = urljoin(address, fetched), {}
                raise Unreachable("more redirects than are followed")
        except TimeoutError as error:
            raise Unreachable(f"no answer within {SECONDS:.0f} seconds") from error
        except httpx2.HTTPError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    async def _once(
        self, method: str, address: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> Fetched | str:
        import httpx2

        try:
            url = httpx2.URL(address)
        except (httpx2.InvalidURL, TypeError, ValueError) as error:
            raise Refused("an address that cannot be read") from error
        host, port = url.host, url.port or (443 if url.scheme == "https" else 80)
        if url.userinfo or not host or url.scheme not in ("https", "http"):
            raise Refused(f"{url.scheme}://{host} is no address that is asked")
        if url.scheme == "http" and not is_named(host, port, self._private):
            raise Refused(f"{host} wants to be asked without TLS")
        to = url.copy_with(host=await pinned(host, port, self._private))
        sent = {**headers, "Host": url.netloc.decode(), "Accept-Encoding": "identity"}
        async with (
            httpx2.AsyncClient(
                trust_env=False, follow_redirects=False, timeout=SECONDS, verify=_trusted()
            ) as client,
            client.stream(method, to, headers=sent, data=form, extensions={"sni_hostname": host}) as answer,
        ):
            if answer.is_redirect:
                return str(answer.headers["location"])
            return Fetched(answer.status_code, await _bounded(answer))


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The authorities of this machine; reading them takes longer than most requests."""
    return ssl.create_default_context()


async def _bounded(answer: "httpx2.Response") -> bytes:
    """What was sent, at most `MOST` bytes; nothing is unpacked."""
    chunks, size = [], 0
    async for chunk in answer.aiter_raw():
        size += len(chunk)
        if size > MOST:
            raise Unreachable(f"an answer of more than {MOST} bytes")
        chunks.append(chunk)
    return b"".join(chunks)
