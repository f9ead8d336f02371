"""G24: a backup by the real command while messages are written, put back into both databases, compared with what was acknowledged.

python -m tests.load backup [--messages 500000] [--database sqlite|postgresql]

Prints seconds per GiB and the largest memory of each command; status 1 when anything acknowledged before the backup began is missing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import select

from chat import conversations, messages
from chat.models import Message
from server.config.settings import Settings
from server.opening import DATABASE_FILE, open_company
from server.permissions.actor import load_actor
from server.work.company import Company
from server.work.work import Work
from tests.load.bulk import open_engine
from tests.load.machine import describe
from tests.load.processes import ROOT
from tests.load.product import DATABASES
from tests.load.seed import make_company
from tests.servers import PostgresServer, create_database, start_postgres

PEOPLE, BATCH, TEXT = 100, 64, "这是一句收到。" * 12


class Talk:
    """A company into which the lane of messages writes as fast as it can; `said` are the client ids that were acknowledged."""

    def __init__(self, settings: Settings, seed: str) -> None:
        self.company: Company = open_company(settings)
        people = make_company(open_engine(seed), seed=1, people=PEOPLE, departments=5).people
        self.pairs = [(a, self.begin(a, b)) for a, b in zip(people[::2], people[1::2], strict=True)]
        self.said: list[str] = []
        self.ended = threading.Event()

    def begin(self, a: int, b: int) -> int:
        def turn(work: Work) -> int:
            actor = load_actor(work.conn, a)
            assert actor is not None
            return conversations.start_direct(work, actor, b)

        return self.company.write_now(turn)

    def say(self, count: int) -> None:
        for start in range(0, count, BATCH):
            fresh = [f"c{len(self.said) + at}" for at in range(min(BATCH, count - start))]
            acts = []
            for at, one in enumerate(fresh):
                author, place = self.pairs[(len(self.said) + at) % len(self.pairs)]
                acts.append(("message", messages.prepare(author, place, one, TEXT, None)))
            for outcome in self.company.lanes.batch(self.company.db.writer.engine, acts):
                if isinstance(outcome, Exception):
                    raise outcome
            self.said += fresh

    def until_ended(self) -> None:
        while not self.ended.is_set():
            self.say(BATCH)


def command(words: list[str], url: str) -> tuple[float, int]:
    """Seconds and the largest memory (KiB) of the real command."""
    environment = {**os.environ, "TENFOUR_DATABASE_URL": url}
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "server", *words], cwd=ROOT, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{words[0]} ended with {status}")
    return time.monotonic() - begun, used.ru_maxrss


def stored(settings: Settings) -> set[str]:
    company = open_company(settings)
    try:
        return set(company.db.snapshot(lambda conn: list(conn.execute(select(Message.client_id)).scalars())))
    finally:
        company.db.close()


def told(what: str, took: tuple[float, int], size: int) -> None:
    seconds, memory = took
    print(
        f"{what}: {seconds:.1f} s, {seconds * (1 << 30) / size:.0f} s/GiB (goal 120), at most {memory >> 10} MiB of memory"
    )


def run(folder: Path, kind: str, count: int, postgres: PostgresServer) -> int:
    """How many acknowledged messages are missing after a restore into either database."""
    url = create_database(postgres, "source") if kind == "postgresql" else ""
    data, file = folder / "source", folder / "backup.zip"
    settings = Settings(data=data, database_url=url)
    open_company(settings).db.close()
    talk = Talk(settings, url or f"sqlite:///{data / DATABASE_FILE}")
    talk.say(count)
    writing = threading.Thread(target=talk.until_ended)
    writing.start()
    before = len(talk.said)
    took = command(["backup", "--to", str(file), "--data", str(data)], url)
    during = len(talk.said) - before
    talk.ended.set()
    writing.join()
    acknowledged = set(talk.said[:before])
    talk.company.db.close()
    size = postgres_size(postgres) if url else sum(one.stat().st_size for one in data.glob("*.sqlite3"))
    print(
        f"{kind}: {before:,} acknowledged before, {during:,} while the backup ran; database {size >> 20} MiB"
    )
    told("backup", took, size)
    missing = 0
    for into in DATABASES:
        target = create_database(postgres, f"{kind}_to_{into}") if into == "postgresql" else ""
        place = folder / f"to-{into}"
        told(f"restore into {into}", command(["restore", str(file), "--data", str(place)], target), size)
        lost = acknowledged - stored(Settings(data=place, database_url=target))
        print(f"{into}: {len(lost)} of {len(acknowledged):,} acknowledged are missing")
        missing += len(lost)
    return missing


def postgres_size(postgres: PostgresServer) -> int:
    engine = open_engine(postgres.url)
    with engine.connect() as conn:
        size: int = conn.exec_driver_sql("SELECT pg_database_size('source')").scalar_one()
    engine.dispose()
    return size


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=500_000)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    given = parser.parse_args(words)
    print(describe())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tenfour-backup-")))
        folder.chmod(0o755)
        postgres = start_postgres(folder / "postgresql", durable=True)
        stack.callback(postgres.stop)
        return 1 if run(folder, given.database, given.messages, postgres) else 0


if __name__ == "__main__":
    sys.exit(main())
