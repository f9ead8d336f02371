"""Counting working days and hours: against a plain recount, in zones with and without summer time (W28)."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from server.calendar.state import is_published, known_years, state_days
from server.calendar.working_days import NoWorkingDay, Special, Week, WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = [SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("UTC")]
CHINA = WorkingCalendar(SHANGHAI, Week(), state_days())
NINE = time(9)


def at(zone: ZoneInfo, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def some_calendar(dice: random.Random) -> WorkingCalendar:
    """A week of at least two days, holidays and make-up days at random, somebody away now and then."""
    first = date(2026, 1, 1)
    special: dict[date, Special] = {}
    for _ in range(12):
        start, length = first + timedelta(days=dice.randrange(700)), dice.randrange(1, 9)
        kind: Literal["holiday", "workday"] = dice.choice(("holiday", "holiday", "workday"))
        for at_day in range(length):
            special[start + timedelta(days=at_day)] = Special(kind, "company", name="x")
    days = frozenset(dice.sample(range(1, 8), dice.randrange(2, 8)))
    begins = dice.randrange(5, 11)
    week = Week(days, time(begins), time(begins + dice.randrange(2, 11)))
    away = [(first + timedelta(days=n), first + timedelta(days=n + 3)) for n in dice.sample(range(700), 2)]
    return WorkingCalendar(dice.choice(ZONES), week, special, away if dice.random() < 0.5 else ())


@pytest.mark.parametrize("seed", range(25))
def test_adding_and_counting_working_days_agree_with_a_recount(seed: int) -> None:
    dice = random.Random(seed)
    calendar = some_calendar(dice)
    for _ in range(20):
        start = date(2026, 1, 1) + timedelta(days=dice.randrange(600))
        count = dice.randrange(1, 40)
        reached = calendar.add_working_days(start, count)
        span = [start + timedelta(days=n) for n in range(1, (reached - start).days + 1)]
        assert calendar.is_working_day(reached)
        assert sum(map(calendar.is_working_day, span)) == count
        assert calendar.working_days_between(start, reached) == count
        assert calendar.working_days_between(reached, start) == -count
        if calendar.is_working_day(start):
            assert calendar.add_working_days(reached, -count) == start
            assert calendar.add_working_days(start, 0) == start


@pytest.mark.parametrize("seed", range(25))
def test_an_effect_comes_at_nine_of_a_working_day_and_at_the_first_such_moment(seed: int) -> None:
    dice = random.Random(seed)
    calendar = some_calendar(dice)
    for _ in range(10):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(600 * 1440))
        effect = calendar.next_effect_moment(moment)
        local = effect.astimezone(calendar.zone)
        assert effect >= moment
        assert effect.tzinfo is UTC
        assert local.time() == NINE
        assert calendar.takes_effect(local.date())
        assert calendar.next_effect_moment(effect) == effect
        day = calendar.day_of(moment)
        while day < local.date():
            assert not calendar.takes_effect(day) or at(calendar.zone, day, 9) < moment
            day += timedelta(days=1)


@pytest.mark.parametrize("seed", range(25))
def test_working_time_adds_up_and_passes_through_what_was_added(seed: int) -> None:
    dice = random.Random(seed)
    calendar = some_calendar(dice)
    for _ in range(10):
        start = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(500 * 1440))
        amount = timedelta(minutes=dice.randrange(1, 40 * 60))
        end = calendar.add_working_time(start, amount)
        middle = start + (end - start) * dice.random()
        assert calendar.working_time_between(start, end) == amount
        halves = calendar.working_time_between(start, middle) + calendar.working_time_between(middle, end)
        assert halves == amount
        assert calendar.working_time_between(end, start) == timedelta()


def test_a_working_day_has_its_hours_also_when_the_clocks_change() -> None:
    berlin = WorkingCalendar(ZoneInfo("Europe/Berlin"), Week(frozenset(range(1, 8)), time(1), time(5)))
    spring, autumn, plain = date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1)
    for day, hours in ((spring, 3), (autumn, 5), (plain, 4)):
        whole = berlin.working_time_between(
            at(berlin.zone, day, 0), at(berlin.zone, day + timedelta(days=1), 0)
        )
        assert whole == timedelta(hours=hours), day
    office = WorkingCalendar(ZoneInfo("Europe/Berlin"))
    for day in (date(2026, 3, 27), date(2026, 3, 30)):  # before and after the change
        assert office.next_effect_moment(at(office.zone, day, 8)) == at(office.zone, day, 9)


def test_the_states_holidays_and_make_up_days_of_2026_count() -> None:
    for day, works in (
        (date(2026, 2, 14), True),  # a Saturday, made up for
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 22), False),  # an ordinary Sunday
    ):
        assert CHINA.is_working_day(day) == works, day
    assert CHINA.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CHINA.working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3


def test_nothing_takes_effect_within_three_working_days_of_a_long_holiday() -> None:
    # National Day 2026 ends on 7 October; 8, 9 and the Saturday made up for are quiet.
    quiet = [date(2026, 10, day) for day in (8, 9, 10)]
    assert [CHINA.takes_effect(day) for day in quiet] == [False, False, False]
    assert CHINA.is_working_day(quiet[0])
    assert CHINA.next_effect_moment(at(SHANGHAI, date(2026, 9, 30), 9, 1)) == at(
        SHANGHAI, date(2026, 10, 12), 9
    )
    assert CHINA.next_effect_moment(at(SHANGHAI, date(2026, 9, 30), 8)) == at(SHANGHAI, date(2026, 9, 30), 9)
    # Three days of holiday are not five, and a weekend is none.
    assert CHINA.takes_effect(date(2026, 1, 4))
    assert CHINA.takes_effect(date(2026, 11, 23))


def test_five_days_off_without_a_holiday_are_only_a_week() -> None:
    two_days = WorkingCalendar(SHANGHAI, Week(frozenset({1, 2})))
    assert two_days.takes_effect(date(2026, 11, 23))
    named = {date(2026, 11, 19): Special("holiday", "company", name="公司日")}
    assert not WorkingCalendar(SHANGHAI, Week(frozenset({1, 2})), named).takes_effect(date(2026, 11, 23))


def test_hours_stop_while_the_person_is_away() -> None:
    monday, wednesday = date(2026, 11, 23), date(2026, 11, 25)
    mine = CHINA.without([(date(2026, 11, 24), date(2026, 11, 24))])
    assert mine.working_time_between(at(SHANGHAI, monday, 17), at(SHANGHAI, wednesday, 10)) == timedelta(
        hours=2
    )
    assert CHINA.working_time_between(at(SHANGHAI, monday, 17), at(SHANGHAI, wednesday, 10)) == timedelta(
        hours=11
    )
    # An absence is no holiday: others' effects are not held up by it.
    week_off = CHINA.without([(date(2026, 11, 16), date(2026, 11, 22))])
    assert week_off.takes_effect(monday)


def test_a_calendar_without_working_days_says_so_instead_of_looking_for_ever() -> None:
    never = WorkingCalendar(SHANGHAI, Week(frozenset()))
    start = at(SHANGHAI, date(2026, 1, 1), 0)
    with pytest.raises(NoWorkingDay):
        never.add_working_days(date(2026, 1, 1), 1)
    with pytest.raises(NoWorkingDay):
        never.next_effect_moment(start)
    with pytest.raises(NoWorkingDay):
        never.add_working_time(start, timedelta(minutes=1))


def test_a_year_that_is_not_published_has_no_state_days() -> None:
    first, last = known_years()
    assert first <= 2010
    assert last >= 2026
    assert is_published(2026)
    assert not is_published(last + 1)
    assert not [day for day in state_days() if day.year > last]
    assert CHINA.is_working_day(date(last + 1, 10, 1)) == (date(last + 1, 10, 1).isoweekday() <= 5)
