"""Publishing, changing and deleting sales records (WORK-15 … 17): posts that move the clock of their record while they count (CUST-14).

Locks: the post, then its record; of two records the smaller first. Only a new post comes after its record: nobody else has it yet.
"""

from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET
from sqlalchemy import delete, insert, select, update

from crm_objects.engine import counting, events, history, merged
from crm_objects.engine.changing import must_not_be_voided
from crm_objects.engine.models import RecordFollowup
from crm_objects.engine.reading import Desk, Found, desk_of, must_find
from crm_objects.engine.record_type import RecordType, kinds_of
from crm_objects.sales_record.inputs import SalesRecordChange, SalesRecordInput
from crm_objects.sales_record.present import SalesRecordOf, SalesRecordView
from feed import audience, details
from feed.inputs import AudienceInput, NewPost
from feed.kinds import Begun, Changed
from feed.models import Post
from server.cards.carrying import MOST_CARDS
from server.cards.inputs import RefInput
from server.db.base import table
from server.files.present import from_stored
from server.kit.problems import NotFound, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.rules import Rule
from server.work.work import Work

KIND = "sales_record"
MAY_RECORD = Rule(
    "post.record_sales",
    "Whoever reads the record; in person. The clock moves for its owner and writing team alone.",
    capability="records.read",
)
_FOLLOWUPS = table(RecordFollowup)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The record, locked. `version` is its own from now on, None where the author has no hand in it and it stays as it was."""

    desk: Desk
    one: Found
    sort: str
    version: int | None


def prepare(work: Work, actor: Actor, new: NewPost, fields: SalesRecordInput) -> tuple[NewPost, _Prepared]:
    """The card of its record goes along, in the version that this follow-up makes; of the owner and the writing team it is seen by
    their manager too (M49). Raises `Invalid` on `details.record`, `WrongState` when it is in the recycle bin."""
    desk, one = _found(work, actor, fields.record)
    cards = [card for card in new.cards if (card.kind, card.id) != (fields.record.kind, fields.record.id)]
    if len(cards) >= MOST_CARDS:
        raise invalid(
            "cards", "too_many", f"At most {MOST_CARDS} cards with the record's own.", limit=MOST_CARDS
        )
    version = counting.move(work, desk.kind, one.id) if one.rights.hands else None
    to = _with_manager(work, actor, new.audience) if one.rights.hands else new.audience
    new = msgspec.structs.replace(new, cards=[fields.record, *cards], audience=to)
    return new, _Prepared(desk, one, fields.sort, version)


def begin(work: Work, actor: Actor, begun: Begun, prepared: _Prepared) -> SalesRecordView:
    """The follow-up, and what it does to the record."""
    desk, record_id = prepared.desk, prepared.one.id
    post = _post(work, begun.post_id)
    counts = prepared.one.rights.hands and _says_something(work, post)
    work.conn.execute(
        insert(_FOLLOWUPS).values(
            kind=desk.kind.kind,
            record_id=record_id,
            at=work.now,
            actor_id=actor.id,
            by_id=None,
            sort=prepared.sort,
            text="",
            counts=counts,
            post_id=begun.post_id,
        )
    )
    if counts:
        counting.wind(work, desk.kind, record_id)
    if prepared.version is not None:
        _tell(work, actor, desk.kind, record_id, prepared.version, counts)
    return _shape(desk.kind.kind, record_id, prepared.sort)


def differs(work: Work, post_id: int, fields: SalesRecordChange) -> bool:
    row = _followup(work, post_id)
    return row is not None and _wanted(work, row, fields) != (row.kind, row.record_id, row.sort)


def change(work: Work, actor: Actor, changed: Changed) -> None:
    """With every new version it is decided anew whether it counts. Raises `Invalid` on `cards` where the record's own is missing, on
    `details.record` for one that the author may not read, on `audience` where it counts and leaves out the author's manager, `WrongState`
    for one in the recycle bin."""
    row = _held(work, changed.post_id, changed.fields)
    if row is None:
        return  # its record was deleted for good
    kind, record_id, sort = _wanted(work, row, changed.fields)
    if all(_as_it_is(work, card.kind, card.id) != (kind, record_id) for card in changed.cards):
        raise invalid("cards", "needed", "The card of its record goes along.")
    if (row.counts and changed.lost) and (manager := _manager(work, actor.id)) in changed.lost:
        raise invalid("audience", "manager", "The author's manager goes on seeing it.", ids=[manager])
    is_other = (kind, record_id) != (row.kind, row.record_id)
    has_hand = _has_hand(work, actor, kind, record_id, is_new=is_other) or (row.counts and not is_other)
    counts = has_hand and _says_something(work, _post(work, changed.post_id))
    if (kind, record_id, sort, counts) == (row.kind, row.record_id, row.sort, row.counts):
        return
    work.conn.execute(
        update(_FOLLOWUPS)
        .where(_FOLLOWUPS.c.id == row.id)
        .values(kind=kind, record_id=record_id, sort=sort, counts=counts)
    )
    details.keep(work, changed.post_id, _shape(kind, record_id, sort))
    if row.counts and (is_other or not counts):
        _wind(work, actor, row.kind, row.record_id, ended=True)
    if counts:
        _wind(work, actor, kind, record_id, began=is_other or not row.counts)


def close(work: Work, post_id: int, hearing: Any) -> None:
    """The post is deleted: the record's clock goes back to what counts without it."""
    row = _held(work, post_id)
    if row is None:
        return
    work.conn.execute(delete(_FOLLOWUPS).where(_FOLLOWUPS.c.id == row.id))
    if row.counts:
        who = work.trace.behalf_id or work.trace.actor_id or row.actor_id
        _wind(work, Actor(who, "employee", "", 0), row.kind, row.record_id, ended=True)


def _found(work: Work, actor: Actor, ref: RefInput) -> tuple[Desk, Found]:
    kinds = kinds_of(work.company.modules)
    if ref.kind not in kinds or not kinds[ref.kind].followed_up:
        raise invalid("details.record.kind", "choice", "No sales records are written of this kind.")
    desk = desk_of(work.conn, actor, kinds, kinds[ref.kind])
    try:
        one = must_find(desk, ref.id, lock=True)
    except NotFound as error:
        raise invalid("details.record", "not_found", "This is not there, or not yours to see.") from error
    must_not_be_voided(one)
    return desk, one


def _manager(work: Work, person_id: int) -> int | None:
    """Who leads this person, as long as they are here."""
    above = select(Person.manager_id).where(Person.id == person_id).scalar_subquery()
    return work.conn.execute(select(Person.id).where(Person.id == above, Person.state != "left")).scalar()


def _with_manager(work: Work, actor: Actor, to: AudienceInput) -> AudienceInput:
    """Where somebody is named, and they are not among them."""
    manager = _manager(work, actor.id)
    if manager is None or not (to.everyone or to.departments or to.people):
        return to
    inside = audience.people_in(to.everyone, to.departments, to.people)
    if work.conn.execute(select(Person.id).where(Person.id == manager, inside)).first():
        return to
    return msgspec.structs.replace(to, people=[*to.people, manager])


def _has_hand(work: Work, actor: Actor, kind: str, record_id: int, *, is_new: bool) -> bool:
    if is_new:
        return _found(work, actor, RefInput(kind, record_id))[1].rights.hands
    kinds = kinds_of(work.company.modules)
    try:
        return must_find(desk_of(work.conn, actor, kinds, kinds[kind]), record_id).rights.hands
    except NotFound:
        return False


def _lock(work: Work, records: set[tuple[str, int]]) -> None:
    kinds = kinds_of(work.company.modules)
    for kind, record_id in sorted(records):
        if kind in kinds:
            t = kinds[kind].table
            work.conn.execute(select(t.c.id).where(t.c.id == record_id).with_for_update())


def _wind(
    work: Work, actor: Actor, kind: str, record_id: int, *, began: bool = False, ended: bool = False
) -> None:
    of = kinds_of(work.company.modules)[kind]
    version = counting.move(work, of, record_id)
    if version is None:
        return
    if ended:
        history.write(work, actor, of, record_id, "followup_ended")
        events.tell(work, of, record_id, version, actor.id)
    else:
        _tell(work, actor, of, record_id, version, began)


def _tell(work: Work, actor: Actor, kind: RecordType, record_id: int, version: int, counts: bool) -> None:
    if counts:
        history.write(work, actor, kind, record_id, "followed_up")
    events.tell(work, kind, record_id, version, actor.id)


def _followup(work: Work, post_id: int) -> Any:
    """Behind its post's lock nobody else changes it."""
    return work.conn.execute(select(_FOLLOWUPS).where(_FOLLOWUPS.c.post_id == post_id)).first()


def _held(work: Work, post_id: int, fields: SalesRecordChange | None = None) -> Any:
    """With its record locked, and the one that it is to have: a merge may move it to another while one waits."""
    while (row := _followup(work, post_id)) is not None:
        _lock(work, {(row.kind, row.record_id), _wanted(work, row, fields)[:2]})
        now = _followup(work, post_id)
        if now is None or now.record_id == row.record_id:
            return now
    return None


def _as_it_is(work: Work, kind: str, record_id: int) -> tuple[str, int]:
    """Posts go on naming what was merged into another."""
    kinds = kinds_of(work.company.modules)
    return kind, merged.survivor(work.conn, kinds[kind], record_id) if kind in kinds else record_id


def _wanted(work: Work, row: Any, fields: SalesRecordChange | None) -> tuple[str, int, str]:
    if fields is None:
        return row.kind, row.record_id, row.sort
    kind, record_id = (
        (row.kind, row.record_id)
        if fields.record is UNSET
        else _as_it_is(work, fields.record.kind, fields.record.id)
    )
    return kind, record_id, row.sort if fields.sort is UNSET else fields.sort


def _post(work: Work, post_id: int) -> Any:
    return work.conn.execute(select(Post.text, Post.files).where(Post.id == post_id)).one()


def _says_something(work: Work, post: Any) -> bool:
    return counting.says_something(work.conn, post.text, from_stored(post.files))


def _shape(kind: str, record_id: int, sort: Any) -> SalesRecordView:
    return SalesRecordView(SalesRecordOf(kind, record_id), sort)
