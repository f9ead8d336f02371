"""Files of records: they hang on a field of one record, and are read by whoever sees that field there in clear."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from crm_objects.engine.file_fields import kept, views_of
from crm_objects.engine.policies import MAY_READ
from crm_objects.engine.reading import Desk, desk_of, found
from crm_objects.engine.record_type import Kinds
from crm_objects.engine.wrong import Wrong, gathered
from server.db.base import Base, Id, table
from server.files import attaching
from server.files.attachable import Attachable
from server.permissions.actor import Actor
from server.work.work import Work

KIND = "record_file"


class RecordFile(Base):
    """In which field of which record a file hangs: what `file_link` names."""

    __tablename__ = KIND
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String(60))
    file_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    __table_args__ = (Index(None, "kind", "record_id"),)


_FILES = table(RecordFile)


def look_up(desk: Desk, values: dict[str, Any]) -> list[str]:
    """Turns the ids of files in `values` into stored values; answers the fields that name one which is neither the actor's own upload nor
    hangs on a record of this kind where the actor sees it (on which, `follow` asks)."""
    asked = {name: value for name, value in values.items() if value is not None and _holds_files(desk, name)}
    if not asked:
        return []
    ids = sorted({one for value in asked.values() for one in value})
    here = select(_FILES).where(_FILES.c.kind == desk.kind.kind, _FILES.c.file_id.in_(ids))
    there = attaching.uploaded(desk.conn, _owner(desk.actor), ids)
    there |= attaching.views(desk.conn, [row.file_id for row in _clear(desk, desk.conn.execute(here).all())])
    wrong = [name for name, value in asked.items() if not set(value) <= set(there)]
    for name in set(asked) - set(wrong):
        values[name] = kept([there[one] for one in asked[name]])
    return wrong


def follow(
    work: Work, desk: Desk, record_id: int, changed: Mapping[str, Any], before: Mapping[str, Any]
) -> None:
    """New files begin to hang on the record, those that were taken out are gone. Raises `Invalid` on the field for one that was taken
    meanwhile, or hangs elsewhere."""
    for name in changed:
        if _holds_files(desk, name):
            was = {one.id for one in views_of(before.get(name))}
            now = [one.id for one in views_of(changed[name])]
            _hang(work, desk, record_id, name, [one for one in now if one not in was])
            _let_go(work, sorted(was - set(now)))


def forget(work: Work, kind: str, record_id: int) -> None:
    """The record is deleted for good."""
    mine = select(_FILES.c.file_id).where(_FILES.c.kind == kind, _FILES.c.record_id == record_id)
    _let_go(work, sorted(work.conn.execute(mine).scalars()))


def _hang(work: Work, desk: Desk, record_id: int, field: str, ids: Sequence[int]) -> None:
    if not ids:
        return
    if attaching.chosen(_owner(desk.actor), ids, attaching.ready(work, ids)) is None:
        raise gathered(
            {field: Wrong("not_found", "Some of these files are not there, or hang on something.")}
        )
    rows = [{"kind": desk.kind.kind, "record_id": record_id, "field": field, "file_id": one} for one in ids]
    made = {
        row.file_id: row.id
        for row in work.conn.execute(insert(_FILES).returning(_FILES.c.id, _FILES.c.file_id), rows)
    }
    attaching.hang(work, KIND, made)


def _let_go(work: Work, ids: Sequence[int]) -> None:
    if ids:
        work.conn.execute(delete(_FILES).where(_FILES.c.file_id.in_(ids)))
        attaching.let_go(work, ids)


def attachable(kinds: Kinds) -> Attachable:
    def readable(conn: Connection, actor: Actor, ids: Sequence[int]) -> set[int]:
        rows = conn.execute(select(_FILES).where(_FILES.c.id.in_(ids))).all()
        seen: set[int] = set()
        for name in {row.kind for row in rows} & set(kinds):
            desk = desk_of(conn, actor, kinds, kinds[name])
            seen |= {row.id for row in _clear(desk, [row for row in rows if row.kind == name])}
        return seen

    return Attachable(KIND, MAY_READ, readable)


def _clear(desk: Desk, rows: Sequence[Any]) -> list[Any]:
    """Those of these rows of the desk's kind whose record the actor reads, and whose field is clear to them there."""
    if not rows:
        return []
    there = desk.readable().where(desk.kind.table.c.id.in_({row.record_id for row in rows}))
    rights = {one.id: one.rights for one in (found(desk, row) for row in desk.conn.execute(there))}
    return [row for row in rows if row.record_id in rights and _is_clear(desk, rights[row.record_id], row)]


def _is_clear(desk: Desk, rights: Any, row: Any) -> bool:
    field = desk.shape.fields.get(row.field)
    return field is not None and rights.sees(field.cls) == "clear"


def _holds_files(desk: Desk, name: str) -> bool:
    field = desk.shape.find(name)
    return field is not None and field.type == "files"


def _owner(actor: Actor) -> int:
    """Whose uploads they are: of a deputy who presses, the deputy's own."""
    return actor.by or actor.id
