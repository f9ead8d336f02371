"""Marking messages read, set-based (lane A)."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from chat.events import conversation_read
from chat.membership import PLACES
from chat.messages import OWN_READ
from chat.models import Membership
from chat.present import MembershipView, membership
from server.kit.problems import NotFound, Problem, invalid
from server.work.work import Work


@dataclass(frozen=True, slots=True)
class MarkRead:
    person_id: int
    conversation_id: int
    number: int


def read_many(work: Work, marks: Sequence[MarkRead]) -> list[MembershipView | Problem]:
    """Moves read marks forward, never back; the reader's other devices hear it. Refuses a number that is not there yet."""
    ids = sorted({mark.conversation_id for mark in marks})
    rows = work.conn.execute(
        PLACES.where(
            Membership.conversation_id.in_(ids), Membership.person_id.in_({mark.person_id for mark in marks})
        )
        .order_by(Membership.conversation_id, Membership.person_id)
        .with_for_update(of=Membership)
    )
    places = {(row.conversation_id, row.person_id): row for row in rows}
    outcomes: list[MembershipView | Problem] = []
    moved: dict[tuple[int, int], MembershipView] = {}
    for mark in marks:
        key = (mark.conversation_id, mark.person_id)
        row = places.get(key)
        if row is None:
            outcomes.append(NotFound())
            continue
        newest = row.last_number if row.to_number is None else row.to_number
        if mark.number > newest:
            outcomes.append(invalid("number", "range", f"The newest message is {newest}.", maximum=newest))
            continue
        view = moved.get(key) or membership(row)
        if mark.number > view.read_number:
            view = moved[key] = msgspec.structs.replace(view, read_number=mark.number)
        outcomes.append(view)
    if moved:
        OWN_READ.many(
            work.conn,
            [
                {"m_conversation": c, "m_person": p, "m_number": view.read_number}
                for (c, p), view in moved.items()
            ],
        )
    for (_, person_id), view in moved.items():
        work.record(conversation_read(person_id, view))
    return outcomes
