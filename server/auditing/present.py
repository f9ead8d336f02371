"""The only row → JSON of audit entries."""

from datetime import datetime
from typing import Any

import msgspec


class AuditObject(msgspec.Struct, frozen=True):
    kind: str
    id: int


class AuditView(msgspec.Struct, frozen=True):
    """`act` is noun.verb_in_the_past; `behalf_id` for whom somebody acted; `sealed` its number in the chain, once it has one."""

    id: int
    at: datetime
    act: str
    actor_id: int | None
    behalf_id: int | None
    object: AuditObject
    reason: str
    details: dict[str, Any]
    address: str
    device: str
    seq: int | None
    sealed: int | None


class SealView(msgspec.Struct, frozen=True):
    """The newest link of the chain. Keep a copy elsewhere: `tenfour admin verify-audit --expect NUMBER:HASH` compares it."""

    number: int
    hash: str


class AuditPage(msgspec.Struct):
    """Newest first. `acts`: every kind of act in the log, for the filter (first page only)."""

    items: list[AuditView]
    next: str | None
    seal: SealView
    acts: list[str] = []
