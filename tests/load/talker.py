"""A client that writes down everything: what it sends, what it is told, what it hears. It resumes as a browser does.

Its outbox is the browser's: what has no answer is sent again after the reconnect, in order, under the same client id, before
anything new.
"""

import json
import random
import time
from typing import Any

from tests.load.engine import Loop
from tests.load.history import History, digest
from tests.load.product import Product
from tests.load.seed import Company
from tests.load.wire import Broken, WebSocket

OUTSTANDING = 4
PATIENCE = 10.0  # seconds for a greeting
PAUSE = (0.05, 0.25)  # before the next try, in seconds
NOT_FOR_GOOD = {"unavailable", "rate_limited", "too_soon"}
WORDS = ["你好", "明天见", "ok", "收到", "报价单", "see", "you", "合同已签", "🙂", "客户回访", "thanks"]


class Talker:
    """One person on one device. `conversations` are those it speaks and listens in."""

    kind: type[WebSocket] = WebSocket

    def __init__(
        self, product: Product, company: Company, loop: Loop, person: int, conversations: list[int], seed: int
    ) -> None:
        self.product, self.company, self.loop, self.person = product, company, loop, person
        self.conversations = conversations  # in which it is
        self.places = list(conversations)  # in which it speaks
        self.history = History(str(person))
        self.dice = random.Random(seed * 1_000_003 + person)
        self.cursor = ""
        self.unanswered: dict[str, tuple[int, str]] = {}
        self.newest = dict.fromkeys(conversations, 0)
        self.said = 0
        self.talking = False
        self.wanted = True  # on the stage; comes back by itself when the connection breaks
        self.refusals = 0  # those that are not for good
        self.answered_at = 0
        self._next_try = 0.0
        self.socket: WebSocket | None = None
        self.outcomes: list[str] = []

    @property
    def online(self) -> bool:
        return self.socket is not None and not self.socket.lost

    # --- coming and going

    def come_back(self) -> None:
        """Connects if wanted and not there; a server that is away is tried again after a short pause."""
        if self.online or not self.wanted or time.monotonic() < self._next_try:
            return
        self.gone()
        try:
            self.connect()
        except (OSError, Broken):
            self.gone()
            self._next_try = time.monotonic() + self.dice.uniform(*PAUSE)

    def connect(self) -> None:
        """Opens, resumes from the own cursor, and sends again what has no answer."""
        if not self.cursor:
            self.bootstrap()
        socket = self.kind(
            self.product.port,
            "/api/live",
            self.company.cookie(self.person),
            owner=self.person,
            patience=PATIENCE,
        )
        socket.on_text = self.heard
        while True:
            socket.send(json.dumps({"op": "hello", "cursor": self.cursor}).encode())
            ready = json.loads(socket.wait_text(b'"op":"ready"', PATIENCE))
            self.outcomes.append(ready["outcome"])
            self.history.add("resume", digest=ready["outcome"])
            if ready["outcome"] != "reset":
                break
            self.bootstrap()
        self.socket = socket
        self.loop.add(socket)
        for client_id, (conversation, text) in self.unanswered.items():
            self.send(client_id, conversation, text)
        self.fill()

    def bootstrap(self) -> None:
        http = self.product.http(self.company, self.person)
        state: Any = http.ask("GET", "/api/bootstrap")
        http.close()
        self.cursor = state["cursor"]
        newest = dict.fromkeys(self.conversations, 0)
        for change in state["changes"]:
            if change["op"] == "put" and change["kind"] == "message":
                place = change["data"]["conversation_id"]
                newest[place] = max(newest.get(place, 0), change["data"]["number"])
        for conversation, number in newest.items():
            self.newest[conversation] = max(self.newest.get(conversation, 0), number)
            self.history.add("known", conversation, number=number)

    def gone(self) -> None:
        """The connection is dead or given up."""
        if self.socket is not None:
            self.history.add("gone")
            self.loop.drop(self.socket)
        self.socket = None

    # --- places

    def joins(self, conversation: int) -> None:
        """A conversation that has just been made: nothing of it is known yet."""
        self.conversations.append(conversation)
        self.places.append(conversation)
        self.newest[conversation] = 0
        self.history.add("known", conversation)

    def leaves(self, conversation: int) -> None:
        """Removed from it: what comes next is somebody else's."""
        self.conversations.remove(conversation)
        self.falls_silent(conversation)

    def falls_silent(self, conversation: int) -> None:
        """Says nothing there any more."""
        if conversation in self.places:
            self.places.remove(conversation)

    # --- speaking

    def fill(self) -> None:
        while self.talking and self.online and len(self.unanswered) < OUTSTANDING:
            self.said += 1
            client_id = f"{self.person}-{self.said}"
            conversation = self.dice.choice(self.places)
            text = " ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 40))) + f" {self.said}"
            self.unanswered[client_id] = (conversation, text)
            self.history.add("invoke", conversation, client_id=client_id, digest=digest(text))
            self.send(client_id, conversation, text)

    def send(self, client_id: str, conversation: int, text: str) -> None:
        assert self.socket is not None
        frame = {"op": "send", "conversation": conversation, "client_id": client_id, "text": text}
        try:
            self.socket.send(json.dumps(frame).encode())
        except OSError:
            self.socket.lost = True

    # --- hearing

    def heard(self, socket: WebSocket, raw: bytes) -> None:
        frame = json.loads(raw)
        match frame["op"]:
            case "sent":
                self.answered(frame)
            case "refused":
                self.refused(frame)
            case "events":
                for envelope in frame["events"]:
                    self.event(envelope)
                self.cursor = frame["cursor"]
            case "beat":
                self.cursor = frame["cursor"]
            case "resync":
                socket.send(json.dumps({"op": "hello", "cursor": self.cursor}).encode())
            case "ready" if frame["outcome"] == "reset":
                try:
                    self.bootstrap()
                except (OSError, Broken):  # away just now: begins anew
                    self.cursor, socket.lost = "", True
                    return
                socket.send(json.dumps({"op": "hello", "cursor": self.cursor}).encode())
            case "error":
                raise RuntimeError(f"{self.person} was told {frame}")
        self.fill()

    def answered(self, frame: dict[str, Any]) -> None:
        self.unanswered.pop(frame["client_id"], None)
        self.answered_at = time.monotonic_ns()
        self.history.add(
            "answer",
            frame["conversation"],
            client_id=frame["client_id"],
            id=frame["id"],
            number=frame["number"],
            seq=frame["seq"],
        )

    def refused(self, frame: dict[str, Any]) -> None:
        """Refused for good, or only not now: then it stays in the outbox, and is tried again after a pause."""
        client_id = frame["client_id"]
        if frame["problem"]["code"] not in NOT_FOR_GOOD:
            conversation, _ = self.unanswered.pop(client_id)
            self.history.add("refuse", conversation, client_id=client_id)
            return
        self.refusals += 1
        self.loop.at(time.monotonic() + self.dice.uniform(*PAUSE), lambda: self.again(client_id))

    def again(self, client_id: str) -> None:
        """Under the same client id; unless it was answered meanwhile, or a new connection sends everything anyhow."""
        if self.online and client_id in self.unanswered:
            self.send(client_id, *self.unanswered[client_id])

    def event(self, envelope: dict[str, Any]) -> None:
        for change in envelope["changes"]:
            if change["op"] != "put" or change["kind"] != "message":
                continue
            message = change["data"]
            conversation, number = message["conversation_id"], message["number"]
            self.newest[conversation] = max(self.newest.get(conversation, 0), number)
            self.history.add(
                "receive",
                conversation,
                client_id=message["client_id"] if message["kind"] == "text" else "",
                id=message["id"],
                number=number,
                seq=envelope["seq"],
                digest=digest(message["text"]),
            )
