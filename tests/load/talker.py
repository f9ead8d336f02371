"""A client that writes down everything: what it sends, what it is told, what it hears. It resumes as a browser does.

Its outbox is the browser's: what has no answer is sent again after the reconnect, in order, under the same client id, before
anything new.
"""

import json
import random
from typing import Any

from tests.load.engine import Loop
from tests.load.history import History, digest
from tests.load.product import Product
from tests.load.seed import Company
from tests.load.wire import WebSocket

OUTSTANDING = 4
NOT_FOR_GOOD = {"unavailable", "rate_limited", "too_soon"}
WORDS = ["你好", "明天见", "ok", "收到", "报价单", "see", "you", "合同已签", "🙂", "客户回访", "thanks"]


class Talker:
    """One person on one device. `conversations` are those it speaks and listens in."""

    def __init__(
        self, product: Product, company: Company, loop: Loop, person: int, conversations: list[int], seed: int
    ) -> None:
        self.product, self.company, self.loop, self.person = product, company, loop, person
        self.conversations = conversations
        self.history = History(str(person))
        self.dice = random.Random(seed * 1_000_003 + person)
        self.cursor = ""
        self.unanswered: dict[str, tuple[int, str]] = {}
        self.newest = dict.fromkeys(conversations, 0)
        self.said = 0
        self.talking = False
        self.socket: WebSocket | None = None
        self.outcomes: list[str] = []

    @property
    def online(self) -> bool:
        return self.socket is not None and not self.socket.lost

    # --- coming and going

    def connect(self) -> None:
        """Opens, resumes from the own cursor, and sends again what has no answer."""
        if not self.cursor:
            self.bootstrap()
        socket = WebSocket(
            self.product.port, "/api/live", self.company.cookie(self.person), owner=self.person
        )
        socket.on_text = self.heard
        while True:
            socket.send(json.dumps({"op": "hello", "cursor": self.cursor}).encode())
            ready = json.loads(socket.wait_text(b'"op":"ready"'))
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
            self.loop.drop(self.socket)
        self.socket = None

    # --- speaking

    def fill(self) -> None:
        while self.talking and self.online and len(self.unanswered) < OUTSTANDING:
            self.said += 1
            client_id = f"{self.person}-{self.said}"
            conversation = self.dice.choice(self.conversations)
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
                self.bootstrap()
                socket.send(json.dumps({"op": "hello", "cursor": self.cursor}).encode())
            case "error":
                raise RuntimeError(f"{self.person} was told {frame}")
        self.fill()

    def answered(self, frame: dict[str, Any]) -> None:
        self.unanswered.pop(frame["client_id"], None)
        self.history.add(
            "answer",
            frame["conversation"],
            client_id=frame["client_id"],
            id=frame["id"],
            number=frame["number"],
            seq=frame["seq"],
        )

    def refused(self, frame: dict[str, Any]) -> None:
        """Refused for good, or only not now: then it stays in the outbox until the next connection."""
        if frame["problem"]["code"] not in NOT_FOR_GOOD:
            conversation, _ = self.unanswered.pop(frame["client_id"])
            self.history.add("refuse", conversation, client_id=frame["client_id"])

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
