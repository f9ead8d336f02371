"""The state's holidays and make-up days, as the library `chinesecalendar` ships them per year. Nothing here touches a database."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.metadata import version

from chinese_calendar.constants import Holiday, holidays, workdays  # type: ignore[import-untyped]

from server.calendar.working_days import Special

_CODES: Mapping[str, str] = {one.value: one.name for one in Holiday}
SOURCE = f"chinesecalendar {version('chinesecalendar')}"


@cache
def known_years() -> tuple[int, int]:
    """The first and the last year whose arrangement has been published and is shipped here."""
    years = {day.year for day in holidays}
    return min(years), max(years)


def is_published(year: int) -> bool:
    """Whether the State Council's arrangement of this year is known here; before it is, only the company's week and edits count."""
    first, last = known_years()
    return first <= year <= last


@cache
def state_days() -> Mapping[date, Special]:
    """Every holiday and every make-up working day of the known years; `code` names the holiday it belongs to."""
    found = {day: Special("holiday", "state", _CODES[str(name)]) for day, name in holidays.items()}
    found |= {day: Special("workday", "state", _CODES[str(name)]) for day, name in workdays.items()}
    return found
