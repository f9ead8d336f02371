"""The directory: finding colleagues."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, or_, select

from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.problems import NotFound, invalid
from server.org.lines import members_of
from server.org.models import Person
from server.people.present import PersonView, persons
from server.people.spelling import searched

MAX_IDS = 100


def by_ids(conn: Connection, text: str, q: str = "") -> list[PersonView]:
    """`ids=1,2,3`, at most 100; of these only whom `q` finds. Raises `Invalid` on field `ids`."""
    parts = [part for part in text.split(",") if part]
    if len(parts) > MAX_IDS or not all(
        part.isascii() and part.isdigit() and len(part) < 16 for part in parts
    ):
        raise invalid("ids", "ids", f"Numbers joined by commas, at most {MAX_IDS}.", limit=MAX_IDS)
    ids = [int(part) for part in parts]
    if q.strip():
        fitting = set(conn.execute(select(Person.id).where(Person.id.in_(ids), _fits(q.strip()))).scalars())
        ids = [one for one in ids if one in fitting]
    return persons(conn, ids)


def search(
    conn: Connection,
    q: str,
    department: int | None,
    limit: int | None,
    cursor: str,
    state: str | None = None,
) -> tuple[list[PersonView], str | None]:
    """Colleagues in the order of their pinyin; `q` matches name, pinyin, initials, staff number, phone and e-mail.

    People who left are listed only where `state` asks for them.
    """
    size = page_size(limit)
    after = decode_cursor(cursor, str, int)
    query = (
        select(Person.id, Person.pinyin)
        .where(Person.state == state if state else Person.state != "left")
        .order_by(Person.pinyin, Person.id)
        .limit(size + 1)
    )
    if q.strip():
        query = query.where(_fits(q.strip()))
    if department is not None:
        query = query.where(Person.id.in_(members_of([department])))
    if after is not None:
        query = query.where(
            or_(Person.pinyin > after[0], (Person.pinyin == after[0]) & (Person.id > after[1]))
        )
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].pinyin, rows[size - 1].id) if len(rows) > size else None
    return persons(conn, [row.id for row in rows[:size]]), following


def _fits(q: str) -> ColumnElement[bool]:
    """Anywhere in what is written; in the pinyin only from the beginning of a syllable, so that `ang` does not find every 张."""
    anywhere = f"%{_verbatim(q.lower())}%"
    columns = (Person.name, Person.staff_number, Person.phone, Person.email)
    parts = [func.lower(column).like(anywhere, escape="\\") for column in columns]
    sound = _verbatim(searched(q))
    if sound:
        parts += [
            Person.pinyin.like(f"{sound}%", escape="\\"),
            Person.pinyin.like(f"% {sound}%", escape="\\"),
        ]
        parts.append(Person.initials.like(f"%{sound}%", escape="\\"))
    return or_(*parts)


def _verbatim(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def one(conn: Connection, person_id: int) -> PersonView:
    """Raises `NotFound`."""
    found: Sequence[PersonView] = persons(conn, [person_id])
    if not found:
        raise NotFound()
    return found[0]
