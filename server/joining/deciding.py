"""Deciding who joins: the list of requests, letting in, refusing."""

from datetime import timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select, update

from server.api.inputs import Line
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Put
from server.joining import events
from server.joining.letters import APPROVED, REFUSED
from server.joining.models import JoinRequest
from server.joining.present import JoinRequestView, request, request_put
from server.kit.clock import real_now
from server.kit.problems import Invalid, NotFound, WrongState
from server.kit.text import clean
from server.mail import outbox
from server.mail.letters import Letter
from server.mail.outbox import Recipient
from server.people.newcomers import Names, Place, add, drawn, with_password
from server.permissions.actor import Actor
from server.permissions.holders import holders
from server.work.work import Work

MAX_REASON = 300
SHOWN_AT_FIRST = 100
MAIL_WITHIN = timedelta(days=7)


class Decision(msgspec.Struct, forbid_unknown_fields=True):
    """Letting in says where the person sits, refusing why; the asker reads the reason."""

    decision: Literal["approve", "refuse"]
    place: Place = msgspec.field(default_factory=Place)
    reason: Line = ""


def page(
    conn: Connection, state: str | None, limit: int | None, cursor: str
) -> tuple[list[JoinRequestView], str | None]:
    """Newest first."""
    size = page_size(limit)
    query = select(JoinRequest.__table__).where(JoinRequest.state != "aside")
    if state is not None:
        query = query.where(JoinRequest.state == state)
    before = decode_cursor(cursor, int)
    if before is not None:
        query = query.where(JoinRequest.id < before[0])
    rows = conn.execute(query.order_by(JoinRequest.id.desc()).limit(size + 1)).all()
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    return [request(row) for row in rows[:size]], following


def waiting_puts(conn: Connection) -> list[Put]:
    return [request_put(view) for view in page(conn, "pending", SHOWN_AT_FIRST, "")[0]]


def decide(work: Work, actor: Actor, request_id: int, wanted: Decision) -> JoinRequestView:
    """Of two who decide at once, one: the other gets `WrongState`. Raises `NotFound`, or `Invalid` (the request goes on waiting)."""
    reason = ""
    if wanted.decision == "refuse":
        reason = clean(wanted.reason, "reason", limit=MAX_REASON, single_line=True)
    now = work.now
    won = work.conn.execute(
        update(JoinRequest)
        .where(JoinRequest.id == request_id, JoinRequest.state == "pending")
        .values(
            state="approved" if wanted.decision == "approve" else "refused",
            decided_by=actor.id,
            decided_at=now,
            reason=reason,
        )
        .returning(JoinRequest.password_hash)
    ).first()
    row = work.conn.execute(
        select(JoinRequest.__table__).where(JoinRequest.id == request_id, JoinRequest.state != "aside")
    ).first()
    if row is None:
        raise NotFound()
    if won is None:
        raise WrongState("Somebody decided this already.", reason=f"join_{row.state}", by=row.decided_by)
    person_id = None
    if wanted.decision == "approve":
        person_id = _let_in(work, actor, row, wanted.place)
    work.conn.execute(
        update(JoinRequest)
        .where(JoinRequest.id == request_id)
        .values(password_hash=None, person_id=person_id)
    )
    row = work.conn.execute(select(JoinRequest.__table__).where(JoinRequest.id == request_id)).one()
    view = request(row)
    work.record(events.decided(view, holders(work.conn, "people.admit")))
    if person_id is not None:
        work.audit("join_request.approved", ("join_request", request_id), person=person_id)
    else:
        work.audit("join_request.refused", ("join_request", request_id))
    _mail(work, APPROVED if person_id is not None else REFUSED, row)
    return view


def _let_in(work: Work, actor: Actor, row: Any, place: Place) -> int:
    """With the password that the asker chose."""
    names = Names(row.name, phone=row.phone, email=row.email)
    person = with_password(drawn(names, place), row.password_hash or "", row.language)
    try:
        return add(work, actor.id, person)
    except Invalid as refusal:
        if any(error.code == "sign_in_name_taken" for error in refusal.errors):
            raise WrongState(
                "Somebody signs in with this already.", reason="sign_in_name_taken", next_step="refuse"
            ) from None
        raise


def _mail(work: Work, letter: Letter, row: Any) -> None:
    to = Recipient(row.name, row.email, row.language, row.person_id)
    base = work.company.settings.public_url
    outbox.put(work, letter, to, real_now() + MAIL_WITHIN, link=base, reason=row.reason)
