"""What scenarios on several processes share: the fleet, and the positive control of a database that promises what it does not keep."""

import time

import psycopg

from tests.load.checker import Finding
from tests.load.faults.stage import Fault
from tests.load.fleet import Fleet
from tests.load.product import Product

CAUGHT_UP_WITHIN = 30.0


class OnFleet(Fault):
    """Its stage is two web processes and a worker; `fleet` is what can be killed."""

    forgetful = False  # the control is a PostgreSQL that says «committed» before its log is written

    def product(self) -> Product:
        ground = self.ground
        return Fleet(
            ground.name(type(self).__name__.lower()),
            ground.folder,
            ground.postgres,
            ground.valkey,
            ground.nursery,
            supervised=ground.nursery is None,
        )

    @property
    def fleet(self) -> Fleet:
        assert isinstance(self.stage.product, Fleet)
        return self.stage.product

    def before(self, product: Product) -> None:
        if self.forgetful and self.span.broken:
            with psycopg.connect(product.url, autocommit=True) as conn:
                conn.execute(f'ALTER DATABASE "{conn.info.dbname}" SET synchronous_commit = off')

    def last(self) -> None:
        """The worker has dealt with everything that is in the log, each fact once (P11)."""
        stage = self.stage
        for talker in stage.talkers:
            talker.talking = False
        stage.talk(30.0, lambda: not any(one.unanswered for one in stage.talkers))
        deadline = time.monotonic() + CAUGHT_UP_WITHIN
        while time.monotonic() < deadline and not self.span.broken:
            if not self.behind():
                return
            stage.talk(0.1)
        if behind := self.behind():
            stage.findings.append(Finding("not dealt with", f"the worker is behind: {behind}"))

    def behind(self) -> list[tuple[str, int]]:
        """Reactions that have not seen the newest message."""
        with psycopg.connect(self.fleet.url) as conn:
            rows = conn.execute(
                "SELECT name, seq FROM reaction_cursor WHERE seq < (SELECT coalesce(max(seq), 0) FROM message)"
            ).fetchall()
        return [(str(name), int(seq)) for name, seq in rows]
