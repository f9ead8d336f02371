"""The scaled mode on this machine: PostgreSQL and Valkey from the test wheels, web processes behind one port, a worker.

`make run-scaled` serves a demo company so until Ctrl-C; tests and load runs use `Scaled`. Nothing is taken from the system.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import psutil
import psycopg

from tests.house import NO_CERTIFICATES
from tests.servers import create_database, start_postgres, start_valkey

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 90.0


class Command:
    """One `tenfour …` of our own, in a session of its own; its output goes to a file, or to the terminal."""

    def __init__(self, words: list[str], environment: dict[str, str], log: Path | None = None) -> None:
        command = [sys.executable, "-m", "server", *words]
        with contextlib.ExitStack() as stack:
            output = stack.enter_context(log.open("ab")) if log else None
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def children(self) -> list[psutil.Process]:
        """The processes that really serve, oldest first."""
        return [one for one in psutil.Process(self.process.pid).children() if _serves(one)]

    def stop(self) -> None:
        """In order, and by force for what does not end."""
        family = (
            [
                psutil.Process(self.process.pid),
                *psutil.Process(self.process.pid).children(recursive=True),
            ]
            if self.process.poll() is None
            else []
        )
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        for one in family[1:]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()


class Scaled:
    """Web processes behind `port` and a worker, on one PostgreSQL and one Valkey."""

    def __init__(self, folder: Path, environment: dict[str, str], port: int, log: bool = True) -> None:
        self.folder, self.environment, self.port = folder, environment, port
        self._log = log

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _file(self, name: str) -> Path | None:
        return self.folder / f"{name}.log" if self._log else None

    def serve(self, *words: str, workers: int = 2) -> Command:
        """Web processes; call `await_answer` before using them."""
        given = ["serve", "--workers", str(workers), "--port", str(self.port), *words]
        return Command(given, self.environment, self._file("web"))

    def work(self) -> Command:
        return Command(["worker"], self.environment, self._file("worker"))

    def await_answer(self, program: Command) -> None:
        """Until the port answers."""
        deadline = time.monotonic() + PATIENCE
        with httpx2.Client(verify=NO_CERTIFICATES, timeout=5) as client:
            while time.monotonic() < deadline and program.process.poll() is None:
                with contextlib.suppress(httpx2.TransportError):
                    if client.get(f"{self.base}/healthz").status_code == 200:
                        return
                time.sleep(0.05)
        said = self._file("web")
        raise RuntimeError(f"the web processes did not answer: {said.read_text()[-2000:] if said else ''}")


def _serves(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.ZombieProcess, psutil.NoSuchProcess):  # one that just ended
        return "spawn_main" in " ".join(process.cmdline())
    return False


def environment_of(folder: Path, database_url: str, redis_url: str) -> dict[str, str]:
    """The settings of a scaled company."""
    return {
        "TENFOUR_DATA": str(folder),
        "TENFOUR_DATABASE_URL": database_url,
        "TENFOUR_REDIS_URL": redis_url,
        "TENFOUR_JOBS": "worker",
    }


@contextmanager
def machinery(folder: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL (durable) and Valkey in this folder, with a database in them; what was there is still there."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        postgres = start_postgres(folder / "postgresql", durable=True)
        stack.callback(postgres.stop)
        valkey = start_valkey(folder / "valkey")
        stack.callback(valkey.stop)
        with contextlib.suppress(psycopg.errors.DuplicateDatabase):
            create_database(postgres, "tenfour")
        yield environment_of(folder / "data", postgres.url_of("tenfour"), valkey.url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "data" / "scaled")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *told: sys.exit(0))  # what was started is stopped
    with machinery(given.folder.absolute()) as environment, contextlib.suppress(KeyboardInterrupt):
        scaled = Scaled(given.folder, environment, given.port, log=False)
        web = scaled.serve("--demo", workers=given.workers)
        worker = None
        try:
            scaled.await_answer(web)  # the demo company is there before anybody works on it
            worker = scaled.work()
            print(
                f"{given.workers} web processes and a worker serve at {scaled.base}. Ctrl-C stops all.",
                flush=True,
            )
            web.process.wait()
        finally:
            for program in (worker, web):
                if program is not None:
                    program.stop()


if __name__ == "__main__":
    main()
