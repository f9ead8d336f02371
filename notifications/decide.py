"""Whether a person is told, and whether aloud. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Wish = Literal["alert", "inbox", "off"]
BUNDLE = timedelta(minutes=10)
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Quiet:
    """From minute to minute of the day; over midnight when `start` is the later one."""

    start: int
    end: int


def is_quiet(quiet: Quiet | None, now: datetime, zone: str) -> bool:
    """Whether `now` lies in the quiet hours of somebody in that time zone. The last minute is no longer quiet."""
    if quiet is None or quiet.start == quiet.end:
        return False
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    if quiet.start < quiet.end:
        return quiet.start <= minute < quiet.end
    return minute >= quiet.start or minute < quiet.end


def quiet_until(quiet: Quiet, now: datetime, zone: str) -> datetime:
    """When the quiet hours in which `now` lies are over."""
    local = now.astimezone(ZoneInfo(zone))
    end = local.replace(hour=quiet.end // 60, minute=quiet.end % 60, second=0, microsecond=0, fold=0)
    if end <= local:
        end += timedelta(days=1)
    return end.astimezone(UTC)


@dataclass(frozen=True)
class Circumstances:
    """What is known of one person at this moment. `last_alert` is the newest alert of the same kind and place that is unread."""

    wish: Wish
    quiet: bool
    muted: bool
    last_alert: datetime | None


def decide(circumstances: Circumstances, now: datetime, *, obligation: bool) -> Wish:
    """`alert`: inbox and aloud, `inbox`: laid there, `off`: not told.

    An obligation reaches the inbox whatever is wished (NOTI-09). What was said aloud a short while ago about the same place and was
    not read yet is not said aloud again: it is bundled.
    """
    wish = circumstances.wish
    if wish == "off":
        return "inbox" if obligation else "off"
    bundled = circumstances.last_alert is not None and now - circumstances.last_alert < BUNDLE
    if wish == "inbox" or circumstances.quiet or circumstances.muted or bundled:
        return "inbox"
    return "alert"
