"""Clients that go away in the middle of a write. What was begun is finished or was never there, and the retry finds which."""

import json
import time

from sqlalchemy import text

from tests.load.checker import Finding
from tests.load.faults.scenario import Ground, Outcome, Scenario, Span
from tests.load.faults.several import OnFleet
from tests.load.faults.stage import Fault, Stage, staged
from tests.load.history import digest
from tests.load.strangers import ask, begin, cut, whole
from tests.load.talker import Talker
from tests.load.wire import Broken, WebSocket

TIMES = 2  # of each, in a cycle
PATIENCE = (0.0, 0.005, 0.03, 0.15)  # seconds until the client goes away


class Cancelled(Fault):
    broken = "tests.load.broken.forgotten_keys"

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        super().__init__(ground, span, stage)
        self.count = self.there = 0
        self.posts: list[str] = []
        self.engine = self.stage.product.seed_engine()

    def cycle(self, turn: int) -> None:
        """Half of the acts reach the server whole, half do not; all are done again."""
        stage = self.stage
        stage.come_and_go()
        for act in (self.message, self.frame, self.share) * TIMES:
            stage.talk(0.02)
            act(stage.dice.choice(stage.talkers))

    def send_and_go(self, port: int, request: bytes) -> None:
        dice = self.stage.dice
        if dice.random() < 0.25:
            request = request[: dice.randrange(len(request))]
        connection = begin(port, request)
        time.sleep(dice.choice(PATIENCE))
        cut(connection, reset=dice.random() < 0.5)

    def message(self, talker: Talker) -> None:
        """By POST, twice under the same client id; the first answer is never read."""
        stage = self.stage
        place, client_id, words = self.about(talker)
        path = f"/api/conversations/{place}/messages"
        body = {"client_id": client_id, "text": words}
        port, cookie = stage.product.port, stage.company.cookie(talker.person)
        self.send_and_go(port, whole(port, cookie, path, body))
        self.again(talker, place, client_id, words)

    def frame(self, talker: Talker) -> None:
        """Over a socket that is gone before it could be told."""
        stage = self.stage
        place, client_id, words = self.about(talker)
        try:
            socket = WebSocket(stage.product.port, "/api/live", stage.company.cookie(talker.person))
            said = {"op": "send", "conversation": place, "client_id": client_id, "text": words}
            socket.send(json.dumps(said).encode())
            time.sleep(stage.dice.choice(PATIENCE))
            cut(socket.socket, reset=True)
        except (OSError, Broken):
            pass
        self.again(talker, place, client_id, words)

    def about(self, talker: Talker) -> tuple[int, str, str]:
        self.count += 1
        place, client_id = self.stage.dice.choice(talker.conversations), f"cut-{talker.person}-{self.count}"
        words = f"cut {self.count}"
        talker.history.add("invoke", place, client_id=client_id, digest=digest(words))
        return place, client_id, words

    def again(self, talker: Talker, place: int, client_id: str, words: str) -> None:
        """The retry of a patient client."""
        stage = self.stage
        with self.engine.connect() as conn:
            found = conn.execute(text("SELECT 1 FROM message WHERE client_id = :c"), {"c": client_id})
            self.there += found.first() is not None
        talker.history.add("invoke", place, client_id=client_id, digest=digest(words))
        body = {"client_id": client_id, "text": words}
        path = f"/api/conversations/{place}/messages"
        reply = ask(stage.product.port, stage.company.cookie(talker.person), "POST", path, body)
        if reply.status not in (200, 201):
            stage.findings.append(Finding("retry refused", f"{client_id}: {reply.status} {reply.body}"))
            return
        seq = int(reply.headers["Tenfour-Seq"])
        said = reply.body
        talker.history.add(
            "answer", place, client_id=client_id, id=said["id"], number=said["number"], seq=seq
        )

    def share(self, talker: Talker) -> None:
        """A write whose effect only its Idempotency-Key makes single."""
        stage = self.stage
        self.count += 1
        words, key = f"shared once {self.count}", f"key-{self.count}"
        body = {"kind": "share", "text": words, "audience": {"people": stage.company.people[:3]}}
        port, cookie = stage.product.port, stage.company.cookie(talker.person)
        self.posts.append(words)
        self.send_and_go(port, whole(port, cookie, "/api/posts", body, key))
        reply = ask(stage.product.port, cookie, "POST", "/api/posts", body, key)
        if reply.status not in (200, 201):
            stage.findings.append(Finding("retry refused", f"{words}: {reply.status} {reply.body}"))

    def last(self) -> None:
        super().last()
        with self.engine.connect() as conn:
            rows = conn.execute(text("SELECT text, count(*) FROM post GROUP BY text")).fetchall()
        self.engine.dispose()
        times = {str(words): int(count) for words, count in rows}
        for words in self.posts:
            if times.get(words, 0) != 1:
                found = "lost" if words not in times else "doubled"
                self.stage.findings.append(Finding(found, f"{words!r} is stored {times.get(words, 0)} times"))

    def figures(self) -> dict[str, float]:
        return {"cancelled": self.count, "messages there before the retry": self.there}


class CancelledOnFleet(Cancelled, OnFleet):
    """The retry may reach the other process."""


def play(ground: Ground, span: Span) -> Outcome:
    return staged(CancelledOnFleet if ground.kind == "scaled" else Cancelled)(ground, span)


CANCELLED = Scenario(
    "cancelled",
    "clients go away in the middle of a request or a frame, and try again under the same key",
    "each act has its effect once; the retry is answered with it",
    ("sqlite", "scaled"),
    play,
    "a server that forgets Idempotency-Keys",
    ("sqlite", "scaled"),
)
