"""Periods of logs: their first and last days, until when a log is in time, their numbers."""

from datetime import date
from zoneinfo import ZoneInfo

from feed.log.periods import begin_of, due_day, earliest, end_of, label, number_of, parts_of
from server.calendar.working_days import Special, WorkingCalendar


def test_every_day_lies_in_one_period_whose_ends_are_its_first_and_last_days() -> None:
    assert (begin_of("week", date(2026, 11, 22)), end_of("week", date(2026, 11, 16))) == (
        date(2026, 11, 16),
        date(2026, 11, 22),
    )
    assert end_of("month", begin_of("month", date(2024, 2, 10))) == date(2024, 2, 29)
    assert end_of("month", date(2026, 12, 1)) == date(2026, 12, 31)
    for rhythm in ("day", "week", "month"):
        begin = begin_of(rhythm, date(2027, 1, 2))
        assert begin <= date(2027, 1, 2) <= end_of(rhythm, begin)
        assert begin == begin_of(rhythm, begin) == begin_of(rhythm, end_of(rhythm, begin))


def test_a_log_is_in_time_until_so_many_working_days_after_its_period() -> None:
    calendar = WorkingCalendar(
        ZoneInfo("Asia/Shanghai"), special={date(2026, 11, 23): Special("holiday", "company")}
    )
    assert due_day(calendar, "day", date(2026, 11, 20), 0) == date(2026, 11, 20)
    assert due_day(calendar, "week", date(2026, 11, 16), 1) == date(2026, 11, 24)
    none = WorkingCalendar(ZoneInfo("Asia/Shanghai"), away=[(date(2000, 1, 1), date(2100, 1, 1))])
    assert due_day(none, "week", date(2026, 11, 16), 1) == date(2026, 11, 22)


def test_how_far_back_a_log_may_be_handed_in() -> None:
    today = date(2026, 3, 31)
    assert earliest("day", today) == date(2026, 2, 28)
    assert earliest("week", today) == date(2026, 2, 2)
    assert earliest("month", today) == date(2025, 9, 1)


def test_a_period_has_one_number_and_one_name() -> None:
    assert number_of(3, date(2026, 11, 20)) == 320261120
    assert parts_of(320261120) == (3, date(2026, 11, 20))
    assert parts_of(320261341) is None
    assert label("day", date(2026, 11, 20)) == "2026-11-20"
    assert label("week", date(2026, 12, 28)) == "2026-12-28 – 01-03"
    assert label("month", date(2026, 11, 1)) == "2026-11"
