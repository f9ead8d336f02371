"""The demo company is one in which everything holds that holds of a real one, in both languages, and looks as if it had been lived."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from server.__main__ import main
from server.config.settings import Settings
from server.demo.company import Cast, who_can_sign_in
from server.demo.people import PEOPLE
from server.demo.pools import POOLS
from server.demo.pools_words import ENTERED
from server.demo.script import SCRIPTS, Script
from server.demo.weeks import Weeks, live_through_weeks, working_days
from server.kit.clock import real_now
from server.opening import open_company
from server.work.company import Company
from tests.invariants import check_invariants


@pytest.fixture(scope="module", params=["zh", "en"])
def lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Company, Script]]:
    company = open_company(Settings(data=tmp_path_factory.mktemp("lived")))
    script = SCRIPTS[request.param]
    live_through_weeks(company, script)
    yield company, script
    company.db.close()


def ask(company: Company, query: str) -> list[tuple[object, ...]]:
    def rows(conn: Connection) -> list[tuple[object, ...]]:
        return [tuple(row) for row in conn.execute(text(query))]

    return company.db.snapshot(rows)


def count(company: Company, query: str) -> int:
    ((found,),) = ask(company, query)
    assert isinstance(found, int)
    return found


def test_all_that_must_hold_holds(lived: tuple[Company, Script]) -> None:
    company, _ = lived
    company.db.snapshot(check_invariants)
    with company.db.writer.engine.connect() as conn:
        assert conn.execute(text("PRAGMA synchronous")).scalar_one() == 2


def test_there_are_sixty_people_in_twelve_departments_and_they_have_talked(
    lived: tuple[Company, Script],
) -> None:
    company, _ = lived
    assert count(company, "SELECT count(*) FROM person WHERE state = 'active'") == 60
    assert count(company, "SELECT count(*) FROM department") == 12
    assert count(company, "SELECT count(*) FROM person WHERE manager_id IS NULL") == 1
    assert count(company, "SELECT count(*) FROM message WHERE kind = 'text'") > 300
    assert count(company, "SELECT count(*) FROM post") > 35
    states = {
        str(state): many for state, many in ask(company, "SELECT state, count(*) FROM receipt GROUP BY state")
    }
    assert states.keys() == {"done", "open"}
    late = "SELECT count(*) FROM receipt r JOIN receipt_ask a ON a.post_id = r.post_id WHERE"
    assert count(company, f"{late} r.done_at > a.due_at") > 0
    assert count(company, f"{late} r.state = 'open' AND a.due_at < CURRENT_TIMESTAMP") > 0


def test_two_pools_hold_customers_and_some_were_given_out(lived: tuple[Company, Script]) -> None:
    company, script = lived
    pools = ask(
        company,
        "SELECT p.name, count(c.id) FROM pool p JOIN customer c ON c.pool_id = p.id AND c.owner_id IS NULL"
        " GROUP BY p.id, p.name ORDER BY p.id",
    )
    assert [name for name, _ in pools] == [script.says(one.zh, one.en) for one in POOLS]
    assert sum(int(str(many)) for _, many in pools) == sum(1 for one in ENTERED if not one.given) >= 20
    given = "SELECT count(*) FROM customer WHERE pool_id IS NOT NULL AND owner_id IS NOT NULL"
    assert count(company, given) == sum(1 for one in ENTERED if one.given)
    for role in ("admin", "member"):
        assert count(company, f"SELECT count(DISTINCT pool_id) FROM pool_person WHERE role = '{role}'") == 2
    assert count(company, "SELECT count(DISTINCT pool_id) FROM pool_department") == 2


def test_people_act_at_work_and_never_in_the_future(lived: tuple[Company, Script]) -> None:
    company, script = lived
    zone, now = ZoneInfo(script.time_zone), real_now()
    for table in ("message", "post"):
        times = [
            datetime.fromisoformat(str(moment)).replace(tzinfo=UTC)
            for (moment,) in ask(company, f"SELECT created_at FROM {table} ORDER BY id")
        ]
        assert max(times) <= now
        before_today = [moment for moment in times if moment < now - timedelta(hours=1)]
        assert before_today == sorted(before_today)
        local = [moment.astimezone(zone) for moment in before_today]
        assert all(moment.weekday() < 5 and 8 <= moment.hour < 19 for moment in local)
        assert len({moment.date() for moment in local}) >= 15


def test_no_text_of_the_other_language_has_slipped_in(lived: tuple[Company, Script]) -> None:
    company, script = lived
    if script.language == "en":
        said = [
            str(words)
            for (words,) in ask(company, "SELECT text FROM message UNION ALL SELECT text FROM post")
        ]
        names = [
            str(name)
            for (name,) in ask(company, "SELECT name FROM person UNION ALL SELECT path FROM department")
        ]
        chinese = [line for line in (*said, *names) if any("一" <= char <= "鿿" for char in line)]
        assert not chinese
    assert not [line for (line,) in ask(company, "SELECT text FROM message") if "{" in str(line)]


def test_both_languages_live_the_same_life_and_the_same_one_every_time() -> None:
    now = datetime(2026, 11, 18, 12, tzinfo=UTC)
    lives = []
    for script in (SCRIPTS["zh"], SCRIPTS["zh"], SCRIPTS["en"]):
        weeks = Weeks(script, now)
        acts = weeks.acts(Cast(script, {}, {}))
        lives.append(
            [(moment.astimezone(weeks.zone).replace(tzinfo=None), order) for moment, order, _ in acts]
        )
    assert lives[0] == lives[1] == lives[2]


def test_the_tests_own_cast_are_the_first_of_the_sixty() -> None:
    assert SCRIPTS["zh"].people[: len(PEOPLE)] == PEOPLE
    for script in SCRIPTS.values():
        numbers = [person[1] for person in script.people]
        assert numbers == [str(number) for number in range(1001, 1061)]
        said = who_can_sign_in("http://localhost:8000", script)
        assert "1002" in said
        assert script.people[1][0] in said


def test_a_week_has_five_working_days() -> None:
    sunday = datetime(2026, 11, 22, tzinfo=UTC).date()
    days = working_days(sunday, 20)
    assert (days[0].isoformat(), days[-1].isoformat()) == ("2026-10-26", "2026-11-20")


def test_only_the_two_languages_can_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--demo", "fr", "--data", str(tmp_path)])
