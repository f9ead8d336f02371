"""Who asks: the person behind a session, with what roles add up to. Loaded anew for every request; nothing is cached past it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, bindparam, select

from server.db.hot import Hot
from server.kit.problems import Forbidden
from server.org.models import Person
from server.permissions.models import PersonRole, RoleCapability


@dataclass(frozen=True)
class Actor:
    """`capabilities` maps `noun.verb` to the scopes in which it holds; an access token (`by_token`) has at most its own.

    `is_confirmed`: signed in or confirmed a short while ago. `must_enrol`: may do nothing before a second factor is set up.
    `is_due`: the session's «last seen» wants to be written.
    """

    id: int
    kind: str
    name: str
    session_id: int
    capabilities: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_confirmed: bool = False
    by_token: bool = False
    must_enrol: bool = False
    is_due: bool = False

    def can(self, capability: str) -> bool:
        return capability in self.capabilities

    def scopes(self, capability: str) -> frozenset[str]:
        return self.capabilities.get(capability, frozenset())

    def must(self, capability: str) -> None:
        """Raises `Forbidden` unless some role gives this capability."""
        if not self.can(capability):
            raise Forbidden(f"Your roles do not include {capability}.", next_step="ask_administrator")

    def limited_to(self, capabilities: Collection[str]) -> "Actor":
        """The same person through a token that holds only these."""
        kept = {name: scopes for name, scopes in self.capabilities.items() if name in capabilities}
        return replace(self, capabilities=kept, by_token=True)


_ROLES = Hot(
    select(Person.kind, Person.name, RoleCapability.capability, RoleCapability.scope)
    .select_from(Person)
    .outerjoin(PersonRole, PersonRole.person_id == Person.id)
    .outerjoin(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
    .where(Person.id == bindparam("person"), Person.state == "active")
)


def load_actor(conn: Connection, person_id: int, session_id: int = 0) -> Actor | None:
    """The active person with the sum of the roles, or None when not active."""
    rows = _ROLES.rows(conn, {"person": person_id})
    if not rows:
        return None
    summed: dict[str, set[str]] = {}
    for _, _, capability, scope in rows:
        if capability is not None:
            summed.setdefault(capability, set()).add(scope)
    return Actor(
        person_id,
        rows[0][0],
        rows[0][1],
        session_id,
        {name: frozenset(found) for name, found in summed.items()},
    )
