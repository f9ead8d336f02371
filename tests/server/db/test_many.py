"""Many rows in one call mean what the same rows mean one by one, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from server.db.base import table
from server.db.hot import Hot
from server.jobs.models import JobRow
from server.work.company import Company
from server.work.work import Work

JOBS = table(JobRow)
ENTER = Hot(insert(JOBS), ["name", "args", "run_at", "dedupe_key", "state", "tries"])
RETRIED = Hot(
    update(JOBS)
    .where(JOBS.c.dedupe_key == bindparam("d_key"), JOBS.c.state == "done")
    .values(tries=JOBS.c.tries + bindparam("d_more"), name=bindparam("d_name"))
)
AT = datetime(2026, 6, 1, 2, 0, 0, 123456, UTC)
TEXTS = [
    "",
    "收到 «quoted» \"double\" 'single' \\back\\ %s %(n)s",
    "two\nlines\tand 🎉",
    '{"json": [1, null]}',
]


def row(key: str, args: str, state: str = "done") -> dict[str, Any]:
    return {"name": "none", "args": args, "run_at": AT, "dedupe_key": key, "state": state, "tries": 0}


async def test_every_value_comes_back_as_it_was_given(company: Company) -> None:
    def turn(work: Work) -> list[Any]:
        ENTER.many(work.conn, [row(f"many-{at}", text) for at, text in enumerate(TEXTS)])
        found = select(JOBS.c.args, JOBS.c.run_at).where(JOBS.c.dedupe_key.startswith("many-"))
        rows = list(work.conn.execute(found.order_by(JOBS.c.dedupe_key)))
        work.conn.execute(delete(JOBS).where(JOBS.c.dedupe_key.startswith("many-")))
        return rows

    found = (await company.write(turn)).value
    assert [one.args for one in found] == TEXTS
    assert {one.run_at for one in found} == {AT}


async def test_a_change_of_many_touches_only_what_each_row_names(company: Company) -> None:
    def turn(work: Work) -> list[Any]:
        kept = [row("done-1", "a"), row("done-2", "b"), row("open-1", "c", "waiting"), row("done-3", "d")]
        ENTER.many(work.conn, kept)
        given = [("done-1", 2), ("done-2", 3), ("open-1", 4), ("nobody", 5)]
        RETRIED.many(
            work.conn, [{"d_key": key, "d_more": more, "d_name": f"名 {key}"} for key, more in given]
        )
        query = select(JOBS.c.dedupe_key, JOBS.c.tries, JOBS.c.name).where(JOBS.c.args.in_(list("abcd")))
        rows = [tuple(one) for one in work.conn.execute(query.order_by(JOBS.c.args))]
        work.conn.execute(delete(JOBS).where(JOBS.c.args.in_(list("abcd"))))
        return rows

    assert (await company.write(turn)).value == [
        ("done-1", 2, "名 done-1"),
        ("done-2", 3, "名 done-2"),
        ("open-1", 0, "none"),
        ("done-3", 0, "none"),
    ]


async def test_what_a_table_refuses_of_one_row_it_refuses_of_many(company: Company) -> None:
    def turn(work: Work) -> None:
        ENTER.many(work.conn, [row("good", "a"), {**row("bad", "b"), "name": None}])

    with pytest.raises(DBAPIError):
        await company.write(turn)
    left = await company.read(
        lambda conn: conn.execute(select(JOBS.c.id).where(JOBS.c.dedupe_key == "good")).all()
    )
    assert left == []
