"""What a client may say on the socket: commands declared by the domains, each with its rule and its typed frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from server.events.envelope import Change
from server.permissions.actor import Actor
from server.permissions.rules import Rule

if TYPE_CHECKING:
    from server.realtime.socket import Socket


@dataclass(frozen=True)
class Command:
    """`frame` is a msgspec struct with `tag_field="op"`; `run` is called on the event loop and must not block."""

    frame: type
    rule: Rule
    run: "Callable[[Socket, Any], None]"
    costs: bool = True

    @property
    def name(self) -> str:
        return str(self.frame.__struct_config__.tag)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Watch:
    """A kind of thing that can be watched while open: whose stream is `kind:id`, and who may. `now` is the state from which the watch
    goes on, told when it begins, so that nothing lies between."""

    kind: str
    rule: Rule
    may: Callable[[Connection, Actor, int], bool]
    now: Callable[[Connection, Actor, int], Sequence[Change]] = lambda conn, actor, id: ()

    @property
    def name(self) -> str:
        return f"watch {self.kind}"
