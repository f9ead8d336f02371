"""What each client did and saw, in its own words. Written by load and fault runs, judged afterwards by `checker.py`.

A fact says what happened at a client; nothing in here decides whether that was right.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

What = Literal["invoke", "answer", "refuse", "known", "receive", "resume", "gone", "revoked", "end"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. Which fields count depends on `what`:

    invoke   the client sends `client_id` with `digest` to `conversation` (again, when it is a retry)
    answer   the server acknowledged it as `id`, `number`, `seq`
    refuse   the server said no for good: it must not be stored
    known    the client has read everything of `conversation` up to `number` (bootstrap, also after a reset)
    receive  the stream brought the message
    resume   a new connection; `digest` holds the outcome the server named
    gone     the connection was given up, or found broken
    revoked  the client was removed from `conversation` at `seq`; `number` is the last that is still its to see
    end      the client waited until it heard nothing more, and believes to have everything of `conversation`
    """

    at: int
    client: str
    what: What
    conversation: int = 0
    client_id: str = ""
    id: int = 0
    number: int = 0
    seq: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """One message as the server shows it at the end, after the last start. `client_id` is empty for system messages."""

    conversation: int
    number: int
    id: int
    author: str
    client_id: str
    digest: str


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


class History:
    """The facts of one client, in the order in which they happened to it."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.facts: list[Fact] = []

    def add(
        self,
        what: What,
        conversation: int = 0,
        *,
        client_id: str = "",
        id: int = 0,
        number: int = 0,
        seq: int = 0,
        digest: str = "",
    ) -> None:
        at = time.monotonic_ns()
        self.facts.append(Fact(at, self.client, what, conversation, client_id, id, number, seq, digest))


def save(path: Path, histories: Iterable[History], stored: Iterable[Stored]) -> None:
    """All lines of a run, to look into a finding or to judge it again: `python -m tests.load.checker FILE`."""
    with path.open("w") as file:
        for history in histories:
            for fact in history.facts:
                file.write(json.dumps(asdict(fact)) + "\n")
        for message in stored:
            file.write(json.dumps({"what": "stored", **asdict(message)}) + "\n")


def load(path: Path) -> tuple[list[Fact], list[Stored]]:
    facts: list[Fact] = []
    stored: list[Stored] = []
    with path.open() as file:
        for line in file:
            given = json.loads(line)
            if given["what"] == "stored":
                del given["what"]
                stored.append(Stored(**given))
            else:
                facts.append(Fact(**given))
    return facts, stored
