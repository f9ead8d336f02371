"""The local admin socket: the command line asks the running server, so that a SQLite file never gets a second writer.

A Unix socket in the data folder that only the server's own user may open (mode 600, and the kernel says who is asking). One line of
JSON each way: `{"act": "create", "args": {…}}` → `{"ok": true, "said": "…"}`.
"""

import asyncio
import contextlib
import os
import socket
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import structlog

from server.kit.module import every
from server.kit.problems import Problem
from server.operating.acts import OperatorAct, carried_out
from server.work.company import Company

NAME = "admin.sock"
PATIENCE = 60.0
MAX_LINE = 1 << 16
logger = structlog.get_logger()


class NoServer(Exception):
    """Nobody listens in this data folder."""


class ActRefused(Exception):
    """The server's own words for why not."""


class _OnlyLooked(Exception):
    """Another server of this folder asked whether somebody listens."""


class _Question(msgspec.Struct):
    act: str
    args: dict[str, str]


class _Answer(msgspec.Struct):
    ok: bool
    said: str


def ask(data: Path, act: str, args: Mapping[str, str]) -> str:
    """What the running server says to this act. Raises `NoServer`, or `ActRefused` with its words."""
    with _connected(data) as line:
        try:
            line.sendall(msgspec.json.encode(_Question(act, dict(args))) + b"\n")
            heard = b""
            while not heard.endswith(b"\n") and (more := line.recv(MAX_LINE)):
                heard += more
            answer = msgspec.json.decode(heard, type=_Answer)
        except (OSError, msgspec.DecodeError) as error:
            raise ActRefused("The running server did not answer. Look at its log, then try again.") from error
    if not answer.ok:
        raise ActRefused(answer.said)
    return answer.said


def is_open(data: Path) -> bool:
    """Whether a server listens in this data folder."""
    try:
        with _connected(data):
            return True
    except NoServer:
        return False


@contextlib.contextmanager
def _connected(data: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, _short(data) as address:
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError as error:
            raise NoServer from error
        yield line


@contextlib.contextmanager
def _short(data: Path) -> Iterator[str]:
    """The socket's address; a long one (the kernel takes 107 bytes) through the folder's open handle, where the system has that."""
    plain = str(data / NAME)
    if len(os.fsencode(plain)) < 100 or not Path("/proc/self/fd").exists() or not data.is_dir():
        yield plain
        return
    handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{NAME}"
    finally:
        os.close(handle)


class AdminDoor:
    """Opened by the web door when it starts serving. Several servers on one folder (PostgreSQL): the first one listens."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._acts = {act.name: act for act in every(company.modules, OperatorAct)}
        self._server: asyncio.Server | None = None
        self._line: socket.socket | None = None

    async def open(self) -> None:
        """Without it the server still serves; the command line then refuses in words."""
        data = self._company.data
        try:
            if is_open(data):
                return
            self._line = _bound(data)
            self._server = await asyncio.start_unix_server(self._serve, sock=self._line, limit=MAX_LINE)
        except OSError as error:
            logger.warning("no admin socket", folder=str(data), error=error.strerror)

    async def close(self) -> None:
        if self._server is not None and self._line is not None:
            self._server.close()
            self._line.close()
            (self._company.data / NAME).unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer = await self._answer(reader, writer)
            writer.write(msgspec.json.encode(answer) + b"\n")
            await writer.drain()
        except _OnlyLooked:
            pass
        except (OSError, ValueError, TimeoutError) as error:
            logger.warning("admin socket", error=type(error).__name__)
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> _Answer:
        if not _is_our_user(writer.get_extra_info("socket")):
            return _Answer(False, "Only the user under whom the server runs may do this.")
        line = await asyncio.wait_for(reader.readline(), PATIENCE)
        if not line:
            raise _OnlyLooked
        question = msgspec.json.decode(line, type=_Question)
        act = self._acts.get(question.act)
        if act is None or question.args.keys() != set(act.words):
            return _Answer(False, "The running server is of another version and does not know this command.")
        try:
            if act.reads:
                return _Answer(True, await self._company.read(lambda conn: act.run(conn, question.args)))
            done = await self._company.write(carried_out(act, question.args))
        except Problem as problem:
            return _Answer(False, problem.detail)
        except Exception as error:
            logger.error("an operator's act failed", act=act.name, exc_info=error)
            return _Answer(False, "This failed; the server's log says why.")
        await self._company.relay.look()
        return _Answer(True, done.value)


def _bound(data: Path) -> socket.socket:
    """A listening socket that nobody else can open, not even for a moment. What a killed server left is removed."""
    (data / NAME).unlink(missing_ok=True)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with _short(data) as address:
            line.bind(address)
    except OSError:
        line.close()
        raise
    finally:
        os.umask(before)
    return line


def _is_our_user(line: socket.socket) -> bool:
    """The kernel's word where it gives one; elsewhere the socket's mode is the guard."""
    if not sys.platform.startswith("linux"):
        return True
    credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", credentials)[1] == os.geteuid())
