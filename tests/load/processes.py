"""Starts and stops what is measured: floors and the product, on the server's core, each with a log in its folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.load.machine import SERVER_CORE, on_core
from tests.load.nursery import Child, Nursery
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60.0


class Program:
    """One server process. `{port}` in the command is replaced; `greeting` is what it must answer to count as started."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        folder: Path,
        *,
        greeting: tuple[bytes, bytes] = (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"HTTP/1.1"),
        environment: Mapping[str, str] | None = None,
        also: Sequence[int] = (),
    ) -> None:
        self.name, self.folder, self.greeting = name, folder, greeting
        self.port = free_port()
        self.command = [word.format(port=self.port) for word in command]
        # Python keeps what it compiled, as it does wherever nobody forbids it: a start is not a compilation.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.environment = {**kept, **(environment or {})}
        self.also = list(also)  # the database it uses, for the account of the core
        self.process: subprocess.Popen[bytes] | Child | None = None
        self.nursery: Nursery | None = None  # forks the server instead of starting it from nothing
        folder.mkdir(parents=True, exist_ok=True)

    def start(self) -> float:
        """Seconds from spawn to the first answer."""
        begun = time.monotonic()
        log_file = self.folder / "server.log"
        if self.nursery is not None:
            python, dash_m, module, *words = self.command
            assert (python, dash_m) == (sys.executable, "-m")
            self.process = self.nursery.fork(module, words, self.environment, log_file)
            return self._until_it_answers(begun)
        self.spawn()
        return self._until_it_answers(begun)

    def spawn(self) -> None:
        """Starts it and waits for nothing: for programs without a port."""
        with (self.folder / "server.log").open("ab") as log, on_core(SERVER_CORE):
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _until_it_answers(self, begun: float) -> float:
        assert self.process is not None
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - begun > STARTS_WITHIN:
                status = self.process.poll()
                self.kill()
                raise RuntimeError(f"{self.name} did not start (status {status}):\n{self.log()[-3000:]}")
            time.sleep(0.003)
        return time.monotonic() - begun

    def answers(self) -> bool:
        question, wanted = self.greeting
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.settimeout(5)
                connection.sendall(question)
                return wanted in connection.recv(4096)
        except OSError:
            return False

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pids(self) -> list[int]:
        assert self.process is not None
        return [self.process.pid, *self.also]

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill -9: nothing gets a chance to be written."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)


RAW_GREETING = (b"JOIN hello\n", b"OK")


def raw_floor(folder: Path) -> Program:
    command = [sys.executable, "-m", "tests.load.floors.raw", "--port", "{port}"]
    return Program("raw", command, folder, greeting=RAW_GREETING)


def plain_floor(folder: Path, answer: Path) -> Program:
    """Starlette that answers what is in the file."""
    command = [sys.executable, "-m", "tests.load.floors.plain", "--port", "{port}", "--answer", str(answer)]
    return Program("starlette", command, folder)


def skeleton(folder: Path, database: str, *, coalesce: bool = False, also: Sequence[int] = ()) -> Program:
    command = [sys.executable, "-m", "tests.load.floors.skeleton", "--port", "{port}", "--database", database]
    name = "skeleton, coalesced" if coalesce else "skeleton"
    return Program(name, [*command, "--coalesce"] if coalesce else command, folder, also=also)
