"""When the steps of a ladder fall due: working days and hours, quiet hours, urgent (N5, W28, W46). Without a database."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from feed.ladder.line import Line, Missing
from feed.ladder.plan import Hours, Plan, Step, plan
from notifications.decide import Quiet
from server.calendar.working_days import Special, Week, WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAY = date(2026, 6, 5)  # a Friday
CALENDAR = WorkingCalendar(SHANGHAI, Week(), {HOLIDAY: Special("holiday", "company", name="节")})


def at(day: int, clock: str) -> datetime:
    """In June 2026, whose first is a Monday."""
    return datetime.combine(date(2026, 6, day), time.fromisoformat(clock), SHANGHAI).astimezone(UTC)


# Began, due: nudge, deputy, manager; without and with the calendar.
TIMES = [
    ((1, "10:00"), (2, "15:00"), [(2, "14:00"), (2, "15:00"), (2, "16:00")], None),
    ((1, "10:00"), (1, "11:00"), [(1, "10:30"), (1, "11:00"), (1, "12:00")], None),
    ((1, "10:00"), (6, "22:00"), [(6, "21:00"), (6, "22:00"), (6, "23:00")], [(8, "09:00"), (8, "09:30"), (8, "10:30")]),
    ((1, "10:00"), (4, "18:00"), [(4, "17:00"), (4, "18:00"), (4, "19:00")], [(4, "17:00"), (8, "09:00"), (8, "10:00")]),
    ((1, "10:00"), (4, "17:30"), [(4, "16:30"), (4, "17:30"), (4, "18:30")], [(4, "16:30"), (4, "17:30"), (8, "09:30")]),
    # Begun after the due time: an hour for everybody before the nudge.
    ((2, "10:00"), (1, "15:00"), [(2, "11:00"), (2, "12:00"), (2, "13:00")], None),
]  # fmt: skip


@pytest.mark.parametrize(("began", "due", "urgent", "usual"), TIMES)
def test_each_step_has_its_moment(
    began: tuple[int, str],
    due: tuple[int, str],
    urgent: list[tuple[int, str]],
    usual: list[tuple[int, str]] | None,
) -> None:
    assert plan(at(*began), at(*due), None) == Plan(*[at(*one) for one in urgent])
    assert plan(at(*began), at(*due), CALENDAR) == Plan(*[at(*one) for one in usual or urgent])


# Quiet from, to: asked at, first told at.
HELD = [
    (("13:00", "17:00"), (1, "14:00"), (1, "17:00")),
    (("13:00", "17:00"), (1, "17:00"), (1, "17:00")),
    (("22:00", "08:00"), (1, "14:00"), (1, "14:00")),
    (("17:00", "10:00"), (4, "17:30"), (8, "10:00")),
    # Nothing of the working day is left: told outside it.
    (("08:00", "20:00"), (1, "14:00"), (1, "20:00")),
]


@pytest.mark.parametrize(("hours", "asked", "told"), HELD)
def test_nobody_is_told_in_their_quiet_hours_but_of_what_is_urgent(
    hours: tuple[str, str], asked: tuple[int, str], told: tuple[int, str]
) -> None:
    start, end = (int(one[:2]) * 60 + int(one[3:]) for one in hours)
    quiet = {7: Quiet(start, end)}
    usual, urgent = (
        Hours(CALENDAR, "Asia/Shanghai", quiet),
        Hours(None, "Asia/Shanghai", {}),
    )
    assert usual.first(7, at(*asked)) == at(*told)
    assert usual.first(7, at(*told)) == at(*told)
    assert urgent.first(7, at(*asked)) == at(*asked)


def test_the_line_never_climbs_above_who_asked() -> None:
    times = Plan(at(1, "14:00"), at(1, "15:00"), at(1, "16:00"))
    boss, head, asker, peer, worker, away, deputy = 1, 2, 3, 4, 5, 6, 7
    line = Line(
        asker,
        frozenset({boss, head}),
        {away: deputy, 8: None, 9: head},
        times,
        Hours(None, "Asia/Shanghai", {}),
    )

    def steps(person: int, manager: int | None) -> list[tuple[str, int, datetime]]:
        done: dict[Step, datetime] = {}
        found: list[tuple[str, int, datetime]] = []
        while (one := line.next(Missing(person, manager, done))) is not None:
            found.append((one.step, one.told, one.at))
            done[one.step] = one.at
        return found

    nudge, second, third = times.nudge, times.deputy, times.manager
    assert steps(worker, peer) == [("nudge", worker, nudge), ("manager", peer, third)]
    assert steps(head, boss) == [("nudge", head, nudge)]
    assert steps(boss, None) == [("nudge", boss, nudge)]
    assert steps(peer, head) == [("nudge", peer, nudge)]
    assert steps(worker, asker) == [("nudge", worker, nudge)]
    assert steps(away, peer) == [("deputy", deputy, second), ("manager", peer, third)]
    assert steps(8, peer) == [("manager", peer, third)]
    assert steps(9, peer) == [("manager", peer, third)]
    # A late nudge puts the manager's step later: half an hour between two steps about one person.
    late = line.next(Missing(worker, peer, {"nudge": at(1, "17:00")}))
    assert late is not None
    assert (late.step, late.at) == ("manager", at(1, "17:30"))
