"""A post deleted at the moment when somebody confirms, comments, likes or deletes it: one order wins, and nothing is left hanging."""

import asyncio
from typing import Any

from sqlalchemy import select

from feed import deleting, receipts
from feed.comments import writing
from feed.comments.inputs import NewComment
from feed.comments.likes import Like
from feed.invariants import INVARIANTS
from feed.models import Post, Receipt
from server.audit.models import AuditEntry
from server.kit.problems import NotFound, NotPending, Problem
from server.work.company import Company
from server.work.work import Work
from tests.server.realtime.rights import actor
from tests.server.work.test_receipt_races import BOSS, asked


async def test_a_deletion_against_receipts_comments_and_likes_leaves_nothing_hanging(
    company: Company,
) -> None:
    posts = await asked(company)

    async def race(post: int, people: list[int]) -> None:
        one, two, three = people[:3]

        def delete(work: Work) -> None:
            deleting.delete_post(work, actor(work, BOSS), post)

        def say(work: Work) -> None:
            writing.write(work, actor(work, three), post, NewComment("好"))

        acts: list[Any] = [
            lambda: company.small("receipt", receipts.Act(one, post, 1)),
            lambda: company.small("post_read", receipts.Act(two, post, 1)),
            lambda: company.small("like", Like(two, "post", post, True)),
            lambda: company.db.writer.turn(say),
            lambda: company.db.writer.turn(delete),
            lambda: company.db.writer.turn(delete),
        ]
        turned = acts[post % len(acts) :] + acts[: post % len(acts)]
        outcomes = await asyncio.gather(*[act() for act in turned], return_exceptions=True)
        for problem in [one for one in outcomes if isinstance(one, Exception)]:
            assert isinstance(problem, Problem), problem
            assert isinstance(problem, (NotFound, NotPending)), problem

    await asyncio.gather(*[race(post, people) for post, people in posts.items()])
    states, entries, gone = await company.read(
        lambda conn: (
            set(conn.execute(select(Receipt.state).where(Receipt.post_id.in_(posts))).scalars()),
            conn.execute(select(AuditEntry.object_id).where(AuditEntry.act == "post.deleted"))
            .scalars()
            .all(),
            conn.execute(select(Post.id).where(Post.id.in_(posts), Post.deleted_at.is_not(None)))
            .scalars()
            .all(),
        )
    )
    assert states <= {"done", "withdrawn"}
    assert sorted(entries) == sorted(gone) == sorted(posts), "each was deleted once"
    broken = await company.read(
        lambda conn: [rule.says for rule in INVARIANTS if conn.exec_driver_sql(rule.broken).first()]
    )
    assert broken == []
