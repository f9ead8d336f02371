"""Who asks: the person behind a session, with what roles add up to. Loaded anew for every request; nothing is cached past it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, select

from server.db.hot import Hot, joined
from server.kit.problems import Forbidden
from server.org.models import Person
from server.permissions.models import PersonRole, RoleCapability


@dataclass(frozen=True)
class Actor:
    """`capabilities` maps `noun.verb` to the scopes in which it holds. `token_scopes`: what an access token was given (`Rule.scope`),
    None for a person at a device; its capabilities are cut down to it.

    `is_confirmed`: signed in or confirmed a short while ago. `must_enrol`: may do nothing before a second factor is set up.
    `is_due`: the session's «last seen» wants to be written. `renews`: its token wants to be another one.
    `by` is who presses when somebody acts for this person (W34), 0 otherwise.
    """

    id: int
    kind: str
    name: str
    session_id: int
    capabilities: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_confirmed: bool = False
    token_scopes: frozenset[str] | None = None
    must_enrol: bool = False
    is_due: bool = False
    renews: bool = False
    by: int = 0

    @property
    def by_token(self) -> bool:
        return self.token_scopes is not None

    def can(self, capability: str) -> bool:
        return capability in self.capabilities

    def scopes(self, capability: str) -> frozenset[str]:
        return self.capabilities.get(capability, frozenset())

    def must(self, capability: str) -> None:
        """Raises `Forbidden` unless some role gives this capability."""
        if not self.can(capability):
            raise Forbidden(f"Your roles do not include {capability}.", next_step="ask_administrator")

    def limited_to(self, scopes: frozenset[str]) -> "Actor":
        """The same person through a token that was given only these."""
        kept = {name: held for name, held in self.capabilities.items() if name in scopes}
        return replace(self, capabilities=kept, token_scopes=scopes)


# One row, whatever the roles hold: forty rows of a few letters each cost more than the rest of a request's rights.
_ROLES = Hot(
    select(Person.kind, Person.name, joined(RoleCapability.capability + "=" + RoleCapability.scope))
    .select_from(Person)
    .outerjoin(PersonRole, PersonRole.person_id == Person.id)
    .outerjoin(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
    .where(Person.id == bindparam("person"), Person.state == "active")
    .group_by(Person.id, Person.kind, Person.name)
)


def load_actor(conn: Connection, person_id: int, session_id: int = 0) -> Actor | None:
    """The active person with the sum of the roles, or None when not active."""
    rows = _ROLES.rows(conn, {"person": person_id})
    if not rows:
        return None
    kind, name, held = rows[0]
    return Actor(person_id, kind, name, session_id, _summed(held or ""))


@lru_cache(maxsize=256)
def _summed(held: str) -> Mapping[str, frozenset[str]]:
    """`noun.verb=scope,…` as capabilities. What is remembered is the reading of a text, never whose it is."""
    summed: dict[str, set[str]] = {}
    for capability, _, scope in (pair.partition("=") for pair in held.split(",") if pair):
        summed.setdefault(capability, set()).add(scope)
    return MappingProxyType({name: frozenset(found) for name, found in summed.items()})
