"""A client's first state: every domain's part, read in one snapshot with the head to go on from."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from server.api.first_state import BootstrapPart
from server.events import log
from server.events.envelope import Change
from server.kit.module import every
from server.permissions.actor import Actor
from server.work.company import Company


class Bootstrap(msgspec.Struct):
    """`me`, `posts`, `conversations`, `todos` and `notices` come from the domains (docs/wire.md)."""

    cursor: str
    seq: int
    changes: list[Change]
    me: Any = None
    posts: Any = None
    conversations: Any = None
    todos: Any = None
    notices: Any = None


def first_state(conn: Connection, company: Company, actor: Actor, epoch: str) -> Bootstrap:
    """Everything in `changes` is a put or drop as of `seq`; replaying what follows is harmless, because puts are whole."""
    fields: dict[str, Any] = {}
    changes: list[Change] = []
    for part in every(company.modules, BootstrapPart):
        found = part.run(conn, actor, company)
        changes += found.pop("changes", [])
        fields.update(found)
    seq = log.head(conn)
    return Bootstrap(f"{epoch}-{seq}", seq, changes, **fields)
