"""What is read off the running process when somebody asks, so that sending a message costs nothing more."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection
from sqlalchemy.pool import QueuePool

from server.background.runner import Runner
from server.events import log
from server.jobs import queue
from server.kit.problems import Problem
from server.realtime.hub import Hub
from server.work.company import Company


@dataclass
class Stored:
    """What only the database knows. `jobs`: (name, state) → how many."""

    head: int | None = None
    jobs: dict[tuple[str, str], int] = field(default_factory=dict)
    due_since: datetime | None = None


async def look(company: Company) -> Stored:
    """One snapshot; empty when the database is away."""

    def read(conn: Connection) -> Stored:
        return Stored(log.head(conn), queue.open_jobs(conn), queue.due_since(conn, company.clock.now()))

    try:
        return await company.read(read)
    except Problem:
        return Stored()


class State(Collector):
    """Made for one answer."""

    def __init__(self, company: Company, hub: Hub, runner: Runner, stored: Stored) -> None:
        self.company, self.hub, self.runner, self.stored = company, hub, runner, stored

    def collect(self) -> Iterator[Metric]:
        yield from self._live()
        yield from self._writing()
        yield from self._jobs()
        yield from self._places()

    def _live(self) -> Iterator[Metric]:
        sockets = [len(heard) for heard in list(self.hub.sockets.values())]
        yield _gauge("tenfour_sockets", "Open sockets and waiting long-polls.", sum(sockets))
        yield _gauge("tenfour_people_online", "People with at least one of them.", len(sockets))
        yield _gauge("tenfour_slow_readers", "Sockets whose buffer is full.", self.hub.slow_readers)
        position = self.company.relay.position
        yield _gauge(
            "tenfour_events",
            "The log number up to which this process has handed out; its rate is events/s.",
            position,
        )
        yield _gauge(
            "tenfour_database_up", "Whether the database answered.", int(self.stored.head is not None)
        )
        yield _gauge(
            "tenfour_bus_up", "Whether pokes between processes arrive.", int(self.company.bus.healthy)
        )
        if self.stored.head is not None:
            yield _gauge("tenfour_log_head", "The newest number of the log.", self.stored.head)
            lag = max(0, self.stored.head - position)
            yield _gauge(
                "tenfour_hub_lag", "Numbers of the log that this process has not handed out yet.", lag
            )

    def _writing(self) -> Iterator[Metric]:
        yield _gauge(
            "tenfour_writes_waiting", "Acts that wait for the writer.", self.company.db.writer.waiting
        )
        sizes = list(self.company.lanes.batches)
        buckets, so_far = [], 0
        for size, count in enumerate(sizes):
            so_far += count
            if size and (size & (size - 1)) == 0:
                buckets.append((str(float(size)), float(so_far)))
        buckets.append(("+Inf", float(so_far)))
        acts = float(sum(size * count for size, count in enumerate(sizes)))
        family = HistogramMetricFamily("tenfour_batch_acts", "Small acts in one transaction.")
        family.add_metric([], buckets, acts)
        yield family
        in_use = GaugeMetricFamily(
            "tenfour_connections_in_use", "Database connections in use.", labels=["pool"]
        )
        size_of = GaugeMetricFamily("tenfour_connections", "Database connections at most.", labels=["pool"])
        reading = self.company.db.reading
        in_use.add_metric(["read"], reading.busy)
        size_of.add_metric(["read"], reading.count)
        for name, engine in self.company.db.writer.engines.items():
            if isinstance(engine.pool, QueuePool):
                in_use.add_metric([name], engine.pool.checkedout())
                size_of.add_metric([name], engine.pool.size())
        yield in_use
        yield size_of

    def _jobs(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily(
            "tenfour_jobs",
            "Jobs in the table that are not done: waiting, running, failed.",
            labels=["job", "state"],
        )
        for (name, state), count in sorted(self.stored.jobs.items()):
            jobs.add_metric([name, state], count)
        yield jobs
        running = GaugeMetricFamily("tenfour_jobs_here", "Jobs that this process runs.", labels=["job"])
        for name, count in sorted(self.runner.running.items()):
            running.add_metric([name], count)
        yield running
        late = 0.0
        if self.stored.due_since is not None:
            late = max(0.0, (self.company.clock.now() - self.stored.due_since).total_seconds())
        yield _gauge("tenfour_job_lateness_seconds", "How long the longest waiting job has been due.", late)

    def _places(self) -> Iterator[Metric]:
        try:
            disk = os.statvfs(self.company.data)
        except OSError:
            return
        yield _gauge(
            "tenfour_disk_free_bytes", "Free where the data folder is.", disk.f_bavail * disk.f_frsize
        )
        sizes = GaugeMetricFamily("tenfour_file_bytes", "Files of an embedded database.", labels=["file"])
        for file in sorted(self.company.data.glob("*.sqlite3*")):
            if file.suffix in (".sqlite3", ".sqlite3-wal") and ".before-" not in file.name:
                sizes.add_metric([file.name], file.stat().st_size)
        yield sizes


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)
