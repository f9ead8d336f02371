"""Who may be named (@) in a message: whoever exists and has not left, since nobody else would ever learn of it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from server.kit.problems import Problem, invalid
from server.org.models import Person


def states(conn: Connection, person_ids: Collection[int]) -> dict[int, str]:
    """The state of those among these persons who exist."""
    if not person_ids:
        return {}
    rows = conn.execute(select(Person.id, Person.state).where(Person.id.in_(set(person_ids))))
    return {row.id: row.state for row in rows}


def refusal(named: Sequence[int], known: Mapping[int, str]) -> Problem | None:
    """Why these cannot be named, if so."""
    if not known.keys() >= set(named):
        return invalid("text", "mention_unknown", "Somebody mentioned is unknown.")
    gone = [one for one in named if known[one] == "left"]
    if gone:
        return invalid("text", "mention_left", "Somebody mentioned has left the company.", ids=gone[:20])
    return None
