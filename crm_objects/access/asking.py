"""Asking for a record whose card is closed to me, and the answer of who leads it (N1): one question, one outcome."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from crm_objects.access import todos
from crm_objects.access.deciders import decider_of
from crm_objects.access.events import access_changed, answered, asked
from crm_objects.access.models import AccessRequest
from crm_objects.access.notices import ANSWERED, ASKED
from crm_objects.access.present import AccessAsked, AccessDecided, State
from crm_objects.access.sharing import give
from crm_objects.engine import merged, team
from crm_objects.engine.changing import must_not_be_locked, must_not_be_voided
from crm_objects.engine.policies import WRITE
from crm_objects.engine.reading import Desk, desk_of, must_find, readable_among
from crm_objects.engine.record_type import Kinds, RecordType
from notifications import deliver
from notifications.declared import Telling
from server.cards.cards import CardView, Ref
from server.db.base import table
from server.kit.problems import Forbidden, NotFound, TooSoon, WrongState
from server.kit.text import clean
from server.links.finding import is_carried_to
from server.permissions.actor import load_actor
from server.work.work import Work

REQUESTS = table(AccessRequest)
MAX_REASON = 200
AGAIN = timedelta(days=1)
DAYS = {"day": 1, "month": 30}


def ask(work: Work, desk: Desk, record_id: int) -> AccessAsked:
    """Twice is one question. Raises `NotFound` for what I was shown nowhere, `WrongState` with `reason` can_read | voided | nobody_to_ask,
    `TooSoon` within a day after a refusal."""
    t, me = desk.kind.table, desk.actor.id
    record_id = merged.survivor(work.conn, desk.kind, record_id)
    row = work.conn.execute(
        select(t.c.id, t.c.voided_at, t.c.merged_into).where(t.c.id == record_id).with_for_update()
    ).first()
    shown = is_carried_to(work.conn, desk.actor, work.company.modules, Ref(desk.kind.kind, record_id))
    if row is None or row.merged_into is not None or not shown:
        raise NotFound()
    if readable_among(work.conn, desk.actor, desk.kinds, desk.kind, [record_id]):
        raise WrongState("You may read this already.", reason="can_read")
    last = newest(work.conn, me, desk.kind, [record_id]).get(record_id)
    if last is not None and last.state == "open":
        return _asked(last)
    if last is not None and last.state == "refused" and last.decided_at + AGAIN > work.now:
        raise TooSoon("This was refused a short while ago.", until=last.decided_at + AGAIN)
    if row.voided_at is not None:
        raise WrongState("This is in the recycle bin.", reason="voided")
    decider = decider_of(work.conn, desk.kinds, desk.kind, record_id, work.company.today())
    if decider is None:
        raise WrongState("Nobody leads this now.", reason="nobody_to_ask", next_step="ask_administrator")
    made = work.conn.execute(
        insert(REQUESTS)
        .values(
            kind=desk.kind.kind,
            record_id=record_id,
            person_id=me,
            asked_at=work.now,
            decider_id=decider,
            state="open",
        )
        .returning(REQUESTS)
    ).one()
    _put_before(work, desk.kinds, made, decider)
    return _asked(made)


def shown_to_asker(conn: Connection, person_id: int, kind: RecordType, ids: Sequence[int]) -> list[CardView]:
    """What the stubs of these say to who asked: that it waits, or that it was refused and why."""
    return [
        CardView(
            kind.kind,
            record_id,
            True,
            state="asked" if row.state == "open" else "refused",
            shown={"reason": row.reason} if row.reason else {},
        )
        for record_id, row in newest(conn, person_id, kind, ids).items()
        if row.state in ("open", "refused")
    ]


def newest(conn: Connection, person_id: int, kind: RecordType, ids: Sequence[int]) -> Mapping[int, Any]:
    """Somebody's last question about each of these records."""
    rows = conn.execute(
        select(REQUESTS)
        .where(
            REQUESTS.c.person_id == person_id,
            REQUESTS.c.kind == kind.kind,
            REQUESTS.c.record_id.in_(list(ids)),
        )
        .order_by(REQUESTS.c.id)
    )
    return {row.record_id: row for row in rows}


def decide(work: Work, kinds: Kinds, desk: Desk, row: Any, choice: str, reason: str) -> AccessDecided:
    """The first answer counts; the same again is the same. Raises `NotFound`, `Forbidden`, `Invalid` on `reason`, `WrongState` with
    `reason` decided | voided | asker_left | asker_can_read | team_full."""
    one = must_find(desk, row.record_id, lock=True)
    if not one.rights.may(WRITE):
        raise Forbidden("The owner and who is over them decide this.", next_step="ask_owner")
    said = clean(reason, "reason", limit=MAX_REASON, single_line=True, required=choice == "refused")
    now = work.conn.execute(select(REQUESTS).where(REQUESTS.c.id == row.id).with_for_update()).one()
    if now.state != "open":
        if (now.outcome, now.decided_by) == (choice, desk.actor.id):
            return AccessDecided(now.id, now.state, now.outcome)
        raise WrongState(
            "This was answered already.", reason="decided", outcome=now.outcome, by=now.decided_by
        )
    must_not_be_voided(one)
    if choice == "team":
        must_not_be_locked(desk, one)
    asker = load_actor(work.conn, now.person_id)
    if asker is None:
        raise WrongState("Who asked works here no longer.", reason="asker_left")
    # Let in while this waited for the record: what they have by now is not written over (`route` closes the question).
    if readable_among(work.conn, asker, kinds, desk.kind, [row.record_id]):
        raise WrongState("Who asked may read this already.", reason="asker_can_read")
    state: State = "refused" if choice == "refused" else "granted"
    work.conn.execute(
        update(REQUESTS)
        .where(REQUESTS.c.id == now.id, REQUESTS.c.state == "open")
        .values(
            state=state,
            outcome=choice,
            reason=said if state == "refused" else "",
            decided_at=work.now,
            decided_by=desk.actor.id,
        )
    )
    if choice == "refused":
        work.audit(
            "record.access_refused", (desk.kind.kind, row.record_id), reason=said, person=now.person_id
        )
    elif choice == "team":
        team.put(work, desk, row.record_id, now.person_id, "member", "read")
    else:
        give(work, desk, row.record_id, [now.person_id], work.now + timedelta(days=DAYS[choice]))
    work.record(answered(now.id, now.decider_id, desk.actor.id))
    access_changed(work, desk.kind, row.record_id, [now.person_id])
    about = Ref(desk.kind.kind, row.record_id)
    deliver.tell(work, ANSWERED, Telling([now.person_id], about, desk.actor.id, f"access/{now.id}/answered"))
    return AccessDecided(now.id, state, choice)


def request_of(conn: Connection, request_id: int) -> Any:
    """Raises `NotFound`."""
    row = conn.execute(select(REQUESTS).where(REQUESTS.c.id == request_id)).first()
    if row is None:
        raise NotFound()
    return row


def route(work: Work, kinds: Kinds, row: Any) -> None:
    """An open question after something changed under it: it goes to who leads the record now, or waits for nobody any more."""
    kind = kinds[row.kind]
    t = kind.table
    record = work.conn.execute(select(t.c.voided_at, t.c.merged_into).where(t.c.id == row.record_id)).first()
    asker = load_actor(work.conn, row.person_id)
    if record is None or record.voided_at is not None:
        return close(work, kinds, row, "deleted" if record is None else "voided")
    if record.merged_into is not None:
        # They asked for the survivor as well, and that question goes on.
        return close(work, kinds, row, "merged")
    if asker is None:
        return close(work, kinds, row, "left")
    if readable_among(work.conn, asker, kinds, kind, [row.record_id]):
        return close(work, kinds, row, "can_read")
    decider = decider_of(work.conn, kinds, kind, row.record_id, work.company.today())
    if decider is not None and decider != row.decider_id:
        moved = update(REQUESTS).where(REQUESTS.c.id == row.id, REQUESTS.c.state == "open")
        if work.conn.execute(moved.values(decider_id=decider)).rowcount:
            work.record(answered(row.id, row.decider_id))
            _put_before(work, kinds, row, decider)
    return None


def close(work: Work, kinds: Kinds, row: Any, outcome: str) -> None:
    """Nobody has to answer it any more."""
    ended = (
        update(REQUESTS)
        .where(REQUESTS.c.id == row.id, REQUESTS.c.state == "open")
        .values(state="withdrawn", outcome=outcome, decided_at=work.now)
    )
    if work.conn.execute(ended).rowcount:
        work.record(answered(row.id, row.decider_id))
        access_changed(work, kinds[row.kind], row.record_id, [row.person_id])


def _put_before(work: Work, kinds: Kinds, row: Any, decider: int) -> None:
    """The to-do with the buttons, and a notice."""
    actor = load_actor(work.conn, decider)
    assert actor is not None  # `decider_of` looked
    desk = desk_of(work.conn, actor, kinds, kinds[row.kind])
    (todo,) = todos.views(desk, [row])
    work.record(asked(todo, decider, row.person_id))
    about = Ref(row.kind, row.record_id)
    deliver.tell(work, ASKED, Telling([decider], about, row.person_id, f"access/{row.id}/asked/{decider}"))


def _asked(row: Any) -> AccessAsked:
    return AccessAsked(row.id, row.state, row.asked_at, row.reason)
