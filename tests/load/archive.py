"""A company that has talked for years: very many messages in 10,000 conversations, of which one person is in 2,000.

One conversation holds a tenth of all messages; the others share the rest. Messages of all conversations lie mixed in the tables, as they
were written: neighbours in a conversation are strangers on the disk.
"""

import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sqlalchemy import Engine, text

from chat.models import Conversation, Membership, Message
from server.events.models import StreamGrant
from tests.load.bulk import insert_many, settle
from tests.load.product import Product
from tests.load.seed import NOW, Company, make_company
from tests.load.seed_messages import sentence
from tests.load.seed_posts import make_posts

PEOPLE, DEPARTMENTS, POSTS = 2_000, 50, 20_000
CONVERSATIONS, MINE, DIRECT, GROUP = 10_000, 2_000, 1_000, 20
FIRST = 1_000_000
LARGEST_SHARE, SAID, AT_ONCE = 0.1, 5_000, 10_000


@dataclass(frozen=True)
class Talk:
    """One conversation while it is seeded."""

    id: int
    members: list[int]
    direct: bool = False


class Archive:
    """`counts`: how many messages each conversation has, by id. The first person is in the first `MINE`, the first being the largest."""

    def __init__(self, product: Product, seed: int, messages: int) -> None:
        self.product = product
        kept = product.data / "archive.pickle"  # beside what is kept by `bench --keep`
        if kept.exists():
            self.company, self.counts, self.seeded = pickle.loads(kept.read_bytes())
        else:
            self._fill(seed, messages)
            kept.write_bytes(pickle.dumps((self.company, self.counts, self.seeded)))
        self.person = self.company.people[0]
        self.mine = [FIRST + at for at in range(MINE)]
        self.talks = list(_talks(random.Random(self.company.seed + 3), self.company.people))
        product.program.start()

    def _fill(self, seed: int, messages: int) -> None:
        program = self.product.program
        program.start()
        program.stop()
        begun = time.monotonic()
        engine = self.product.seed_engine()
        self.company = make_company(engine, seed=seed, people=PEOPLE, departments=DEPARTMENTS)
        self.counts = make_history(engine, self.company, messages)
        make_posts(engine, self.company, POSTS)
        engine.dispose()
        self.seeded = f"seeded in {time.monotonic() - begun:.0f} s (seed {seed})"


def make_history(engine: Engine, company: Company, count: int) -> dict[int, int]:
    """Answers how many messages each conversation got."""
    dice = random.Random(company.seed + 3)
    talks = list(_talks(dice, company.people))
    counts = {talk.id: 0 for talk in talks}
    newest = {talk.id: NOW - timedelta(days=730) for talk in talks}
    if engine.dialect.name == "sqlite":
        _without_care(engine)
    insert_many(
        engine,
        Message,
        (
            *("id", "conversation_id", "number", "kind", "author_id", "client_id", "body_hash"),
            *("text", "mentions", "created_at"),
        ),
        _messages(dice, talks, count, counts, newest),
    )
    insert_many(
        engine,
        Conversation,
        ("id", "kind", "name", "direct_key", "created_by", "created_at", "last_number", "active_at"),
        (_conversation(talk, counts[talk.id], newest[talk.id]) for talk in talks),
    )
    places = [(talk.id, person) for talk in talks for person in talk.members]
    insert_many(
        engine,
        Membership,
        ("conversation_id", "person_id", "state", "role", "from_number", "read_number", "joined_at"),
        ((one, person, "active", "member", 1, dice.randint(0, counts[one]), NOW) for one, person in places),
    )
    insert_many(
        engine,
        StreamGrant,
        ("person_id", "stream", "from_seq"),
        ((person, f"conversation:{one}", 1) for one, person in places),
    )
    settle(engine, Message, Conversation)
    return counts


def _talks(dice: random.Random, people: list[int]) -> Iterator[Talk]:
    """The first person's groups, their direct conversations, then those of others."""
    first, others = people[0], people[1:]
    for at in range(CONVERSATIONS):
        if MINE - DIRECT <= at < MINE:
            yield Talk(FIRST + at, sorted((first, others[at - (MINE - DIRECT)])), direct=True)
        else:
            members = dice.sample(others, GROUP - 1)
            yield Talk(FIRST + at, sorted([*members, first] if at < MINE else members))


def _messages(
    dice: random.Random, talks: list[Talk], count: int, counts: dict[int, int], newest: dict[int, datetime]
) -> Iterator[tuple[object, ...]]:
    """Everybody's messages over two years in the order of writing; each conversation has two at least."""
    said = [sentence(dice) for _ in range(SAID)]
    rest = (1 - LARGEST_SHARE) / (len(talks) - 1)
    weights = list(accumulate([LARGEST_SHARE] + [rest] * (len(talks) - 1)))
    begun, span = NOW - timedelta(days=730), timedelta(days=730) / count
    for start in range(0, count, AT_ONCE):
        if start < 2 * len(talks):
            chosen = [talks[(start + at) % len(talks)] for at in range(AT_ONCE)]
        else:
            chosen = dice.choices(talks, cum_weights=weights, k=AT_ONCE)
        for message, talk in enumerate(chosen[: count - start], start + 1):
            number = counts[talk.id] = counts[talk.id] + 1
            at = newest[talk.id] = begun + span * message
            author = talk.members[message % len(talk.members)]
            words = said[message * 7919 % SAID]
            yield message, talk.id, number, "text", author, f"m{message:010}", "", words, "{}", at


def _conversation(talk: Talk, count: int, at: datetime) -> tuple[object, ...]:
    key = "-".join(map(str, talk.members)) if talk.direct else None
    kind, name = ("direct", "") if talk.direct else ("group", f"G{talk.id}")
    return talk.id, kind, name, key, talk.members[0], NOW - timedelta(days=730), count, at


def _without_care(engine: Engine) -> None:
    """While it is filled, a power cut may take this file."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA synchronous = OFF"))
        connection.execute(text("PRAGMA cache_size = -1000000"))
