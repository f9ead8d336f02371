"""What a message costs in the write lane alone, in this process: microseconds of processor time by batch size, and where they go.

Processor time hardly depends on what else the machine does, so this is the figure to look at while changing the send path.

    python -m tests.load.lane [--profile]
"""

import argparse
import asyncio
import cProfile
import os
import pstats
import tempfile
import time
from pathlib import Path

from chat import conversations, messages
from server.config.settings import Settings
from server.opening import open_company
from server.permissions.actor import load_actor
from server.work.company import Company
from server.work.work import Work
from tests.load.bulk import open_engine
from tests.load.machine import SERVER_CORE, describe
from tests.load.seed import make_company

SIZES, MESSAGES, TEXT = (1, 8, 32, 64), 3_000, "x" * 250
Batch = list[tuple[str, messages.Send]]


class Lane:
    """A company with 50 direct conversations and its lane A, without sockets and without an event loop at work."""

    def __init__(self, folder: Path) -> None:
        self.company: Company = open_company(Settings(data=folder))
        self.engine = self.company.db.writer.engine
        (file,) = folder.glob("*.sqlite3")
        people = make_company(open_engine(f"sqlite:///{file}"), seed=1, people=100, departments=5).people
        self.pairs = [(a, self.start(a, b)) for a, b in zip(people[::2], people[1::2], strict=True)]
        self.said = 0

    def start(self, a: int, b: int) -> int:
        def turn(work: Work) -> int:
            actor = load_actor(work.conn, a)
            assert actor is not None
            return conversations.start_direct(work, actor, b)

        made: int = self.company.lanes.turn(self.engine, turn).value
        return made

    def batch(self, size: int) -> Batch:
        acts: Batch = []
        for _ in range(size):
            self.said += 1
            author, conversation = self.pairs[self.said % len(self.pairs)]
            acts.append(("message", messages.prepare(author, conversation, f"c{self.said}", TEXT, None)))
        return acts

    def run(self, batches: list[Batch]) -> None:
        for one in batches:
            for outcome in self.company.lanes.batch(self.engine, list(one)):
                if isinstance(outcome, Exception):
                    raise outcome


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    os.sched_setaffinity(0, {SERVER_CORE})
    print(describe())
    with tempfile.TemporaryDirectory(prefix="tenfour-lane-") as folder:
        lane = Lane(Path(folder))
        begun = time.process_time()
        lane.batch(1000)
        print(f"prepare: {(time.process_time() - begun) * 1e3:.0f} µs a message of {len(TEXT)} characters")
        for size in SIZES:
            batches = [lane.batch(size) for _ in range(MESSAGES // size // (8 if size == 1 else 1))]
            cpu, wall = time.process_time(), time.monotonic()
            lane.run(batches)
            cpu, wall, count = time.process_time() - cpu, time.monotonic() - wall, len(batches) * size
            print(
                f"batch of {size:2}: {cpu / count * 1e6:5.0f} µs of processor, {wall / count * 1e6:5.0f} µs in all, a message"
            )
        if given.profile:
            profile = cProfile.Profile()
            batches = [lane.batch(SIZES[-1]) for _ in range(40)]
            profile.runcall(lane.run, batches)
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)
            pstats.Stats(profile).sort_stats("cumtime").print_stats(40)
        lane.company.db.close()


async def with_loop() -> None:
    """The company wants a running loop to be made in; the lane itself does not use it."""
    main()


if __name__ == "__main__":
    asyncio.run(with_loop())
