"""Acting for another (W34): whether this deputy may do this kind of act as that principal, today.

A request says for whom it acts in the header `Tenfour-Acting-For`; a `Rule` says under which kind of act a deputy may call it. The
deputy gets what both the principal's roles and the delegation allow. There are no chains: the deputy is always the one who signed in.
"""

from dataclasses import replace
from datetime import date
from typing import Literal, get_args

from sqlalchemy import Connection, or_, select

from server.kit.problems import Forbidden
from server.org.models import Delegation
from server.permissions.actor import Actor, load_actor

HEADER = "tenfour-acting-for"
Kind = Literal["post", "todos", "receipts"]
KINDS: tuple[str, ...] = get_args(Kind)


def must_delegate(
    conn: Connection, principal_id: int, deputy_id: int, kind: str, today: date, *, locked: bool = True
) -> None:
    """Raises `Forbidden` unless a delegation of this kind holds today. `locked`, within a writing turn, it goes on holding until
    COMMIT: whoever ends it waits, or was first. A snapshot cannot lock."""
    query = select(Delegation.kinds).where(
        Delegation.principal_id == principal_id,
        Delegation.deputy_id == deputy_id,
        Delegation.ended_at.is_(None),
        Delegation.from_day <= today,
        or_(Delegation.to_day.is_(None), Delegation.to_day >= today),
    )
    rows = conn.execute(query.with_for_update(read=True) if locked else query).scalars()
    if not any(kind in row.split() for row in rows):
        raise Forbidden("You do not act for this person in this.", reason="no_delegation")


def as_principal(conn: Connection, deputy: Actor, principal_text: str, kind: str, today: date) -> Actor:
    """The principal as actor, with `by` telling who presses. Raises `Forbidden`, the same for whatever is wrong with the header."""
    text = principal_text.strip()
    principal_id = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    if not kind or deputy.by_token:
        raise Forbidden("This cannot be done for somebody else.", reason="not_for_deputies")
    must_delegate(conn, principal_id, deputy.id, kind, today, locked=False)
    principal = load_actor(conn, principal_id, deputy.session_id)
    if principal is None:
        raise Forbidden("You do not act for this person in this.", reason="no_delegation")
    return replace(principal, by=deputy.id, is_due=deputy.is_due, renews=deputy.renews)
