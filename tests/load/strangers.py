"""Requests one by one, with their headers, and requests whose sender goes away: what a talker's socket does not do."""

import http.client
import json
import socket
import struct
from dataclasses import dataclass
from typing import Any

AT_ONCE = struct.pack("ii", 1, 0)  # closed with a reset: nobody waits for anything


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: Any


def ask(port: int, cookie: str, method: str, path: str, body: Any = None, key: str = "") -> Reply:
    """One request on a connection of its own. `cookie` is a whole header line; a body that is no JSON stays a text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie.partition(":")[2].strip()}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if key:
        headers["Idempotency-Key"] = key
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        raw = answer.read()
    finally:
        connection.close()
    return Reply(answer.status, answer.headers, json.loads(raw) if raw[:1] in (b"{", b"[") else raw.decode())


def whole(port: int, cookie: str, path: str, body: Any, key: str = "") -> bytes:
    """A POST as it stands on the wire."""
    raw = json.dumps(body).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        cookie.strip(),
        "Content-Type: application/json",
        f"Content-Length: {len(raw)}",
        *([f"Idempotency-Key: {key}"] if key else []),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def begin(port: int, request: bytes) -> socket.socket:
    """Sends it and does not wait."""
    connection = socket.create_connection(("127.0.0.1", port), 10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(request)
    return connection


def cut(connection: socket.socket, *, reset: bool) -> None:
    """Goes away, with a word or without."""
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    connection.close()
