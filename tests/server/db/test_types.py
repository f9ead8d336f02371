"""Times are instants: aware on the way in, UTC on the way out, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from server.db.base import table
from server.db.hot import Hot
from server.jobs import queue
from server.jobs.models import JobRow
from server.work.company import Company
from server.work.work import Work

SHANGHAI = timezone(timedelta(hours=8))
NAIVE = datetime(2026, 6, 1, 10, 0)  # noqa: DTZ001 - that is the point


async def stored(company: Company, moment: datetime) -> datetime:
    """What comes back for a time that goes in."""

    def turn(work: Work) -> datetime:
        made = work.conn.execute(insert(JobRow).values(**row(moment)).returning(JobRow.id)).scalar_one()
        found = work.conn.execute(select(JobRow.run_at).where(JobRow.id == made)).scalar_one()
        work.conn.execute(table(JobRow).delete().where(JobRow.id == made))
        return found

    return (await company.write(turn)).value


def row(moment: datetime) -> dict[str, Any]:
    return {
        "name": "none",
        "args": "{}",
        "run_at": moment,
        "dedupe_key": "types",
        "state": "done",
        "tries": 0,
    }


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 6, 1, 2, 0, 0, 123456, UTC),
        datetime(2026, 6, 1, 10, 0, 0, 1, SHANGHAI),
        datetime(2026, 6, 1, 10, 0, 0, 999_999, timezone(timedelta(hours=-3, minutes=-30))),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2999, 12, 31, 23, 59, 59, 999_999, UTC),
    ],
)
async def test_an_instant_comes_back_as_the_same_instant_in_utc(
    shared_company: Company, moment: datetime
) -> None:
    found = await stored(shared_company, moment)
    assert found == moment
    assert found.utcoffset() == timedelta(0)


async def test_a_time_without_a_zone_is_refused_wherever_it_comes_in(shared_company: Company) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        await stored(shared_company, NAIVE)

    def compared(work: Work) -> None:
        queue.forget_done(work.conn, NAIVE)

    with pytest.raises(StatementError, match="needs a time zone"):
        await shared_company.write(compared)
    hot = Hot(insert(table(JobRow)))
    with pytest.raises(ValueError, match="needs a time zone"):
        await shared_company.write(lambda work: hot.many(work.conn, [row(NAIVE)]))


async def test_what_was_stored_in_different_zones_is_compared_as_instants(shared_company: Company) -> None:
    early, late = datetime(2026, 6, 1, 9, 0, tzinfo=SHANGHAI), datetime(2026, 6, 1, 2, 0, tzinfo=UTC)

    def turn(work: Work) -> list[datetime]:
        for key, moment in (("late", late), ("early", early)):
            work.conn.execute(insert(JobRow).values({**row(moment), "dedupe_key": f"zones-{key}"}))
        mine = JobRow.dedupe_key.like("zones-%")
        query = (
            select(JobRow.run_at)
            .where(mine, JobRow.run_at < late.astimezone(SHANGHAI))
            .order_by(JobRow.run_at)
        )
        found = list(work.conn.execute(query).scalars())
        work.conn.execute(table(JobRow).delete().where(mine))
        return found

    assert (await shared_company.write(turn)).value == [early]
