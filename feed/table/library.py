"""The library of prepared tables (FEED-10): made, changed, ordered, retired. What was posted is a copy, and stays."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from feed.table import events
from feed.table.inputs import ChangedPreparedTable, ColumnInput, NewPreparedTable
from feed.table.models import PreparedTable
from feed.table.present import PreparedTableView, TableColumn, prepared, stored
from server.db.base import table
from server.kit.places import moved
from server.kit.problems import NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.search.terms import fold
from server.work.work import Work

MOST = 100
MAX_NAME, MAX_NOTE, MAX_TITLE, MAX_CHOICE, MAX_UNIT = 40, 200, 40, 60, 10


def listed(conn: Connection) -> list[PreparedTableView]:
    """In their order, retired ones last."""
    rows = conn.execute(select(table(PreparedTable)).order_by(PreparedTable.place, PreparedTable.id))
    return sorted((prepared(row) for row in rows), key=lambda one: one.retired_at is not None)


def view(conn: Connection, table_id: int) -> PreparedTableView:
    """Raises `NotFound`."""
    row = conn.execute(select(table(PreparedTable)).where(PreparedTable.id == table_id)).first()
    if row is None:
        raise NotFound()
    return prepared(row)


def prepare(work: Work, actor: Actor, new: NewPreparedTable) -> PreparedTableView:
    """A new one, the last of all. Raises `Invalid` on a field, `WrongState` when there are too many."""
    name, note, columns = _checked(new.name, new.note, new.columns)
    count, last = work.conn.execute(select(func.count(), func.max(PreparedTable.place))).one()
    if count >= MOST:
        raise WrongState(f"At most {MOST} tables; change one that is retired.", reason="tables_full")
    row = work.conn.execute(
        insert(PreparedTable)
        .values(
            name=name,
            note=note,
            columns=stored(columns),
            place=(last or 0) + 1,
            changed_by=actor.id,
            changed_at=work.now,
        )
        .returning(*table(PreparedTable).columns)
    ).one()
    made = prepared(row)
    work.audit("prepared_table.added", ("prepared_table", made.id), columns=len(columns))
    work.record(events.tables_changed(actor.id, [made]))
    return made


def change(work: Work, actor: Actor, table_id: int, wanted: ChangedPreparedTable) -> PreparedTableView:
    """The same again changes nothing. Raises `NotFound`, `StaleVersion`, `Invalid` on a field."""
    before = prepared(_locked(work, table_id))
    name, note, columns = _checked(wanted.name, wanted.note, wanted.columns)
    if (name, note, columns) == (before.name, before.note, before.columns):
        return before
    if wanted.version != before.version:
        raise StaleVersion(
            "Somebody else changed this table meanwhile.", version=before.version, given=wanted.version
        )
    _write(work, actor, table_id, name=name, note=note, columns=stored(columns))
    work.audit("prepared_table.changed", ("prepared_table", table_id), columns=len(columns))
    return _told(work, actor, table_id)


def retire(work: Work, actor: Actor, table_id: int, retired: bool) -> PreparedTableView:
    """Twice is the same. Raises `NotFound`."""
    row = _locked(work, table_id)
    if (row.retired_at is not None) == retired:
        return prepared(row)
    _write(work, actor, table_id, retired_at=work.now if retired else None)
    if retired:
        work.audit("prepared_table.retired", ("prepared_table", table_id))
    else:
        work.audit("prepared_table.restored", ("prepared_table", table_id))
    return _told(work, actor, table_id)


def order(work: Work, actor: Actor, wanted: Sequence[int]) -> list[PreparedTableView]:
    """These first, in this order, whatever else is offered behind them. All of them after it. Raises `Invalid` on `tables`."""
    query = select(PreparedTable.id, PreparedTable.place).with_for_update()
    places = {row.id: row.place for row in work.conn.execute(query.order_by(PreparedTable.id))}
    offered = [one.id for one in listed(work.conn) if one.retired_at is None]
    changed = moved(places, offered, wanted, "tables")
    for one, place in changed.items():
        work.conn.execute(update(PreparedTable).where(PreparedTable.id == one).values(place=place))
    if changed:
        told = [view for view in listed(work.conn) if view.id in changed]
        work.record(events.tables_changed(actor.id, told))
    return listed(work.conn)


def _checked(name: str, note: str, wanted: Sequence[ColumnInput]) -> tuple[str, str, list[TableColumn]]:
    name = clean(name, "name", limit=MAX_NAME, single_line=True)
    note = clean(note, "note", limit=MAX_NOTE, single_line=True, required=False)
    columns = [_column(one, f"columns[{at}]") for at, one in enumerate(wanted)]
    titles = [fold(one.title) for one in columns]
    for at, title in enumerate(titles):
        if title in titles[:at]:
            raise invalid(f"columns[{at}].title", "twice", "Each column has a name of its own.")
    return name, note, columns


def _column(one: ColumnInput, at: str) -> TableColumn:
    title = clean(one.title, f"{at}.title", limit=MAX_TITLE, single_line=True)
    unit = clean(one.unit, f"{at}.unit", limit=MAX_UNIT, single_line=True, required=False)
    choices: list[str] = []
    if one.type == "choice":
        field = f"{at}.choices"
        choices = [clean(each, field, limit=MAX_CHOICE, single_line=True) for each in one.choices]
        if len(choices) < 2:
            raise invalid(field, "too_few", "Offer at least two.")
        if len(set(choices)) < len(choices):
            raise invalid(field, "twice", "Each choice stands there once.")
    return TableColumn(title, one.type, one.required, choices, unit if one.type == "number" else "")


def _locked(work: Work, table_id: int) -> Any:
    query = select(table(PreparedTable)).where(PreparedTable.id == table_id).with_for_update()
    row = work.conn.execute(query).first()
    if row is None:
        raise NotFound()
    return row


def _write(work: Work, actor: Actor, table_id: int, **values: Any) -> None:
    work.conn.execute(
        update(PreparedTable)
        .where(PreparedTable.id == table_id)
        .values(version=PreparedTable.version + 1, changed_by=actor.id, changed_at=work.now, **values)
    )


def _told(work: Work, actor: Actor, table_id: int) -> PreparedTableView:
    made = view(work.conn, table_id)
    work.record(events.tables_changed(actor.id, [made]))
    return made
