"""The working calendar's routes."""

from datetime import time

from server.api.route import Item, Nothing, Read, Write, delete, get, put
from server.calendar import calendars
from server.calendar.inputs import DayChange, WeekChange, YearQuery
from server.calendar.policies import MAY_EDIT_CALENDAR, MAY_SEE_CALENDAR
from server.calendar.present import CalendarYear, WorkingWeekView, calendar_year, week_put, working_week


def show_year(call: Read[None, YearQuery]) -> Item[CalendarYear]:
    """The holidays and make-up days of a year, and the company's week."""
    year = call.query.year or call.company.today().year
    return Item(calendar_year(call.conn, year), [week_put(call.conn)])


def set_days(call: Write[DayChange, Nothing]) -> CalendarYear:
    """Declare one day, or the days until another, a holiday or a working day of the company."""
    day = calendars.must_be_day(call.path["day"])
    calendars.set_days(call.work, call.actor, day, call.body.until, call.body.kind, call.body.name)
    return calendar_year(call.conn, day.year)


def remove_day(call: Write[None, Nothing]) -> None:
    """Take back what the company said about a day."""
    calendars.remove_day(call.work, call.actor, calendars.must_be_day(call.path["day"]))


def set_week(call: Write[WeekChange, Nothing]) -> WorkingWeekView:
    """The weekdays and the hours of work."""
    body = call.body
    begins, ends = time.fromisoformat(body.begins), time.fromisoformat(body.ends)
    calendars.set_week(call.work, call.actor, body.days, begins, ends, body.version)
    return working_week(call.conn)


ROUTES = [
    get("/api/calendar", MAY_SEE_CALENDAR, show_year, output=Item[CalendarYear], query=YearQuery),
    put("/api/calendar/days/{day:str}", MAY_EDIT_CALENDAR, set_days, output=CalendarYear, body=DayChange),
    delete("/api/calendar/days/{day:str}", MAY_EDIT_CALENDAR, remove_day),
    put("/api/calendar/week", MAY_EDIT_CALENDAR, set_week, output=WorkingWeekView, body=WeekChange),
]
