"""People are found where they lie: in the directory, by name, its sound, staff number, phone or e-mail."""

from sqlalchemy import Connection, select

from server.events.envelope import Change, Put
from server.org.models import Person
from server.people import directory
from server.permissions.actor import Actor
from server.search.declared import Hit


def find(conn: Connection, actor: Actor, q: str, size: int) -> tuple[list[Hit], list[Change]]:
    """Colleagues, as the directory finds them."""
    people, _ = directory.search(conn, q, None, size, "")
    rows = conn.execute(select(Person.id, Person.created_at).where(Person.id.in_([one.id for one in people])))
    since = {row.id: row.created_at for row in rows}
    hits = [Hit(one.id, since[one.id], one.id, one.name) for one in people]
    return hits, [Put("person", one.id, one) for one in people]
