"""The only row → JSON of requests to join."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from server.events.envelope import Put


class JoinRequestView(msgspec.Struct, frozen=True):
    """As who may decide sees it: one of `phone` and `email` is set. `times`: how often this sign-in name asked."""

    id: int
    name: str
    phone: str
    email: str
    note: str
    state: Literal["pending", "approved", "refused"]
    times: int
    asked_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    reason: str
    person_id: int | None


def request(row: Any) -> JoinRequestView:
    return JoinRequestView(
        row.id,
        row.name,
        row.phone,
        row.email,
        row.note,
        row.state,
        row.times,
        row.asked_at,
        row.decided_by,
        row.decided_at,
        row.reason,
        row.person_id,
    )


def request_put(view: JoinRequestView) -> Put:
    return Put("join_request", view.id, view)
