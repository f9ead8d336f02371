"""«What may this person do, and why», and «may X do Y to Z?»: answered with the very conditions that decide."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from server.kit.problems import NotFound, invalid
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.capabilities import SCOPES, Capability
from server.permissions.models import PersonRole, Role, RoleCapability
from server.permissions.scopes import people_within
from server.roles.inputs import Question
from server.roles.policies import gives_to
from server.roles.present import Allowed, Grant, HeldRole, PermissionsView, Verdict


def permissions_of(
    conn: Connection, actor: Actor, person_id: int, declared: Iterable[Capability], question: Question
) -> PermissionsView:
    """Raises `NotFound`, and `Invalid` for a question about what or whom there is not."""
    known = [one.name for one in declared]
    person = conn.execute(select(Person.id, Person.state).where(Person.id == person_id)).first()
    if person is None:
        raise NotFound()
    grants = _grants(conn, person_id)
    allowed = [Allowed(name, grants.get(name, [])) for name in known]
    verdict = None
    if question.person is not None:
        if question.capability not in known:
            raise invalid("capability", "choice", "There is no such capability.")
        verdict = _verdict(
            conn,
            person_id,
            person.state,
            question.capability,
            grants.get(question.capability, []),
            question.person,
        )
    return PermissionsView(
        person_id, person.state, _roles(conn, person_id), allowed, gives_to(conn, actor, person_id), verdict
    )


def _grants(conn: Connection, person_id: int) -> dict[str, list[Grant]]:
    found: dict[str, list[Grant]] = {}
    rows = conn.execute(
        select(RoleCapability.capability, RoleCapability.scope, RoleCapability.role_id)
        .join(PersonRole, PersonRole.role_id == RoleCapability.role_id)
        .where(PersonRole.person_id == person_id)
    ).all()
    for row in sorted(rows, key=lambda row: (-_width(row.scope), row.role_id)):
        found.setdefault(row.capability, []).append(Grant(row.scope, row.role_id))
    return found


def _width(scope: str) -> int:
    return SCOPES.index(scope) if scope in SCOPES else -1


def _roles(conn: Connection, person_id: int) -> list[HeldRole]:
    rows = conn.execute(
        select(Role.id, Role.code, Role.name, PersonRole.is_given, PersonRole.is_automatic)
        .join(PersonRole, PersonRole.role_id == Role.id)
        .where(PersonRole.person_id == person_id)
        .order_by(Role.id)
    )
    return [HeldRole(row.id, row.code, row.name, row.is_given, row.is_automatic) for row in rows]


def _verdict(
    conn: Connection, person_id: int, state: str, capability: str, grants: list[Grant], other: int
) -> Verdict:
    if conn.execute(select(Person.id).where(Person.id == other)).first() is None:
        raise invalid("person", "not_found", "There is no such person.")
    if state != "active":
        return Verdict(capability, other, False, "not_active", [])
    if not grants:
        return Verdict(capability, other, False, "no_capability", [])
    reaching = [grant for grant in grants if _reaches(conn, person_id, capability, grant.scope, other)]
    return Verdict(capability, other, bool(reaching), "granted" if reaching else "out_of_scope", reaching)


def _reaches(conn: Connection, person_id: int, capability: str, scope: str, other: int) -> bool:
    alone = Actor(person_id, "employee", "", 0, {capability: frozenset([scope])})
    query = select(Person.id).where(Person.id == other, people_within(alone, capability))
    return conn.execute(query).first() is not None
