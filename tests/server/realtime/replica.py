"""What docs/wire.md asks of a client, as plainly as it can be written: the reducer and the derived selectors."""

import random
from collections.abc import Iterable, Mapping
from typing import Any

Change = Mapping[str, Any]


class Replica:
    """The entity store of one person's client. Dropped entities are remembered with their number."""

    def __init__(self, me: int) -> None:
        self.me = me
        self.entries: dict[tuple[str, int], tuple[int, Any]] = {}
        self.envelopes: list[dict[str, Any]] = []

    @classmethod
    def of(cls, bootstrap: Mapping[str, Any]) -> "Replica":
        person = bootstrap["me"]["person"]
        made = cls(person["id"])
        made.apply(bootstrap["seq"], [*bootstrap["changes"], put("person", person["id"], person)])
        return made

    def apply(self, seq: int, changes: Iterable[Change]) -> None:
        for change in changes:
            key = (change["kind"], change["id"])
            if key not in self.entries or self.entries[key][0] <= seq:
                self.entries[key] = (seq, change["data"] if change["op"] == "put" else None)

    def take(self, envelopes: Iterable[dict[str, Any]]) -> None:
        for envelope in envelopes:
            self.envelopes.append(envelope)
            self.apply(envelope["seq"], envelope["changes"])

    def shuffled(self, bootstrap: Mapping[str, Any], dice: random.Random) -> "Replica":
        """The same events in any order and some of them twice, as no server sends them."""
        again = [*self.envelopes, *dice.choices(self.envelopes, k=len(self.envelopes) // 3)]
        dice.shuffle(again)
        other = Replica.of(bootstrap)
        other.take(again)
        return other

    # --- looking

    def get(self, kind: str, id: int) -> Any:
        return self.entries.get((kind, id), (0, None))[1]

    def seq_of(self, kind: str, id: int) -> int:
        return self.entries.get((kind, id), (0, None))[0]

    def all(self, kind: str) -> dict[int, Any]:
        return {id: data for (its, id), (_, data) in self.entries.items() if its == kind and data is not None}

    def messages(self, conversation: int) -> dict[int, Any]:
        """By number."""
        found = [one for one in self.all("message").values() if one["conversation_id"] == conversation]
        return {one["number"]: one for one in sorted(found, key=lambda one: int(one["number"]))}

    # --- derived

    def my_departments(self) -> set[int]:
        """Mine and all above them."""
        found: set[int] = set()
        waiting: list[int] = list(self.get("person", self.me)["department_ids"])
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                parent = self.get("department", one)["parent_id"]
                waiting += [parent] if parent else []
        return found

    def receipt(self, post: int) -> Any:
        """My receipt of a post: what the server said, unless a newer ask names me."""
        if self.seq_of("receipt", post) and self.seq_of("receipt", post) >= self.seq_of("receipt_ask", post):
            return self.get("receipt", post)
        ask = self.get("receipt_ask", post)
        if ask is None or ask["asked_by"] == self.me:
            return None
        mine = (
            (ask["everyone"] and self.get("person", self.me)["kind"] == "employee")
            or self.me in ask["people"]
            or not self.my_departments().isdisjoint(ask["departments"])
        )
        about = {name: ask[name] for name in ("post_id", "version", "asked_by", "asked_at", "due_at")}
        return (
            {**about, "state": "open", "done_at": None, "by_id": None, "confirmed": 0, "answer": None}
            if mine
            else None
        )

    def receipts(self) -> dict[int, Any]:
        asked = {id for kind, id in self.entries if kind in ("receipt", "receipt_ask")}
        return {post: mine for post in sorted(asked) if (mine := self.receipt(post)) is not None}

    def open_receipts(self) -> set[int]:
        return {post for post, mine in self.receipts().items() if mine["state"] == "open"}

    def unread(self, conversation: int) -> tuple[int, bool]:
        """(how many, whether somebody names me in them)."""
        place, messages = self.get("membership", conversation), self.messages(conversation)
        if place is None or place["state"] == "removed" or not messages:
            return 0, False
        own = [number for number, one in messages.items() if one["author_id"] == self.me]
        read = max([place["read_number"], *own])
        count = max(0, max(messages) - read)
        named = place["mentioned_number"] > read or any(
            number > read
            and one["kind"] == "text"
            and (one["mentions"]["everyone"] or self.me in one["mentions"]["people"])
            for number, one in messages.items()
        )
        return count, named and count > 0


def put(kind: str, id: int, data: Any) -> Change:
    return {"op": "put", "kind": kind, "id": id, "data": data}
