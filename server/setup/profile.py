"""The company's profile: checked, changed, told to every open screen and every process."""

from dataclasses import asdict, fields, replace
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select, update

from server.api.inputs import Line
from server.events.envelope import COMPANY, EVERYONE, Event, Put
from server.kit.problems import invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.company import CompanyRow, Profile, profile_of
from server.work.work import Work

MAX_NAME = 80


class ProfileInput(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    language: Literal["zh-Hans", "en"]
    time_zone: Line
    watermark: bool | UnsetType = UNSET


def checked(name: str, language: Literal["zh-Hans", "en"], time_zone: str, field: str = "name") -> Profile:
    """Raises `Invalid` on `field` or `time_zone`."""
    return Profile(clean(name, field, limit=MAX_NAME, single_line=True), language, _zone(time_zone))


def _zone(name: str) -> str:
    """A name of the time zone database; any plausible one where the machine has no such database."""
    if 0 < len(name) <= 60 and name.isascii():
        try:
            ZoneInfo(name)
            return name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            if not available_timezones():
                return name
    raise invalid("time_zone", "choice", "There is no such time zone.")


def change(work: Work, actor: Actor, wanted: ProfileInput) -> Profile:
    """Answers the profile as it now is. What is the same already tells nobody anything."""
    named = checked(wanted.name, wanted.language, wanted.time_zone)
    work.conn.execute(select(CompanyRow.id).where(CompanyRow.id == 1).with_for_update())
    before = profile_of(work.conn)
    watermark = before.watermark if wanted.watermark is UNSET else wanted.watermark
    profile = replace(named, watermark=watermark)
    changed = [one.name for one in fields(Profile) if getattr(before, one.name) != getattr(profile, one.name)]
    if changed:
        store(work, profile, actor.id)
        work.audit("company.changed", ("company", 1), fields=changed)
    return profile


def store(work: Work, profile: Profile, by: int) -> None:
    work.conn.execute(update(CompanyRow).values(**asdict(profile)))
    work.record(Event("company.changed", [EVERYONE, COMPANY], [Put("company", 1, profile)], actor=by))
