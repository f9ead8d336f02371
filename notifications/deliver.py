"""From what domains tell to rows and events: decided for each person, written once (NOTI-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from notifications.decide import BUNDLE, Circumstances, Wish, decide, is_quiet, quiet_until
from notifications.declared import NoticeKind, Telling
from notifications.models import Notice, NoticeMark, NoticeRecipient
from notifications.preferences import Preference, preferences_of
from notifications.present import notice, notice_put
from server.background.jobs import BY_THE_HOUSE
from server.background.reactions import Effect, Fact, Reaction
from server.cards.cards import CardView, Ref, cards_of
from server.events.envelope import Event, person_stream
from server.kit.module import every
from server.permissions.actor import load_actor
from server.work.company import Company
from server.work.work import Work

NAME = "notices"
LATER = "tell_later"
# Person streams of one event.
AT_ONCE = 500


@dataclass(frozen=True)
class Decided:
    """What is to be written: who gets it in the inbox only, who aloud too, who hears of it when their quiet hours are over."""

    kind: str
    telling: Telling
    quietly: list[int]
    aloud: list[int]
    later: Mapping[datetime, Sequence[int]]


def reaction(kinds: Sequence[NoticeKind]) -> Reaction:
    """Built where everything installed is known."""
    types = frozenset(type for one in kinds for type in one.types)
    return Reaction(NAME, BY_THE_HOUSE, types, prepare)


def prepare(conn: Connection, company: Company, facts: Sequence[Fact]) -> Effect | None:
    """Who is told of these facts, and how."""
    now = company.clock.now()
    kinds = every(company.modules, NoticeKind)
    decided = [
        _decided(conn, company, kind, telling, now)
        for fact in facts
        for kind in kinds
        if fact.type in kind.types
        for telling in kind.tell(conn, fact)
    ]
    wanted = [one for one in decided if one.quietly or one.aloud or one.later]
    if not wanted:
        return None

    def effect(work: Work) -> None:
        for one in wanted:
            deliver(work, one)

    return effect


def tell(work: Work, kind: NoticeKind, telling: Telling) -> None:
    """Within the act itself, for who knows whom to tell only then."""
    deliver(work, _decided(work.conn, work.company, kind, telling, work.now))


async def tell_later(company: Company, args: dict[str, Any]) -> None:
    """The job at the end of quiet hours. Once, whatever happens to it: its notice has a key of its own."""
    telling = msgspec.convert(args["telling"], Telling)
    kind = next((one for one in every(company.modules, NoticeKind) if one.kind == args["kind"]), None)

    def turn(work: Work) -> None:
        if kind is None:
            return
        concerned = kind.still(work.conn, telling, telling.people)
        people = [one for one in telling.people if one in concerned]
        tell(work, replace(kind, waits=False), replace(telling, people=people))

    await company.write(turn)


def _decided(
    conn: Connection, company: Company, kind: NoticeKind, telling: Telling, now: datetime
) -> Decided:
    people = list(dict.fromkeys(telling.people))
    wishes = preferences_of(conn, people)
    muted = kind.muted(conn, telling.within, people) if telling.within else set()
    alerts = _last_alerts(conn, kind.kind, telling, people, now)
    chosen: dict[Wish, list[int]] = {"alert": [], "inbox": [], "off": []}
    later: dict[datetime, list[int]] = {}
    zone = company.profile.time_zone
    for person in people:
        wish = wishes.get(person, Preference())
        quiet = not telling.urgent and is_quiet(wish.quiet, now, zone)
        found = Circumstances(
            wish.wish(kind.kind), quiet and not kind.waits, person in muted, alerts.get(person)
        )
        what = decide(found, now, obligation=kind.obligation)
        if what == "alert" and quiet and wish.quiet is not None:
            later.setdefault(quiet_until(wish.quiet, now, zone), []).append(person)
        else:
            chosen["inbox" if what == "alert" and telling.quietly else what].append(person)
    return Decided(kind.kind, telling, chosen["inbox"], chosen["alert"], later)


def _last_alerts(
    conn: Connection, kind: str, telling: Telling, people: Sequence[int], now: datetime
) -> Mapping[int, datetime]:
    """When each was last alerted of the same kind and place and has not read it, within the time that is bundled."""
    place = telling.within or telling.about
    same = (Notice.within_kind == place.kind) & (Notice.within_id == place.id)
    if telling.within is None:
        same = (Notice.about_kind == place.kind) & (Notice.about_id == place.id)
    rows = conn.execute(
        select(NoticeRecipient.person_id, func.max(Notice.created_at).label("last"))
        .join(Notice, Notice.id == NoticeRecipient.notice_id)
        .outerjoin(NoticeMark, NoticeMark.person_id == NoticeRecipient.person_id)
        .where(
            NoticeRecipient.person_id.in_(list(people)),
            NoticeRecipient.alerted,
            Notice.id > func.coalesce(NoticeMark.read_id, 0),
            Notice.kind == kind,
            Notice.created_at > now - BUNDLE,
            same,
        )
        .group_by(NoticeRecipient.person_id)
    )
    return {row.person_id: row.last for row in rows}


def deliver(work: Work, decided: Decided) -> None:
    """Writes the notice and tells open screens, the same to all: they may all see the thing. Nothing when it was told before."""
    telling = decided.telling
    for until, held in decided.later.items():
        _hold(work, decided.kind, telling, until, held)
    if not decided.quietly and not decided.aloud:
        return
    if work.conn.execute(select(Notice.id).where(Notice.key == telling.key)).first() is not None:
        return
    within = telling.within or Ref("", 0)
    row = work.conn.execute(
        insert(Notice)
        .values(
            kind=decided.kind,
            key=telling.key,
            actor_id=telling.actor_id,
            about_kind=telling.about.kind,
            about_id=telling.about.id,
            within_kind=within.kind,
            within_id=within.id,
            number=telling.number,
            created_at=work.now,
            urgent=telling.urgent,
        )
        .returning(*Notice.__table__.columns)
    ).one()
    people = [(person, False) for person in decided.quietly] + [(person, True) for person in decided.aloud]
    work.conn.execute(
        insert(NoticeRecipient),
        [{"person_id": person, "notice_id": row.id, "alerted": aloud} for person, aloud in people],
    )
    card = None if telling.each_their_own else _card(work, people[0][0], telling.about)
    for alert, group in ((False, decided.quietly), (True, decided.aloud)):
        view = notice(row, card, alert)
        for start in range(0, len(group), AT_ONCE):
            streams = [person_stream(one) for one in group[start : start + AT_ONCE]]
            work.record(Event("notice.told", streams, [notice_put(view)], actor=telling.actor_id))


def _hold(work: Work, kind: str, telling: Telling, until: datetime, people: Sequence[int]) -> None:
    """They are told when their quiet hours are over: one job for all whose end at the same time."""
    key = f"{telling.key}/{int(until.timestamp())}"
    kept = msgspec.to_builtins(replace(telling, people=list(people), key=key))
    work.enqueue(LATER, {"kind": kind, "telling": kept}, key=f"{LATER}/{key}", at=until)


def _card(work: Work, person_id: int, about: Ref) -> CardView | None:
    actor = load_actor(work.conn, person_id)
    return cards_of(work.conn, actor, work.company.modules, [about])[about] if actor else None
