"""Bytes on a connection of their own: requests that no well-behaved client library would send. A `Line` sends many on one."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from tests.house import PATIENCE, House

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """An answer as it came. Header names are lower case; repeated ones stay repeated."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def fields(self) -> list[str]:
        """The fields that a problem document names."""
        return [str(error["field"]) for error in self.json()["errors"]]


async def ask(
    house: House,
    method: str,
    target: str,
    headers: Headers | None = None,
    body: bytes | None = None,
    source: str = "127.0.0.1",
) -> Reply:
    """One request from the address `source`. `target` goes out as it is; Host and Content-Length are added unless given."""
    raw = _request(house, method, target, headers or [], body)
    return await send(house, raw, bodiless=method == "HEAD", source=source)


class Line:
    """Requests of one client after each other, on one connection for as long as the server keeps it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, target: str, headers: Headers | None = None, body: bytes | None = None
    ) -> Reply:
        """As `ask`."""
        raw = _request(self.house, method, target, headers or [], body)
        async with asyncio.timeout(PATIENCE):
            if self._open is None or self._open[0].at_eof() or self._open[1].is_closing():
                self.close()
                self._open = await _connect(self.house, "127.0.0.1")
            reader, writer = self._open
            writer.write(raw)
            reply = await _answer(reader, method == "HEAD")
        if reply.header("connection").lower() == "close":
            self.close()
        return reply

    def close(self) -> None:
        if self._open is not None:
            self._open[1].transport.abort()
            self._open = None


def _request(house: House, method: str, target: str, given: Headers, body: bytes | None) -> bytes:
    names = {name.lower() for name, _ in given}
    lines = [f"{method} {target} HTTP/1.1"]
    if "host" not in names:
        lines.append(f"Host: 127.0.0.1:{house.settings.port}")
    lines += [f"{name}: {value}" for name, value in given]
    if body is not None and not names & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return head + (body or b"")


async def _connect(house: House, source: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(
        "127.0.0.1", house.settings.port, limit=1 << 22, local_addr=(source, 0)
    )


async def send(house: House, raw: bytes, *, bodiless: bool = False, source: str = "127.0.0.1") -> Reply:
    """Whatever bytes; the first answer to them. The connection closes afterwards."""
    async with asyncio.timeout(PATIENCE):
        reader, writer = await _connect(house, source)
        try:
            writer.write(raw)
            return await _answer(reader, bodiless)
        finally:
            writer.transport.abort()


async def _answer(reader: asyncio.StreamReader, bodiless: bool) -> Reply:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.rstrip().split("\r\n")
    headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    found = dict(headers)
    body = b""
    if not bodiless and "content-length" in found:
        body = await reader.readexactly(int(found["content-length"]))
    elif not bodiless and found.get("transfer-encoding") == "chunked":
        body = await _chunks(reader)
    return Reply(int(status.split()[1]), headers, body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return body
