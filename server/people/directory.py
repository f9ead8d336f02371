"""The directory: finding colleagues."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.problems import NotFound, invalid
from server.org.lines import members_of
from server.org.models import Person
from server.people.present import PersonView, persons

MAX_IDS = 100


def by_ids(conn: Connection, text: str) -> list[PersonView]:
    """`ids=1,2,3`, at most 100. Raises `Invalid` on field `ids`."""
    parts = [part for part in text.split(",") if part]
    if len(parts) > MAX_IDS or not all(
        part.isascii() and part.isdigit() and len(part) < 16 for part in parts
    ):
        raise invalid("ids", "ids", f"Numbers joined by commas, at most {MAX_IDS}.", limit=MAX_IDS)
    return persons(conn, [int(part) for part in parts])


def search(
    conn: Connection, q: str, department: int | None, limit: int | None, cursor: str
) -> tuple[list[PersonView], str | None]:
    """Colleagues by name; `q` matches name, staff number, phone and e-mail. People who left are not listed."""
    size = page_size(limit)
    after = decode_cursor(cursor, str, int)
    query = (
        select(Person.id, Person.name)
        .where(Person.state != "left")
        .order_by(Person.name, Person.id)
        .limit(size + 1)
    )
    if q.strip():
        needle = q.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        columns = (Person.name, Person.staff_number, Person.phone, Person.email)
        query = query.where(or_(*[func.lower(column).like(f"%{needle}%", escape="\\") for column in columns]))
    if department is not None:
        query = query.where(Person.id.in_(members_of([department])))
    if after is not None:
        query = query.where(or_(Person.name > after[0], (Person.name == after[0]) & (Person.id > after[1])))
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].name, rows[size - 1].id) if len(rows) > size else None
    return persons(conn, [row.id for row in rows[:size]]), following


def one(conn: Connection, person_id: int) -> PersonView:
    """Raises `NotFound`."""
    found: Sequence[PersonView] = persons(conn, [person_id])
    if not found:
        raise NotFound()
    return found[0]
