"""The words of a mail in both languages, declared beside the feature that sends it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True)
class Words:
    """`{name}` and the like are filled in; plain text."""

    subject: str
    text: str


@dataclass(frozen=True)
class Letter:
    """`kind` is kept with the mail and shown to administrators."""

    kind: str
    chinese: Words
    english: Words

    def filled(self, language: str, values: dict[str, Any]) -> Words:
        """The words in this language; what is filled in cannot break the subject's line."""
        words = self.english if language == "en" else self.chinese
        subject = " ".join(words.subject.format(**values).split())
        return Words(subject[:300], words.text.format(**values))


def shown_time(moment: datetime, time_zone: str) -> str:
    """`2026-06-01 10:00 (Asia/Shanghai)`; in UTC where the machine does not know the zone."""
    try:
        zone, name = ZoneInfo(time_zone), time_zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone, name = ZoneInfo("UTC"), "UTC"
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} ({name})"
