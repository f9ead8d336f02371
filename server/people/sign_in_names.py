"""The three sign-in names of persons, unique taken together (W31): one row each, kept equal to the persons' own columns."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from server.org.models import SignInName
from server.work.work import Work


def write(work: Work, wanted: Mapping[int, set[str]]) -> None:
    """Each person signs in with exactly these keys. One that is somebody else's by now breaks the unique key, and with it the turn."""
    conn = work.conn
    held: dict[int, set[str]] = {person_id: set() for person_id in wanted}
    for row in conn.execute(
        select(SignInName.name, SignInName.person_id).where(SignInName.person_id.in_(wanted))
    ):
        held[row.person_id].add(row.name)
    gone = [name for person_id, names in held.items() for name in names - wanted[person_id]]
    new = [
        {"name": name, "person_id": person_id}
        for person_id, names in wanted.items()
        for name in sorted(names - held[person_id])
    ]
    if gone:
        conn.execute(delete(SignInName).where(SignInName.name.in_(gone)))
    if new:
        conn.execute(insert(SignInName), new)
    for person_id, names in held.items():
        if names != wanted[person_id]:
            work.audit("person.sign_in_names_changed", ("person", person_id), names=len(wanted[person_id]))


def owner_of(conn: Connection, key: str) -> int | None:
    """Who signs in with this key."""
    return conn.execute(select(SignInName.person_id).where(SignInName.name == key)).scalar()
