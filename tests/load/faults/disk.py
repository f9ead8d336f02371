"""G22: the disk under SQLite is full for a while. Writes are refused in words, reads go on, and it comes back by itself.

Full is a small disk without a byte left where mounting is allowed; every other time, and where it is not, a limit on the size of the
server's files. Now and then the server is killed while the disk is full.
"""

from tests.load.checker import Finding
from tests.load.faults.scenario import Ground, Scenario, Span, percentile
from tests.load.faults.stage import Fault, Stage, staged
from tests.load.full import Limit, SmallDisk
from tests.load.history import digest
from tests.load.product import Product
from tests.load.strangers import ask

FULL_WITHIN, TAKEN_WITHIN = 8.0, 1.5  # where nothing is ever refused, nobody waits long for it
KILL_EVERY = 5


class Disk(Fault):
    broken = "tests.load.broken.careless_commit"

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        super().__init__(ground, span, stage)
        self.refused = self.taken = self.reads = self.probes = self.never_full = 0

    def product(self) -> Product:
        made = super().product()
        small = SmallDisk.over(made.data, self.ground.stack)
        self.ways: list[SmallDisk | Limit] = [*([small] if small else []), Limit(made.data)]
        return made

    def cycle(self, turn: int) -> None:
        stage, program = self.stage, self.stage.product.program
        stage.come_and_go()
        stage.talk(stage.dice.uniform(0.1, 0.3))
        way, server = self.ways[turn % len(self.ways)], program.pids[0]
        way.fill(server)
        before = sum(one.refusals for one in stage.talkers)
        patience = TAKEN_WITHIN if self.span.broken else FULL_WITHIN
        if not stage.talk(patience, lambda: sum(one.refusals for one in stage.talkers) > before):
            self.never_full += 1
        for _ in range(3):
            self.probe()
            stage.talk(stage.dice.uniform(0.02, 0.15))
        if turn % KILL_EVERY == KILL_EVERY - 1:
            program.kill()
            way.clear(server) if isinstance(way, SmallDisk) else None
            program.start()
        else:
            way.clear(server)
        stage.measure("recovered", stage.until_answered_again())

    def probe(self) -> None:
        """Somebody reads, and somebody sends by HTTP; whatever is answered must be true."""
        stage = self.stage
        talker = stage.dice.choice(stage.talkers)
        place, port = stage.dice.choice(talker.conversations), stage.product.port
        cookie = stage.company.cookie(talker.person)
        path = f"/api/conversations/{place}/messages"
        for read in ("/api/bootstrap", "/api/posts", path):
            self.reads += 1
            if (status := ask(port, cookie, "GET", read).status) != 200:
                stage.findings.append(Finding("read refused", f"{read} answered {status} on a full disk"))
        self.probes += 1
        client_id, words = f"probe-{self.probes}", f"probe {self.probes} " + "满" * 400
        talker.history.add("invoke", place, client_id=client_id, digest=digest(words))
        reply = ask(port, cookie, "POST", path, {"client_id": client_id, "text": words})
        if reply.status in (200, 201):  # there was room left in the log
            said = reply.body
            seq = int(reply.headers["Tenfour-Seq"])
            talker.history.add(
                "answer", place, client_id=client_id, id=said["id"], number=said["number"], seq=seq
            )
            self.taken += 1
        elif reply.status == 503 and int(reply.headers.get("Retry-After", "0")) >= 1:
            self.refused += 1
        else:
            stage.findings.append(Finding("refused otherwise", f"{reply.status} {reply.body}"))

    def last(self) -> None:
        if self.refused == 0 or sum(one.refusals for one in self.stage.talkers) == 0:
            self.stage.findings.append(Finding("never full", "nothing was ever refused: this proves nothing"))

    def figures(self) -> dict[str, float]:
        recovered = self.stage.measured.get("recovered", [])
        return {
            "recovered s p50": percentile(recovered, 0.5),
            "recovered s max": percentile(recovered, 1),
            "sends refused over sockets": sum(one.refusals for one in self.stage.talkers),
            "refused by 503": self.refused,
            "taken on a full disk": self.taken,
            "reads while full": self.reads,
            "cycles never full": self.never_full,
        }


DISK = Scenario(
    "disk",
    "the disk is full under load, then there is room again",
    "G22: 50 cycles, nothing acknowledged lost, reads stay up, 503 with Retry-After, recovers ≤ 5 s",
    ("sqlite",),
    staged(Disk),
    "a server that takes a failed commit for a success",
)
