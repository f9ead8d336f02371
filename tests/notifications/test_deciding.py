"""Whether somebody is told aloud: the wish, the night, the muted place, what was said a moment ago."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.decide import Circumstances, Quiet, Wish, decide, is_quiet

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
PLAIN = Circumstances("alert", False, False, None)
JUST_NOW, LONG_AGO = NOW - timedelta(minutes=9, seconds=59), NOW - timedelta(minutes=10)


@pytest.mark.parametrize(
    ("found", "obligation", "decided"),
    [
        (PLAIN, False, "alert"),
        (Circumstances("inbox", False, False, None), False, "inbox"),
        (Circumstances("off", False, False, None), False, "off"),
        (Circumstances("off", False, False, None), True, "inbox"),
        (Circumstances("alert", True, False, None), False, "inbox"),
        (Circumstances("alert", False, True, None), False, "inbox"),
        (Circumstances("alert", False, False, JUST_NOW), False, "inbox"),
        (Circumstances("alert", False, False, LONG_AGO), False, "alert"),
        (Circumstances("off", True, True, JUST_NOW), True, "inbox"),
    ],
)
def test_a_person_is_told_as_wished_and_never_aloud_at_night(
    found: Circumstances, obligation: bool, decided: Wish
) -> None:
    assert decide(found, NOW, obligation=obligation) == decided


@pytest.mark.parametrize(
    ("start", "end", "local", "quiet"),
    [
        ("22:00", "08:00", "21:59", False),
        ("22:00", "08:00", "22:00", True),
        ("22:00", "08:00", "03:00", True),
        ("22:00", "08:00", "07:59", True),
        ("22:00", "08:00", "08:00", False),
        ("12:00", "14:00", "13:00", True),
        ("12:00", "14:00", "14:00", False),
        ("12:00", "12:00", "12:00", False),
    ],
)
def test_quiet_hours_are_those_of_the_companys_clock(start: str, end: str, local: str, quiet: bool) -> None:
    def minute(clock: str) -> int:
        return int(clock[:2]) * 60 + int(clock[3:])

    now = datetime(2026, 6, 1, int(local[:2]), int(local[3:]), tzinfo=UTC) - timedelta(hours=8)
    assert is_quiet(Quiet(minute(start), minute(end)), now, "Asia/Shanghai") is quiet
    assert is_quiet(None, now, "Asia/Shanghai") is False
