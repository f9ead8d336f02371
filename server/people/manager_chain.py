"""Who may become whose manager: nobody from whom the line leads back. Under `hold_org`, so that no two acts close a circle together."""

from sqlalchemy import Connection, select

from server.kit.problems import invalid
from server.org.models import Person

_SHOWN_CHAIN = 10


def must_not_circle(conn: Connection, person_id: int, manager_id: int) -> None:
    """Raises `Invalid` on `manager_id`; the circle stands in the params as names: `张伟 → 李娜 → 张伟`."""
    if manager_id == person_id:
        raise invalid("manager_id", "manager_self", "Nobody reports to themselves.")
    manager = conn.execute(select(Person.state, Person.kind).where(Person.id == manager_id)).first()
    if manager is None or manager.kind == "bot":
        raise invalid("manager_id", "not_found", "This person is not there.", ids=[manager_id])
    if manager.state == "left":
        raise invalid("manager_id", "manager_left", "This manager has left the company.")
    chain: list[str] = []
    at: int | None = manager_id
    seen = set()
    while at is not None and at not in seen:
        seen.add(at)
        row = conn.execute(select(Person.name, Person.manager_id).where(Person.id == at)).one()
        chain.append(row.name)
        if at == person_id:
            names = [chain[-1], *chain[:-1], chain[-1]]
            if len(names) > _SHOWN_CHAIN:
                names = [*names[: _SHOWN_CHAIN - 2], "…", names[-1]]
            said = " → ".join(names)
            raise invalid(
                "manager_id",
                "manager_cycle",
                f"The reporting line would run in a circle: {said}.",
                chain=said,
            )
        at = row.manager_id
