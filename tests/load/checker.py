"""Judges histories: durable, one order, dense, exactly once, nothing missed after a resume, no word past a fence (P1–P5, P9).

It knows nothing of the server or of how the load was made; a rule only compares what clients were told with what is stored.

    python -m tests.load.checker FILE        judges a saved run again
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.load.history import Fact, Stored, load


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


def check(facts: Iterable[Fact], stored: Iterable[Stored]) -> list[Finding]:
    """Everything that breaks a promise; an empty list is a pass."""
    told, kept = list(facts), list(stored)
    rules = (
        acknowledged_is_kept,
        shown_is_kept,
        kept_was_asked_for,
        kept_once,
        numbers_are_dense,
        told_the_same_twice,
        earlier_answers_stand_earlier,
        arrives_in_order,
        nothing_missed,
        nothing_past_the_fence,
    )
    return [finding for rule in rules for finding in rule(told, kept)]


def place(message: Stored) -> str:
    return f"conversation {message.conversation} message {message.number}"


def acknowledged_is_kept(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P1: what was answered is there, where the answer said. What was refused is not."""
    by_client_id = {(message.author, message.client_id): message for message in stored if message.client_id}
    for fact in facts:
        message = by_client_id.get((fact.client, fact.client_id))
        if fact.what == "answer":
            if message is None:
                yield Finding(
                    "lost", f"{fact.client} was told {fact.client_id} is stored as {fact.number}, it is not"
                )
            elif (message.conversation, message.number, message.id) != (
                fact.conversation,
                fact.number,
                fact.id,
            ):
                yield Finding(
                    "moved", f"{fact.client_id} was acknowledged as {fact.number}, stored as {place(message)}"
                )
        elif fact.what == "refuse" and message is not None:
            yield Finding("refused but stored", f"{fact.client_id} of {fact.client} is {place(message)}")


def shown_is_kept(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P1, P2: nobody ever saw what is not stored exactly so."""
    by_place = {(message.conversation, message.number): message for message in stored}
    for fact in facts:
        if fact.what != "receive":
            continue
        message = by_place.get((fact.conversation, fact.number))
        if message is None:
            yield Finding(
                "shown but lost", f"{fact.client} saw conversation {fact.conversation} message {fact.number}"
            )
        elif (message.id, message.client_id, message.digest) != (fact.id, fact.client_id, fact.digest):
            yield Finding("shown otherwise", f"{fact.client} saw another {place(message)} than is stored")


def kept_was_asked_for(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    asked = {(fact.client, fact.client_id): fact for fact in facts if fact.what == "invoke"}
    for message in stored:
        if not message.client_id:
            continue
        fact = asked.get((message.author, message.client_id))
        if fact is None:
            yield Finding("invented", f"{place(message)}: {message.author} never sent {message.client_id}")
        elif (fact.conversation, fact.digest) != (message.conversation, message.digest):
            yield Finding(
                "altered", f"{place(message)} is not what {message.author} sent as {message.client_id}"
            )


def kept_once(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P3: one effect for each client id, one message for each number and for each id."""
    keys: dict[str, list[object]] = {
        "client id": [(message.author, message.client_id) for message in stored if message.client_id],
        "number": [(message.conversation, message.number) for message in stored],
        "message id": [message.id for message in stored],
    }
    for name, values in keys.items():
        for value, times in Counter(values).items():
            if times > 1:
                yield Finding("doubled", f"{name} {value} is stored {times} times")


def numbers_are_dense(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P2: 1, 2, 3 … in each conversation, and ids rise with numbers."""
    conversations: dict[int, list[Stored]] = defaultdict(list)
    for message in stored:
        conversations[message.conversation].append(message)
    for conversation, messages in conversations.items():
        messages.sort(key=lambda message: message.number)
        numbers = {message.number for message in messages}
        missing = sorted(set(range(1, max(numbers) + 1)) - numbers)
        if missing:
            yield Finding("hole", f"conversation {conversation} has no message {missing[:5]}")


def told_the_same_twice(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P3: a repeated answer or a repeated delivery says the same as the first."""
    answers: dict[tuple[str, str], tuple[int, int, int]] = {}
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for fact in facts:
        if fact.what == "answer":
            said = (fact.conversation, fact.number, fact.id)
            if answers.setdefault((fact.client, fact.client_id), said) != said:
                yield Finding(
                    "answered twice", f"{fact.client_id} of {fact.client}: {said} after another answer"
                )
        elif fact.what == "receive" and fact.client_id:
            now = (fact.number, fact.id)
            first = seen.setdefault((fact.client, fact.client_id), now)
            if first != now:
                yield Finding(
                    "shown twice", f"{fact.client} saw {fact.client_id} as {first[0]} and as {now[0]}"
                )


def earlier_answers_stand_earlier(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P2: whoever sends after somebody was answered stands behind that message."""
    number = {(message.author, message.client_id): message.number for message in stored if message.client_id}
    highest: dict[int, int] = defaultdict(int)
    first: dict[
        tuple[str, str], tuple[int, int]
    ] = {}  # what must stand behind what, from the first invoke on
    for fact in sorted(facts, key=lambda fact: fact.at):
        key = (fact.client, fact.client_id)
        if fact.what == "invoke" and key not in first:
            first[key] = (fact.conversation, highest[fact.conversation])
        elif fact.what == "answer":
            highest[fact.conversation] = max(highest[fact.conversation], fact.number)
    for key, (conversation, before) in first.items():
        if key in number and number[key] <= before:
            yield Finding(
                "reordered",
                f"conversation {conversation}: {key[1]} was sent after {before} was answered, and is {number[key]}",
            )


def arrives_in_order(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P2, P5: what is new to a client is the next number of its conversation, under a log number that does not fall."""
    known: dict[tuple[str, int], int] = {}
    seqs: dict[str, int] = defaultdict(int)
    seen: set[tuple[str, int, int]] = set()
    for fact in facts:
        key = (fact.client, fact.conversation)
        if fact.what == "known":
            known[key] = max(known.get(key, 0), fact.number)
            seen.update((*key, number) for number in range(1, fact.number + 1))
        elif fact.what == "receive" and (*key, fact.number) not in seen:
            last = known.get(key, 0)
            seen.add((*key, fact.number))
            if fact.number < last:
                yield Finding(
                    "out of order", f"{fact.client}: conversation {key[1]} message {fact.number} after {last}"
                )
            elif fact.number > last + 1:
                yield Finding(
                    "gap", f"{fact.client}: conversation {key[1]} message {fact.number} straight after {last}"
                )
            if fact.seq < seqs[fact.client]:
                yield Finding("log backwards", f"{fact.client}: {fact.seq} after {seqs[fact.client]}")
            known[key] = max(last, fact.number)
            seqs[fact.client] = max(seqs[fact.client], fact.seq)


def nothing_missed(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P5: at the end a client has everything that came after what it had read."""
    numbers: dict[int, set[int]] = defaultdict(set)
    for message in stored:
        numbers[message.conversation].add(message.number)
    had: dict[tuple[str, int], set[int]] = defaultdict(set)
    last = {(f.client, f.conversation): f.number for f in facts if f.what == "revoked"}
    for fact in facts:
        key = (fact.client, fact.conversation)
        if fact.what == "known":
            had[key].update(range(1, fact.number + 1))
        elif fact.what == "receive":
            had[key].add(fact.number)
        elif fact.what == "end":
            due = numbers[fact.conversation]
            if key in last:
                due = {number for number in due if number <= last[key]}
            missing = sorted(due - had[key])
            if missing:
                count = len(missing)
                yield Finding(
                    "missed", f"{fact.client}: {count} of conversation {key[1]} never came: {missing[:5]}"
                )


def nothing_past_the_fence(facts: list[Fact], stored: list[Stored]) -> Iterator[Finding]:
    """P9: removed at a log number, a client hears nothing of that conversation that lies above it."""
    fences = {(f.client, f.conversation): (f.seq, f.number) for f in facts if f.what == "revoked"}
    for fact in facts:
        fence = fences.get((fact.client, fact.conversation))
        if fact.what == "receive" and fence is not None and (fact.seq > fence[0] or fact.number > fence[1]):
            yield Finding(
                "heard past the fence",
                f"{fact.client}, removed at {fence[0]}, heard {fact.seq} of conversation {fact.conversation}",
            )


def main() -> int:
    findings = check(*load(Path(sys.argv[1])))
    for finding in findings[:50]:
        print(finding)
    print(f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
