"""A receipt given against its withdrawal: exactly one of them wins, and the tally is what a recount says (delivery.md §3)."""

import asyncio
from collections import Counter
from typing import Any

from sqlalchemy import select

from feed import asking, publishing, receipts
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from feed.models import Receipt, ReceiptAsk
from server.kit.problems import NotPending, Problem
from server.work.company import Company
from server.work.work import Done, Work
from tests.server.realtime.rights import actor

BOSS = 1
POSTS = 8


async def asked(company: Company) -> dict[int, list[int]]:
    """Posts that ask everyone, and whom."""

    def turn(work: Work) -> dict[int, list[int]]:
        new = NewPost("share", "please", AudienceInput(everyone=True), None, ReceiptsInput(everyone=True))
        made = [publishing.publish(work, actor(work, BOSS), new).id for _ in range(POSTS)]
        return {
            post: list(work.conn.execute(select(Receipt.person_id).where(Receipt.post_id == post)).scalars())
            for post in made
        }

    return (await company.write(turn)).value


async def test_two_hundred_receipts_against_their_withdrawals_have_one_winner_each(company: Company) -> None:
    posts = await asked(company)
    pairs = [(post, person) for post, people in posts.items() for person in people]
    assert len(pairs) >= 200

    async def race(post: int, person: int) -> str:
        def withdraw(work: Work) -> None:
            asking.withdraw(work, actor(work, BOSS), post, person)

        def give() -> Any:
            return company.small("receipt", receipts.Act(person, post, 1))

        def take_back() -> Any:
            return company.db.writer.turn(withdraw)

        first, second = (give, take_back) if person % 2 else (take_back, give)
        started: dict[Any, Any] = {first: first()}
        looked = company.small("post_read", receipts.Act(person, post, 1))
        started[second] = second()
        outcomes: Any = await asyncio.gather(
            started[give], started[take_back], looked, return_exceptions=True
        )
        given, withdrawn, _ = outcomes
        won = [name for name, one in (("done", given), ("withdrawn", withdrawn)) if isinstance(one, Done)]
        lost = [one for one in (given, withdrawn) if isinstance(one, Problem)]
        assert len(won) == len(lost) == 1, (given, withdrawn)
        assert isinstance(lost[0], NotPending)
        return won[0]

    winners: dict[tuple[int, int], str] = {}
    for start in range(0, len(pairs), 20):
        some = pairs[start : start + 20]
        winners.update(zip(some, await asyncio.gather(*[race(*pair) for pair in some]), strict=True))
    assert set(winners.values()) == {"done", "withdrawn"}, "a race that only one side can win proves nothing"
    rows, tallies = await company.read(
        lambda conn: (
            conn.execute(select(Receipt.post_id, Receipt.person_id, Receipt.state)).all(),
            conn.execute(select(ReceiptAsk.__table__).where(ReceiptAsk.post_id.in_(posts))).all(),
        )
    )
    states = {(row.post_id, row.person_id): row.state for row in rows}
    assert {pair: states[pair] for pair in pairs} == winners
    for tally in tallies:
        recount = Counter(state for (post, _), state in winners.items() if post == tally.post_id)
        assert (tally.asked, tally.done, tally.withdrawn, tally.read) == (
            recount["done"],
            recount["done"],
            recount["withdrawn"],
            0,
        )


async def test_a_receipt_given_by_ten_hands_at_once_is_one_receipt_with_the_first_time(
    company: Company,
) -> None:
    posts = await asked(company)
    post, people = next(iter(posts.items()))
    done = await asyncio.gather(
        *[company.small("receipt", receipts.Act(people[at % 2], post, 1)) for at in range(20)]
    )
    for person in range(2):
        assert len({one.value.done_at for one in done[person::2]}) == 1
    [tally] = await company.read(
        lambda conn: conn.execute(select(ReceiptAsk.done).where(ReceiptAsk.post_id == post)).scalars().all()
    )
    assert tally == 2
