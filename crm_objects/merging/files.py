"""Files when two records become one, and two again (W42). A file is of the record that it was put on: undoing gives it back, whatever was
added beside it since."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select, update

from crm_objects.engine.file_fields import kept, views_of
from crm_objects.engine.reading import Desk, Found
from crm_objects.engine.record_files import RecordFile
from crm_objects.merging.carrying import Move
from server.db.base import table

FILES = table(RecordFile)


def swap_files(move: Move, changed: Mapping[str, Any]) -> None:
    """Files hang on a field of a record: those of a field that the survivor takes go along, and its own wait with the other."""
    names = _file_fields(move.desk, changed)
    for record, to in ((move.other, move.into), (move.into, move.other)) if names else ():
        here = move.of(FILES, record) & FILES.c.field.in_(names)
        noted = {one for one, _ in move.noted(f"record_file.{move.into}")}
        ids = [
            one
            for one in move.work.conn.execute(select(FILES.c.id).where(here)).scalars()
            if one not in noted
        ]
        move.work.conn.execute(update(FILES).where(FILES.c.id.in_(ids)).values(record_id=to))
        for one in ids:
            move.note(f"record_file.{to}", one)


def swap_files_back(move: Move, back: Mapping[str, Any]) -> None:
    """With the fields that go back, but for what was taken out since."""
    names = _file_fields(move.desk, back)
    for to, record in ((move.into, move.other), (move.other, move.into)) if names else ():
        ids = [one for one, _ in move.noted(f"record_file.{to}")]
        here = move.of(FILES, to) & FILES.c.field.in_(names) & FILES.c.id.in_(ids)
        move.work.conn.execute(update(FILES).where(here).values(record_id=record))


def with_added(before: str | None, after: str | None, now: str | None) -> str | None:
    """The survivor's files of before the merge, and what was added since; stored values all."""
    known = {one.id for value in (before, after) for one in views_of(value)}
    return kept([*views_of(before), *(one for one in views_of(now) if one.id not in known)])


def without_gone(desk: Desk, other: Found) -> dict[str, str | None]:
    """The other's fields from which something was taken out while they were one: what is left of them."""
    names = [name for name in _file_fields(desk, desk.shape.fields) if other.stored[name] is not None]
    if not names:
        return {}
    mine = (FILES.c.kind == desk.kind.kind, FILES.c.record_id == other.id)
    there = set(desk.conn.execute(select(FILES.c.file_id).where(*mine)).scalars())
    views = {name: views_of(other.stored[name]) for name in names}
    return {
        name: kept([one for one in was if one.id in there])
        for name, was in views.items()
        if any(one.id not in there for one in was)
    }


def _file_fields(desk: Desk, names: Iterable[str]) -> list[str]:
    return [one for one in names if desk.shape.fields[one].type == "files"]
