"""How each person wants to be told: per kind, and the hours in which nothing is said aloud (NOTI-09)."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, select

from notifications.decide import MINUTES_A_DAY, Quiet, Wish
from notifications.declared import NoticeKind
from notifications.models import NoticePreference
from server.kit.problems import invalid
from server.permissions.actor import Actor
from server.work.work import Work

_kinds = msgspec.json.Decoder(dict[str, Wish])


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`22:00` to `08:00`, in the company's time zone."""

    start: str
    end: str


class PreferencesView(msgspec.Struct, frozen=True):
    """`kinds` holds every kind; those in `obligations` cannot be `off`."""

    quiet_hours: QuietHours | None
    kinds: dict[str, Wish]
    obligations: list[str]


class PreferencesInput(msgspec.Struct, forbid_unknown_fields=True):
    quiet_hours: QuietHours | None
    kinds: dict[str, Wish]


class Preference(msgspec.Struct, frozen=True):
    quiet: Quiet | None = None
    kinds: dict[str, Wish] = {}

    def wish(self, kind: str) -> Wish:
        return self.kinds.get(kind, "alert")


def preferences_of(conn: Connection, people: Sequence[int]) -> Mapping[int, Preference]:
    """Of those who have chosen anything."""
    rows = conn.execute(
        select(NoticePreference.__table__).where(NoticePreference.person_id.in_(list(people)))
    )
    return {row.person_id: _preference(row.quiet_from, row.quiet_to, row.kinds) for row in rows}


def quiet_hours(conn: Connection) -> Mapping[int, Quiet]:
    """Of everybody who has chosen some."""
    chosen = select(NoticePreference.person_id, NoticePreference.quiet_from, NoticePreference.quiet_to)
    rows = conn.execute(chosen.where(NoticePreference.quiet_from.is_not(None)))
    return {row.person_id: Quiet(row.quiet_from, row.quiet_to) for row in rows}


def _preference(start: int | None, end: int | None, kinds: str) -> Preference:
    quiet = Quiet(start, end) if start is not None and end is not None else None
    return Preference(quiet, _kinds.decode(kinds))


def show(conn: Connection, actor: Actor, declared: Sequence[NoticeKind]) -> PreferencesView:
    mine = preferences_of(conn, [actor.id]).get(actor.id, Preference())
    return _view(mine, declared)


def _view(mine: Preference, declared: Sequence[NoticeKind]) -> PreferencesView:
    hours = QuietHours(_clock(mine.quiet.start), _clock(mine.quiet.end)) if mine.quiet else None
    return PreferencesView(
        hours,
        {one.kind: mine.wish(one.kind) for one in declared},
        [one.kind for one in declared if one.obligation],
    )


def choose(
    work: Work, actor: Actor, wanted: PreferencesInput, declared: Sequence[NoticeKind]
) -> PreferencesView:
    """Raises `Invalid` on `kinds.X` (unknown, or an obligation switched off) and `quiet_hours.start|end`."""
    known = {one.kind: one for one in declared}
    for kind, wish in wanted.kinds.items():
        if kind not in known:
            raise invalid(f"kinds.{kind[:40]}", "unknown", "There is no such kind of notice.")
        if wish == "off" and known[kind].obligation:
            raise invalid(f"kinds.{kind}", "obligation", "This can be made quiet, not switched off.")
    hours = wanted.quiet_hours
    quiet = Quiet(_minute(hours.start, "start"), _minute(hours.end, "end")) if hours else None
    if quiet and quiet.start == quiet.end:
        raise invalid("quiet_hours.end", "range", "The quiet hours end when they begin.")
    mine = Preference(quiet, wanted.kinds)
    work.conn.execute(delete(NoticePreference).where(NoticePreference.person_id == actor.id))
    work.conn.execute(
        insert(NoticePreference).values(
            person_id=actor.id,
            quiet_from=quiet.start if quiet else None,
            quiet_to=quiet.end if quiet else None,
            kinds=msgspec.json.encode(mine.kinds).decode(),
        )
    )
    return _view(mine, declared)


def _minute(clock: str, field: str) -> int:
    hour, colon, minute = clock.partition(":")
    if colon and len(clock) == 5 and clock.isascii() and (hour + minute).isdigit():
        at = int(hour) * 60 + int(minute)
        if int(minute) < 60 and at < MINUTES_A_DAY:
            return at
    raise invalid(f"quiet_hours.{field}", "time", "A time of the day such as 22:00.")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
