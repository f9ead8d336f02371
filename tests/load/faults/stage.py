"""A company whose people talk while something goes wrong, and what is judged when it is over."""

import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from server.db.invariant import Invariant
from server.kit.module import every
from server.modules import MODULES
from tests.load.checker import Finding, check
from tests.load.engine import Loop
from tests.load.faults.scenario import Ground, Outcome, Span
from tests.load.history import Stored, digest, save
from tests.load.product import Product
from tests.load.seed import Company, make_company
from tests.load.talker import Talker
from tests.load.wire import Broken

PEOPLE, GROUPS = 12, 3
AWAY = 0.2  # share of people who stay away for a cycle
STEP = 0.05


class Stage:
    """Groups of half the company and direct pairs. `broken` is the module that is served instead of the product."""

    def __init__(
        self,
        ground: Ground,
        product: Product,
        seed: int,
        *,
        broken: str = "",
        people: int = PEOPLE,
        groups: int = GROUPS,
        before: Callable[[Product], None] = lambda product: None,
    ) -> None:
        self.dice, self.loop, self.product = random.Random(seed), Loop(), product
        self.findings: list[Finding] = []
        self.measured: dict[str, list[float]] = {}
        self.stored: list[Stored] = []
        self.complete_within = 10.0
        ground.found(product)
        engine = product.seed_engine()
        self.company: Company = make_company(engine, seed=seed, people=people, departments=4)
        engine.dispose()
        if broken:
            product.run_instead(broken)
        before(product)
        product.start()
        self.groups: list[int] = []
        self.conversations = self._converse(groups)
        self.talkers = [
            Talker(product, self.company, self.loop, one, self.conversations[one], seed)
            for one in self.company.people
        ]

    def _converse(self, groups: int) -> dict[int, list[int]]:
        """The conversations of each person."""
        people = self.company.people
        of: dict[int, list[int]] = {one: [] for one in people}
        for number in range(groups):
            members = self.dice.sample(people, len(people) // 2)
            made = self.make_group(members, f"组{number}")
            self.groups.append(made)
            for one in members:
                of[one].append(made)
        for first, second in zip(people[::2], people[1::2], strict=True):
            body: dict[str, Any] = {"kind": "direct", "people": [second]}
            made = self.product.make_conversation(self.company, first, body)
            of[first].append(made)
            of[second].append(made)
        return of

    def make_group(self, members: list[int], name: str) -> int:
        """The first of the members owns it."""
        body: dict[str, Any] = {"kind": "group", "name": name, "people": members[1:], "departments": []}
        return self.product.make_conversation(self.company, members[0], body)

    # --- a cycle's parts

    def measure(self, name: str, value: float) -> None:
        self.measured.setdefault(name, []).append(value)

    def come_and_go(self) -> None:
        """Some leave in the middle of everything, others come."""
        for talker in self.talkers:
            talker.wanted = talker.talking = self.dice.random() > AWAY
            if not talker.wanted:
                talker.gone()

    def talk(self, seconds: float, done: Callable[[], bool] | None = None) -> bool:
        """Everybody who wants to be there is, or tries again and again. True when `done` became true."""
        end = time.monotonic() + seconds
        while True:
            for talker in self.talkers:
                talker.come_back()
            left = end - time.monotonic()
            if self.loop.run(max(0.0, min(STEP, left)), done):
                return True
            if left <= 0:
                return False

    def until_answered_again(self, patience: float = 30.0) -> float:
        """Seconds until everybody who is there has had an answer after this moment; a finding when somebody never does."""
        begun, at = time.monotonic(), time.monotonic_ns()
        waiting = [one for one in self.talkers if one.wanted and one.talking]
        if not self.talk(patience, lambda: all(one.answered_at > at for one in waiting)):
            late = [one.person for one in waiting if one.answered_at <= at]
            self.findings.append(
                Finding("stands still", f"{late} had no answer for {patience:g} s after all was well again")
            )
        return time.monotonic() - begun

    # --- the end

    def finish(self, patience: float = 30.0) -> list[Finding]:
        """Everybody comes back, gets answers for what is open, and waits for what is still on its way. Then all is judged."""
        for talker in self.talkers:
            talker.wanted, talker.talking = True, False
        self.talk(patience, lambda: not any(one.unanswered or not one.online for one in self.talkers))
        for talker in self.talkers:
            if talker.unanswered:
                self.findings.append(
                    Finding("never answered", f"{talker.person} waits for {list(talker.unanswered)[:5]}")
                )
        self.stored = self.read_back()
        last = {message.conversation: message.number for message in self.stored}

        def complete() -> bool:
            return all(
                talker.newest[place] >= last.get(place, 0)
                for talker in self.talkers
                for place in talker.conversations
            )

        self.talk(self.complete_within, complete)
        for talker in self.talkers:
            for conversation in talker.newest:  # also those it was removed from
                talker.history.add("end", conversation)
        facts = [fact for talker in self.talkers for fact in talker.history.facts]
        self.findings += check(facts, self.stored)
        self.findings += self.invariants()
        return self.findings

    def read_back(self) -> list[Stored]:
        """All messages as the server shows them to a member, page by page, in order."""
        found: list[Stored] = []
        seen: set[int] = set()
        for talker in self.talkers:
            http = self.product.http(self.company, talker.person)
            for conversation in talker.conversations:
                if conversation not in seen:
                    seen.add(conversation)
                    try:
                        found += pages(http, conversation)
                    except Broken as refused:
                        if refused.status != 404:
                            raise
                        self.findings.append(
                            Finding("lost", f"conversation {conversation} is not there any more")
                        )
            http.close()
        return found

    def invariants(self) -> list[Finding]:
        """What must be true of the rows whatever happened to them."""
        engine = self.product.seed_engine()
        try:
            with engine.connect() as conn:
                broken = [one for one in every(MODULES, Invariant) if conn.execute(text(one.broken)).first()]
        finally:
            engine.dispose()
        return [Finding("invariant", one.says) for one in broken]

    def outcome(self, cycles: int) -> Outcome:
        facts = Counter(fact.what for talker in self.talkers for fact in talker.history.facts)
        return Outcome(
            cycles,
            facts["answer"],
            len(self.stored),
            facts["receive"],
            self.findings,
            resumes=Counter(one for talker in self.talkers for one in talker.outcomes),
        )

    def end(self) -> None:
        """Without ceremony: what is on the disk has been judged."""
        self.loop.close()
        self.product.end()


def pages(http: Any, conversation: int) -> list[Stored]:
    """A conversation from its beginning, as this reader is shown it."""
    found: list[Stored] = []
    after = 0
    while True:
        path = f"/api/conversations/{conversation}/messages?after={after}&limit=100"
        items: Any = http.ask("GET", path)["items"]
        if not items:
            return found
        after = max(one["number"] for one in items)
        found += [as_stored(one) for one in items]


def as_stored(one: dict[str, Any]) -> Stored:
    client_id = one["client_id"] if one["kind"] == "text" else ""
    author = str(one["author_id"])
    return Stored(one["conversation_id"], one["number"], one["id"], author, client_id, digest(one["text"]))


class Fault:
    """What goes wrong on a stage, its own or one that others have used. `broken` is the module of the positive control."""

    broken = ""

    def __init__(self, ground: Ground, span: Span, stage: Stage | None = None) -> None:
        self.ground, self.span = ground, span
        if stage is None:
            broken = self.broken if span.broken else ""
            stage = Stage(ground, self.product(), span.seed, broken=broken, before=self.before)
        self.stage = stage
        if span.broken:
            stage.complete_within = 2.0  # what is missing is what is wanted

    def product(self) -> Product:
        return self.ground.product(type(self).__name__.lower())

    def before(self, product: Product) -> None:
        """Before its servers start, when the database is there."""

    def cycle(self, turn: int) -> None:
        raise NotImplementedError

    def last(self) -> None:
        """After the last cycle, before everybody is judged."""

    def figures(self) -> dict[str, float]:
        return {}


def staged(*kinds: type[Fault]) -> Callable[[Ground, Span], Outcome]:
    """Plays faults on one stage, one after the other; then the end, the judgement, the saved history."""

    def play(ground: Ground, span: Span) -> Outcome:
        faults = [kinds[0](ground, span)]
        stage = faults[0].stage
        try:
            faults += [kind(ground, span, stage) for kind in kinds[1:]]
            cycles = 0
            for fault in faults:
                for turn in span.turns():
                    fault.cycle(turn)
                    cycles += 1
            for fault in reversed(faults):
                fault.last()
            stage.finish()
            outcome = stage.outcome(cycles)
            for fault in faults:
                outcome.figures |= fault.figures()
            if span.history is not None:
                save(span.history, [talker.history for talker in stage.talkers], stage.stored)
            return outcome
        finally:
            stage.end()

    return play
