"""A calendar as RFC 5545 wants it: CRLF, lines folded at 75 octets, times in UTC, and for what repeats in a time zone that is described
along. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feed.schedule.repeating import Repeat

WIDEST = 75
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}
# How many years what repeats without an end is described for.
YEARS_AHEAD = 5


class Entry(NamedTuple):
    """One item; `skipped` are its cancelled days. Whole days have `first_day` and `last_day`."""

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    summary: str
    description: str
    place: str
    address: str
    begins_at: datetime
    ends_at: datetime
    first_day: date | None
    last_day: date | None
    zone: str
    repeat: Repeat | None
    skipped: Sequence[date]
    state: str
    """confirmed | tentative | cancelled"""
    alarms: Sequence[int] = ()
    """Minutes from the beginning of each occurrence, mostly before it."""


def calendar(name: str, entries: Sequence[Entry], today: date) -> bytes:
    """A `text/calendar` object. `today` says until when repeating time zones are described."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tenfour//Schedule//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ]
    zones: dict[str, int] = {}
    for one in entries:
        if _is_local(one):
            zones[one.zone] = min(zones.get(one.zone, one.begins_at.year), one.begins_at.year)
    for zone, year in sorted(zones.items()):
        lines += described(zone, year - 1, today.year + YEARS_AHEAD)
    for one in entries:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(one: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}@tenfour"
    yield f"DTSTAMP:{_utc(one.changed_at)}"
    yield f"CREATED:{_utc(one.created_at)}"
    yield f"LAST-MODIFIED:{_utc(one.changed_at)}"
    yield f"SEQUENCE:{one.sequence}"
    yield from _when(one)
    yield f"SUMMARY:{escaped(one.summary)}"
    if one.description:
        yield f"DESCRIPTION:{escaped(one.description)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    yield f"URL:{one.address}"
    yield f"STATUS:{one.state.upper()}"
    yield f"TRANSP:{'OPAQUE' if one.first_day is None else 'TRANSPARENT'}"
    for minutes in one.alarms:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(one.summary)}"
        yield f"TRIGGER:{'-' if minutes < 0 else ''}PT{abs(minutes)}M"
        yield "END:VALARM"
    yield "END:VEVENT"


def _is_local(one: Entry) -> bool:
    """What repeats does so by the clock on the wall."""
    return one.repeat is not None and one.first_day is None


def _when(one: Entry) -> Iterator[str]:
    if one.first_day is not None and one.last_day is not None:
        yield f"DTSTART;VALUE=DATE:{_day(one.first_day)}"
        yield f"DTEND;VALUE=DATE:{_day(one.last_day + timedelta(days=1))}"
    elif _is_local(one):
        yield f"DTSTART;TZID={one.zone}:{_local(one.begins_at, one.zone)}"
        yield f"DTEND;TZID={one.zone}:{_local(one.ends_at, one.zone)}"
    else:
        yield f"DTSTART:{_utc(one.begins_at)}"
        yield f"DTEND:{_utc(one.ends_at)}"
    if one.repeat is not None:
        yield f"RRULE:{_rule(one, one.repeat)}"
    for day in one.skipped:
        if one.first_day is not None:
            yield f"EXDATE;VALUE=DATE:{_day(day)}"
        else:
            clock = one.begins_at.astimezone(ZoneInfo(one.zone)).strftime("%H%M%S")
            yield f"EXDATE;TZID={one.zone}:{_day(day)}T{clock}"


def _rule(one: Entry, repeat: Repeat) -> str:
    parts = [f"FREQ={FREQUENCIES[repeat.every]}"]
    if repeat.interval > 1:
        parts.append(f"INTERVAL={repeat.interval}")
    if repeat.days:
        parts.append(f"BYDAY={','.join(DAYS[day - 1] for day in repeat.days)}")
    if repeat.count is not None:
        parts.append(f"COUNT={repeat.count}")
    if repeat.until is not None and one.first_day is not None:
        parts.append(f"UNTIL={_day(repeat.until)}")
    elif repeat.until is not None:
        end = datetime.combine(repeat.until, time(23, 59, 59), ZoneInfo(one.zone))
        parts.append(f"UNTIL={_utc(end)}")
    return ";".join(parts)


@lru_cache(maxsize=32)
def described(zone: str, first: int, last: int) -> tuple[str, ...]:
    """VTIMEZONE with every change of the clocks from the year `first` to the year `last`."""
    place = ZoneInfo(zone)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    lines += _observance(begin.astimezone(place), begin.astimezone(place))
    for change in _changes(place, begin, datetime(last + 1, 1, 1, tzinfo=UTC)):
        before = (change - timedelta(seconds=1)).astimezone(place)
        lines += _observance(before, change.astimezone(place))
    lines.append("END:VTIMEZONE")
    return tuple(lines)


def _changes(place: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments (UTC) at which the offset becomes another one, found by halving weeks."""
    at, week = begin, timedelta(days=7)
    while at < end:
        following = at + week
        if at.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=1) // 2)
                same = middle.astimezone(place).utcoffset() == low.astimezone(place).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        at = following


def _observance(before: datetime, after: datetime) -> list[str]:
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    # The moment by the clocks as they stood before it.
    wall = (after.astimezone(UTC) + (before.utcoffset() or timedelta(0))).strftime("%Y%m%dT%H%M%S")
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{wall}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"TZNAME:{escaped(after.tzname() or '')}",
        f"END:{kind}",
    ]


def _offset(at: datetime) -> str:
    seconds = int((at.utcoffset() or timedelta(0)).total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
    return f"{text}{rest:02}" if rest else text


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y%m%dT%H%M%S")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def escaped(text: str) -> str:
    """A value of type TEXT."""
    found = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return found.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> Iterable[bytes]:
    """Pieces of at most 75 octets, none cut within a letter; all but the first begin with a blank."""
    rest, room, begin = line.encode(), WIDEST, b""
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        yield begin + rest[:cut]
        rest, room, begin = rest[cut:], WIDEST - 1, b" "
    yield begin + rest
