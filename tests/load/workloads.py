"""The measured loops. Each is set up once for a subject (a floor or the product) and then asked for one window at a time.

A text carries the moment it was sent (`~t=<hex>~`), so that whoever receives it can tell how long it took; the client id of a
message carries the same moment, so that the acknowledgement tells it too. Between windows nothing is outstanding.
"""

import gc
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.load.engine import Loop
from tests.load.machine import Meter, Usage
from tests.load.wire import Broken, Counted, Http, WebSocket

BODY = 250
MARK, MARKED = b"~t=", re.compile(rb"~t=([0-9a-f]{16})~")
ACKNOWLEDGED = re.compile(rb'^\{"op":"sent".*?"client_id":"([0-9a-f]{16})"')
REFUSED = b'{"op":"refused"'
DRAIN = 20.0


def body(stamp: int) -> bytes:
    return (b"~t=%016x~" % stamp).ljust(BODY, b"x")


@dataclass
class Window:
    """What one window of one subject gave."""

    figures: dict[str, float]
    usage: Usage
    notes: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Talk:
    """How one speaks to this subject, and which text tells the sender that it was stored."""

    say: Callable[[WebSocket, int], None]
    answered: re.Pattern[bytes]


FLOOR_TALK = Talk(lambda socket, stamp: socket.send(body(stamp)), MARKED)


def product_talk(conversation_of: dict[int, int]) -> Talk:
    """`conversation_of[owner]` is the conversation in which that socket's owner speaks."""

    def say(socket: WebSocket, stamp: int) -> None:
        socket.send(
            b'{"op":"send","conversation":%d,"client_id":"%016x","text":"%s"}'
            % (conversation_of[socket.owner], stamp, body(stamp))
        )

    return Talk(say, ACKNOWLEDGED)


def percentile(ordered: Sequence[int], share: float) -> float:
    """In milliseconds, of nanoseconds in order."""
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] / 1e6, 3) if ordered else 0.0


class Sends:
    """Closed loop over the socket: every sender keeps `outstanding` messages on their way; counted when acknowledged."""

    def __init__(
        self, loop: Loop, senders: list[WebSocket], talk: Talk, servers: list[int], outstanding: int = 4
    ) -> None:
        self.loop, self.senders, self.talk, self.servers, self.outstanding = (
            loop,
            senders,
            talk,
            servers,
            outstanding,
        )
        self.open = self.refused = 0
        self.sending = False
        self.latencies: list[int] = []
        for sender in senders:
            sender.on_text = self.heard

    def heard(self, sender: WebSocket, text: bytes) -> None:
        found = self.talk.answered.search(text)
        if found is None:
            if text.startswith(REFUSED):
                self.refused += 1
                raise Broken(f"a message was refused: {text.decode()[:300]}")
            return
        now = time.monotonic_ns()
        for stamp in (found[1],) if self.talk.answered is ACKNOWLEDGED else self.talk.answered.findall(text):
            self.latencies.append(now - int(stamp, 16))
            self.open -= 1
            if self.sending:
                self.talk.say(sender, now)
                self.open += 1
                now += 1

    def window(self, seconds: float, warm: float) -> Window:
        self.sending = True
        for sender in self.senders:
            for _ in range(self.outstanding):
                self.talk.say(sender, time.monotonic_ns())
                self.open += 1
        self.loop.run(warm)
        self.latencies = []
        meter, begun = Meter(self.servers), time.monotonic()
        self.loop.run(seconds)
        took, usage = time.monotonic() - begun, meter.usage()
        ordered = sorted(self.latencies)
        self.sending = False
        drained = self.loop.run(DRAIN, lambda: self.open <= 0)
        figures = {
            "messages/s": round(len(ordered) / took, 1),
            "ack p50 ms": percentile(ordered, 0.5),
            "ack p99 ms": percentile(ordered, 0.99),
        }
        return Window(
            figures, usage, {"never_answered": 0 if drained else self.open, "lost_sockets": self.loop.lost}
        )


class HttpSends:
    """The same by POST: every connection has one message on its way, so `outstanding` connections a conversation."""

    def __init__(
        self, loop: Loop, connections: list[Http], conversation_of: dict[int, int], servers: list[int]
    ) -> None:
        self.loop, self.connections, self.servers = loop, connections, servers
        self.conversation_of = conversation_of
        self.sending, self.open = False, 0
        self.begun: dict[Http, int] = {}
        self.latencies: list[int] = []
        for connection in connections:
            connection.on_answer = self.answered

    def say(self, connection: Http) -> None:
        stamp = time.monotonic_ns()
        self.begun[connection] = stamp
        self.open += 1
        path = f"/api/conversations/{self.conversation_of[connection.owner]}/messages"
        text = b'{"client_id":"%016x-%d","text":"%s"}' % (stamp, connection.socket.fileno(), body(stamp))
        connection.begin("POST", path, text)

    def answered(self, connection: Http, status: int, answer: bytes) -> None:
        if status != 201:
            raise Broken(f"a message was answered {status}: {answer.decode()[:300]}")
        self.latencies.append(time.monotonic_ns() - self.begun[connection])
        self.open -= 1
        if self.sending:
            self.say(connection)

    def window(self, seconds: float, warm: float) -> Window:
        self.sending = True
        self.loop.run(0)
        for connection in self.connections:
            if connection.lost:  # the server closes what was silent during the others' windows
                connection.open()
                self.loop.add(connection)
            self.say(connection)
        self.loop.run(warm)
        self.latencies = []
        meter, begun = Meter(self.servers), time.monotonic()
        self.loop.run(seconds)
        took, usage = time.monotonic() - begun, meter.usage()
        ordered = sorted(self.latencies)
        self.sending = False
        drained = self.loop.run(DRAIN, lambda: self.open <= 0)
        figures = {
            "messages/s": round(len(ordered) / took, 1),
            "ack p50 ms": percentile(ordered, 0.5),
            "ack p99 ms": percentile(ordered, 0.99),
        }
        return Window(figures, usage, {"never_answered": 0 if drained else self.open})


class Latency:
    """Open loop: one member speaks at a fixed rate, the time until each member has it is measured over all members."""

    def __init__(
        self, loop: Loop, members: list[WebSocket], talk: Talk, servers: list[int], rate: float = 50.0
    ) -> None:
        self.loop, self.members, self.talk, self.servers, self.rate = loop, members, talk, servers, rate
        self.hearers = len(members)  # of each message
        self.latencies: list[int] = []
        for member in members:
            member.on_text = self.heard

    def heard(self, member: WebSocket, text: bytes) -> None:
        now = time.monotonic_ns()
        for stamp in MARKED.findall(text):
            self.latencies.append(now - int(stamp, 16))
        if text.startswith(REFUSED):
            raise Broken(f"a message was refused: {text.decode()[:300]}")

    def say_one(self) -> None:
        self.talk.say(self.members[0], time.monotonic_ns())

    def speak(self, seconds: float) -> tuple[int, float]:
        """Messages said, and by how much the client itself was late at worst (seconds)."""
        count, start, late = int(seconds * self.rate), time.monotonic() + 0.01, 0.0

        def say(due: float) -> None:
            nonlocal late
            late = max(late, time.monotonic() - due)
            self.say_one()

        for turn in range(count):
            due = start + turn / self.rate
            self.loop.at(due, lambda due=due: say(due))  # type: ignore[misc]
        self.loop.run(seconds + 0.01)
        return count, late

    def window(self, seconds: float, warm: float) -> Window:
        self.latencies = []
        said, _ = self.speak(warm)
        self.loop.run(DRAIN, lambda: len(self.latencies) >= said * self.hearers)
        self.latencies = []
        meter = Meter(self.servers)
        said, late = self.speak(seconds)
        expected = said * self.hearers
        self.loop.run(DRAIN, lambda: len(self.latencies) >= expected)
        usage, ordered = meter.usage(), sorted(self.latencies)
        figures = {
            "p50 ms": percentile(ordered, 0.5),
            "p95 ms": percentile(ordered, 0.95),
            "p99 ms": percentile(ordered, 0.99),
            "server cores": usage.server,
        }
        notes: dict[str, float | str] = {
            "expected": expected,
            "delivered": len(ordered),
            "late_ms": round(late * 1e3, 2),
        }
        return Window(figures, usage, notes)


class Fanout:
    """Closed loop: one member keeps `outstanding` messages on their way to everybody."""

    def __init__(
        self,
        loop: Loop,
        members: list[Counted],
        say: Callable[[int], None],
        servers: list[int],
        outstanding: int = 4,
    ) -> None:
        self.loop, self.members, self.say, self.servers, self.outstanding = (
            loop,
            members,
            say,
            servers,
            outstanding,
        )
        self.delivered = self.said = self.due = 0
        self.sending = False
        for member in members:
            member.on_marks = self.count
            loop.add(member)

    def count(self, marks: int) -> None:
        self.delivered += marks
        if self.delivered >= self.due:
            self.more()

    def more(self) -> None:
        """`due` = deliveries at which the next message may go out."""
        size = len(self.members)
        while self.sending and self.delivered >= (self.said - self.outstanding + 1) * size:
            self.said += 1
            self.say(time.monotonic_ns())
        self.due = (self.said - self.outstanding + 1) * size

    def window(self, seconds: float, warm: float) -> Window:
        size = len(self.members)
        self.delivered = self.said = self.due = 0
        self.sending = True
        self.more()
        self.loop.run(warm)
        before, meter, begun = self.delivered, Meter(self.servers), time.monotonic()
        self.loop.run(seconds)
        took, usage, after = time.monotonic() - begun, meter.usage(), self.delivered
        self.sending = False
        drained = self.loop.run(DRAIN, lambda: self.delivered >= self.said * size)
        figures = {
            "deliveries/s": round((after - before) / took),
            "messages/s": round((after - before) / took / size, 1),
        }
        missing = 0 if drained else self.said * size - self.delivered
        return Window(figures, usage, {"missing": missing, "lost_sockets": self.loop.lost})


def quiet_collector() -> None:
    """The client's garbage collector must not show up in anybody's latency."""
    gc.collect()
    gc.freeze()
    gc.disable()


Workload = Sends | HttpSends | Latency | Fanout
