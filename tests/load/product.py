"""The product as it is measured: its own process on the server's core, on SQLite or on a PostgreSQL at its default settings."""

import contextlib
import json
import os
import sys
from pathlib import Path

from psycopg.errors import DuplicateDatabase
from sqlalchemy import Engine

from tests.load.bulk import open_engine
from tests.load.machine import SERVER_CORE, on_core
from tests.load.processes import Program
from tests.load.seed import Company
from tests.load.wire import Http, WebSocket
from tests.servers import PostgresServer, create_database, start_postgres

BUCKET = 1_000_000  # sends a second and burst: the load client is one that no person is
DATABASES = ("sqlite", "postgresql")


class Product:
    """One installation. `seed_engine` is for filling it while it is stopped."""

    def __init__(self, name: str, folder: Path, kind: str, postgres: PostgresServer | None) -> None:
        self.kind, self.data = kind, folder / name
        self.data.mkdir(parents=True, exist_ok=True)
        self.url = ""
        if postgres is not None:
            self.url = postgres.url_of(name)
            with contextlib.suppress(DuplicateDatabase):  # kept from an earlier run
                create_database(postgres, name)
        also = [postgres.process.pid] if postgres is not None else []
        command = [sys.executable, "-m", "server", "serve", "--port", "{port}", "--data", str(self.data)]
        self.program = Program(
            "tenfour", command, folder / f"{name}-log", environment=self.environment(), also=also
        )

    def environment(self) -> dict[str, str]:
        given = {"TENFOUR_SENDS_PER_SECOND": str(BUCKET), "TENFOUR_SENDS_BURST": str(BUCKET)}
        return {**given, "TENFOUR_DATABASE_URL": self.url} if self.url else given

    @property
    def port(self) -> int:
        return self.program.port

    def start(self) -> float:
        """Seconds until it answers."""
        return self.program.start()

    def stop(self) -> None:
        self.program.stop()

    def end(self) -> None:
        """At once: nothing of it is needed any more."""
        for program in self.programs:
            program.kill()

    def run_instead(self, module: str) -> None:
        """From its next start on the server is this module: the product, broken on purpose or looked into."""
        for program in self.programs:
            program.command = [module if word == "server" else word for word in program.command]

    @property
    def programs(self) -> list[Program]:
        return [self.program]

    def seed_engine(self) -> Engine:
        if self.url:
            return open_engine(self.url)
        (file,) = self.data.glob("*.sqlite3")
        return open_engine(f"sqlite:///{file}")

    def http(self, company: Company, person: int) -> Http:
        return Http(self.port, company.cookie(person), owner=person)

    def cursor(self, company: Company, person: int) -> str:
        http = self.http(company, person)
        cursor = http.ask("GET", "/api/bootstrap")["cursor"]
        http.close()
        assert isinstance(cursor, str)
        return cursor

    def live(self, company: Company, person: int) -> WebSocket:
        """A signed-in socket that has bootstrapped and said hello, as a browser does."""
        cursor = self.cursor(company, person)
        socket = WebSocket(self.port, "/api/live", company.cookie(person), owner=person)
        socket.send(json.dumps({"op": "hello", "cursor": cursor}).encode())
        socket.wait_text(b'"op":"ready"')
        return socket

    def make_conversation(self, company: Company, by: int, body: dict[str, object]) -> int:
        """The id of a new conversation (or of the direct one that is there)."""
        http = self.http(company, by)
        answer = http.ask("POST", "/api/conversations", body, f"Idempotency-Key: {os.urandom(8).hex()}\r\n")
        http.close()
        found = answer.get("conversation", answer.get("item", answer))
        assert isinstance(found, dict)
        return int(found["id"])


def start_database(kind: str, folder: Path) -> PostgresServer | None:
    """PostgreSQL with its default durability, on the server's core; nothing to start for SQLite."""
    if kind == "sqlite":
        return None
    with on_core(SERVER_CORE):
        return start_postgres(folder / "postgresql", durable=True)
