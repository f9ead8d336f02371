"""Posts by the hundred thousand: Zipf authors, 15 % to the whole company, the others to departments or to a few people."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate

from sqlalchemy import Engine, text

from feed.models import Post, PostAudience, Receipt, ReceiptAsk
from feed.topic.models import PostTopic
from server.events.envelope import EVERYONE, department_stream, person_stream
from tests.load.bulk import insert_many, settle
from tests.load.seed import NOW, Company

EVERYONE_SHARE, TWO_DEPARTMENTS_SHARE, PEOPLE_SHARE, ASKING_SHARE = 0.15, 0.10, 0.05, 0.01
ASKED = 5
SENTENCES = (
    "今天拜访了三位客户,两位有意向,下周一再约。",
    "合同已经回签,财务请留意到款。",
    "本周的销售例会改到周四下午三点,请各组长准备数据。",
    "**新品价格表**已更新,旧版作废。",
    "1. 先联系客户\n2. 再报价\n3. 最后签合同",
    "Shipping is delayed by two days; tell your customers.",
)


def make_posts(engine: Engine, company: Company, count: int) -> None:
    """`count` posts over two years, the newest last, with their audiences and what one in a hundred asks."""
    dice = random.Random(company.seed + 1)
    span = timedelta(days=730) / count
    start = NOW - span * count
    authors = zipf(dice, company.people, count)
    audience: list[tuple[str, int]] = []
    asking: list[int] = []
    names = {one: department_stream(one) for one in company.departments}

    def rows() -> Iterator[tuple[object, ...]]:
        for post, author in enumerate(authors, 1):
            audience.append((f"author:{author}", post))
            audience.extend((subject, post) for subject in subjects(dice, company, author, names))
            if dice.random() < ASKING_SHARE:
                asking.append(post)
            text = " ".join(dice.choices(SENTENCES, k=dice.randint(1, 5)))
            yield post, "share", author, text, 1, "{}", start + span * post

    columns = ("id", "kind", "author_id", "text", "version", "mentions", "created_at")
    insert_many(engine, Post, columns, rows())
    audience.sort()  # the table lies in this order
    insert_many(engine, PostAudience, ("subject", "post_id"), audience)
    insert_receipts(engine, dice, company, authors, asking)
    settle(engine, Post)


OFTEN, SELDOM = "客户拜访", "话题7"


def make_topics(engine: Engine) -> None:
    """One post in ten names the same topic, one in five one of a hundred others."""
    named = (("id % 10 = 1", f"'{OFTEN}'"), ("id % 5 = 2", "'话题' || CAST((id / 5) % 100 AS TEXT)"))
    with engine.begin() as connection:
        for chosen, name in named:
            connection.execute(
                text(
                    "INSERT INTO post_topic (key, post_id, author_id, name)"
                    f" SELECT {name}, id, author_id, {name} FROM post WHERE {chosen} ORDER BY 1, 2"
                )
            )
    settle(engine, PostTopic)


def zipf(dice: random.Random, people: list[int], count: int) -> list[int]:
    """Authors: the one of rank n writes 1/n as much as the first."""
    ranked = dice.sample(people, len(people))
    weights = list(accumulate(1 / rank for rank in range(1, len(ranked) + 1)))
    return dice.choices(ranked, cum_weights=weights, k=count)


def subjects(dice: random.Random, company: Company, author: int, names: dict[int, str]) -> list[str]:
    roll = dice.random()
    if roll < EVERYONE_SHARE:
        return [EVERYONE]
    if roll < EVERYONE_SHARE + PEOPLE_SHARE:
        return [person_stream(one) for one in dice.sample(company.people, dice.randint(1, 3))]
    if roll < EVERYONE_SHARE + PEOPLE_SHARE + TWO_DEPARTMENTS_SHARE:
        return [names[one] for one in dice.sample(company.departments, 2)]
    return [names[dice.choice(company.heard_by[author])]]


def insert_receipts(
    engine: Engine, dice: random.Random, company: Company, authors: list[int], asking: list[int]
) -> None:
    """Five people for each asking post; the tally equals a recount."""
    asked = {post: dice.sample(company.people, ASKED) for post in asking}
    done = {post: dice.randint(0, ASKED) for post in asking}
    due: datetime = NOW + timedelta(days=3)
    insert_many(
        engine,
        ReceiptAsk,
        (
            *("post_id", "version", "asked_by", "asked_at", "due_at", "named"),
            *("asked", "done", "read", "withdrawn", "left"),
        ),
        (
            (post, 1, authors[post - 1], NOW, due, f'{{"people":{people}}}', ASKED, done[post], 0, 0, 0)
            for post, people in asked.items()
        ),
    )
    insert_many(
        engine,
        Receipt,
        ("post_id", "version", "person_id", "state", "read_at", "done_at"),
        (
            (post, 1, person, *(("done", NOW, NOW) if order < done[post] else ("open", None, None)))
            for post, people in asked.items()
            for order, person in enumerate(people)
        ),
    )
