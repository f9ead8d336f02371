"""When the steps of a ladder fall due, and when somebody may be told. Pure (N5, W28, W46)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from notifications.decide import Quiet, is_quiet, quiet_until
from server.calendar.working_days import NoWorkingDay, WorkingCalendar

Step = Literal["nudge", "deputy", "manager"]
STEPS: tuple[Step, ...] = ("nudge", "deputy", "manager")
# Before the due time the nudge, after the deputy's step the manager's; of a ladder that begins after the due time the same again.
LEAD = timedelta(hours=1)
# Between two steps about one person.
GAP = timedelta(minutes=30)


@dataclass(frozen=True)
class Plan:
    """The moment of each step; a person's own quiet hours come on top."""

    nudge: datetime
    deputy: datetime
    manager: datetime

    def at(self, step: Step) -> datetime:
        return {"nudge": self.nudge, "deputy": self.deputy, "manager": self.manager}[step]


def plan(started: datetime, due: datetime, calendar: WorkingCalendar | None) -> Plan:
    """The nudge an hour before it is due, or at half of a shorter time; then the deputy, and a (working) hour later the manager.

    Begun after the due time (confirm again), everybody gets an hour before the nudge. Without a calendar (urgent) time is time.
    """
    ends = due if due > started else started + 2 * LEAD
    nudge = working((ends - min(LEAD, (ends - started) / 2)).replace(microsecond=0), calendar)
    deputy = working(max(ends, nudge + GAP), calendar)
    return Plan(nudge, deputy, working(_hour_after(deputy, calendar), calendar))


def working(moment: datetime, calendar: WorkingCalendar | None) -> datetime:
    """This moment where people work then, else the next at which they do."""
    if calendar is None:
        return moment
    try:
        return calendar.add_working_time(moment, timedelta())
    except NoWorkingDay:
        return moment


def _hour_after(moment: datetime, calendar: WorkingCalendar | None) -> datetime:
    if calendar is None:
        return moment + LEAD
    try:
        return calendar.add_working_time(moment, LEAD)
    except NoWorkingDay:
        return moment + LEAD


@dataclass(frozen=True)
class Hours:
    """When each person may be told: at work, and outside their quiet hours. Urgent (no calendar): at any time."""

    calendar: WorkingCalendar | None
    zone: str
    quiet: Mapping[int, Quiet]
    _known: dict[tuple[Quiet | None, datetime], datetime] = field(default_factory=dict)

    def first(self, person_id: int, moment: datetime) -> datetime:
        """The first moment from this one on."""
        if self.calendar is None:
            return moment
        quiet = self.quiet.get(person_id)
        key = (quiet, moment)
        if key not in self._known:
            self._known[key] = self._first(quiet, moment, self.calendar)
        return self._known[key]

    def _first(self, quiet: Quiet | None, moment: datetime, calendar: WorkingCalendar) -> datetime:
        if quiet is None:
            return working(moment, calendar)
        # Whose quiet hours leave nothing of the working day is told outside it.
        by = None if self._covers(quiet, calendar) else calendar
        at = working(moment, by)
        while is_quiet(quiet, at, self.zone):
            at = working(quiet_until(quiet, at, self.zone), by)
        return at

    def _covers(self, quiet: Quiet, calendar: WorkingCalendar) -> bool:
        begins, ends = (one.hour * 60 + one.minute for one in (calendar.week.begins, calendar.week.ends))
        if quiet.start == quiet.end:
            return False
        return not any(_within(quiet, minute) is False for minute in range(begins, ends))


def _within(quiet: Quiet, minute: int) -> bool:
    if quiet.start < quiet.end:
        return quiet.start <= minute < quiet.end
    return minute >= quiet.start or minute < quiet.end
