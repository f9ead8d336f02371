"""Messages by the million in groups, straight into the tables and into the index, as the reaction would have written them."""

import random
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Engine, text

from chat.models import Conversation, Membership, Message
from server.events.models import StreamGrant
from server.search.declared import Doc
from server.search.index import indexed
from server.search.models import SearchEntry
from tests.load.bulk import insert_many, settle
from tests.load.seed import NOW, Company
from tests.load.seed_posts import SENTENCES

GROUP = 20
WORDS = (
    "客户",
    "合同",
    "报价",
    "拜访",
    "回款",
    "发货",
    "产品",
    "会议",
    "价格",
    "到款",
    "invoice",
    "order",
    "sample",
)
# Each stands in about one of so many messages.
RARE = {"钛合金": 1_000, "quarantine": 10_000, "鼎盛科技": 100_000}


def make_messages(engine: Engine, company: Company, count: int, groups_of_first: int) -> None:
    """`count` messages over two years in groups of 20; the first person is in `groups_of_first` of them."""
    dice = random.Random(company.seed + 2)
    first = company.people[0]
    groups = range(1_000_000, 1_000_000 + max(groups_of_first, count // 100))
    members = {
        group: sorted({*dice.sample(company.people, GROUP - 1), *([first] if at < groups_of_first else [])})
        for at, group in enumerate(groups)
    }
    span = timedelta(days=730) / count
    numbers = dict.fromkeys(groups, 0)
    indexing: list[tuple[object, ...]] = []

    def rows() -> Iterator[tuple[object, ...]]:
        for message in range(1, count + 1):
            group = dice.choice(groups)
            numbers[group] += 1
            author, at = dice.choice(members[group]), NOW - span * (count - message)
            said = sentence(dice)
            told = Doc(message, at, author, said, (f"c{group}",))
            (doc,) = indexed(engine.dialect.name, {"message": 1}, "message", told)
            indexing.append((doc.id, doc.kind, doc.thing_id, doc.terms))
            yield message, group, numbers[group], "text", author, f"m{message}", "", said, "{}", at

    columns = (
        *("id", "conversation_id", "number", "kind", "author_id", "client_id", "body_hash"),
        *("text", "mentions", "created_at"),
    )
    insert_many(engine, Message, columns, rows())
    insert_many(
        engine,
        Conversation,
        ("id", "kind", "name", "created_by", "created_at", "last_number", "active_at"),
        ((one, "group", f"G{one}", members[one][0], NOW, numbers[one], NOW) for one in groups),
    )
    places = [(one, person) for one in groups for person in members[one]]
    insert_many(
        engine,
        Membership,
        ("conversation_id", "person_id", "state", "role", "from_number", "read_number", "joined_at"),
        ((one, person, "active", "member", 1, 0, NOW) for one, person in places),
    )
    insert_many(
        engine,
        StreamGrant,
        ("person_id", "stream", "from_seq"),
        ((person, f"conversation:{one}", 1) for one, person in places),
    )
    insert_many(engine, SearchEntry, ("id", "kind", "thing_id", "terms"), indexing)
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO search_terms (search_terms) VALUES ('rebuild')"))
    settle(engine, Message, Conversation)


def sentence(dice: random.Random) -> str:
    """A few everyday words in everyday sentences, now and then a rare one."""
    said = dice.choice(SENTENCES) + "".join(dice.choices(WORDS, k=2)) + f" {dice.randint(1, 99_999)}"
    for word, one_in in RARE.items():
        if dice.randrange(one_in) == 0:
            said += word
    return said
