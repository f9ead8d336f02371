"""Statements that run with every message or request: compiled once per dialect and handed to the driver as they are.

SQLAlchemy stays where the schema and the SQL come from; what is skipped is its work on each execution, which costs four to seven times
the driver's own (measured, `python -m tests.load.lane`). Values go through the columns' own bind processors, errors come out as
SQLAlchemy's. For everything else use the connection itself.
"""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from typing import cast as cast_to

from sqlalchemy import (
    JSON,
    ClauseElement,
    ColumnElement,
    Connection,
    Insert,
    Text,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import NullType, String, TypeDecorator, TypeEngine

from server.db.base import UtcTime
from server.kit.json import encode

Row = tuple[Any, ...]


class _List(TypeDecorator[Any]):
    """A list in one parameter: an array for PostgreSQL, JSON text for SQLite."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class among(ColumnElement[bool]):
    """`column` is one of the list given under `name` when the statement runs; one text for every length of the list."""

    inherit_cache = False
    # Not Boolean: dialects without such a type would compare it with 1.
    type: TypeEngine[Any] = NullType()

    def __init__(self, column: Any, name: str) -> None:
        self.column = column.__clause_element__() if hasattr(column, "__clause_element__") else column
        self.values: ColumnElement[Any] = bindparam(name, type_=_List())


@compiles(among, "sqlite")
def _among_sqlite(element: among, compiler: Any, **kw: Any) -> str:
    values = compiler.process(element.values, **kw)
    return f"{compiler.process(element.column, **kw)} IN (SELECT value FROM json_each({values}))"  # noqa: S608


@compiles(among, "postgresql")
def _among_postgresql(element: among, compiler: Any, **kw: Any) -> str:
    kind = element.column.type.compile(dialect=compiler.dialect)
    values = compiler.process(element.values, render_bind_cast=False, **kw).split("::")[0]
    return f"{compiler.process(element.column, **kw)} = ANY(CAST({values} AS {kind}[]))"


class joined(ColumnElement[str]):
    """The texts of a group's rows in one, with commas between them, in no order; NULL where there are none."""

    inherit_cache = False
    type: TypeEngine[str] = String()

    def __init__(self, texts: ColumnElement[str]) -> None:
        self.texts = texts


@compiles(joined, "sqlite")
def _joined_sqlite(element: joined, compiler: Any, **kw: Any) -> str:
    return f"group_concat({compiler.process(element.texts, **kw)})"


@compiles(joined, "postgresql")
def _joined_postgresql(element: joined, compiler: Any, **kw: Any) -> str:
    return f"string_agg({compiler.process(element.texts, **kw)}, ',')"


@dataclass(frozen=True, slots=True)
class _Ready:
    """Text for one dialect. `names` in the order of the placeholders, or None where the driver takes names."""

    text: str
    names: tuple[str, ...] | None
    processors: Mapping[str, Callable[[Any], Any]]
    places: Sequence[tuple[int, Callable[[Any], Any]]]  # the processors by placeholder
    fixed: Mapping[str, Any]
    row: Callable[[Sequence[Any]], Any]
    results: Sequence[tuple[int, Callable[[Any], Any]]]

    def named(self, values: Row) -> Any:
        if not self.results:
            return self.row(values)
        typed = list(values)
        for at, process in self.results:
            typed[at] = process(typed[at])
        return self.row(typed)

    def bound(self, values: Mapping[str, Any]) -> Any:
        given = {**self.fixed, **values} if self.fixed else values
        if self.names is None:
            return self._typed(given)
        try:
            row = [given[name] for name in self.names]
        except KeyError:
            self._typed(given)  # a wrong value is said before a missing one
            raise
        for at, process in self.places:
            row[at] = process(row[at])
        return row

    def _typed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        typed = dict(given)
        for name, process in self.processors.items():
            if name in typed:
                typed[name] = process(typed[name])
        return typed


def _remembering(process: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """For times: the moment of an act stands in each of its rows, and writing it out costs more than all their other values."""
    last: tuple[Any, Any] = (None, None)

    def again(value: Any) -> Any:
        nonlocal last
        known, made = last  # one assignment, so that threads see both or neither
        if known is None or known is not value:
            made = process(value)
            last = (value, made)
        return made

    return again


class Hot:
    """`keys`: the columns that an insert will be given."""

    def __init__(self, statement: ClauseElement, keys: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._keys = list(keys) if keys is not None else None
        self._ready: dict[str, _Ready] = {}
        self._whole: Hot | None = None

    def rows(self, conn: Connection, values: Mapping[str, Any]) -> list[Row]:
        """Plain tuples, as the driver gives them: for numbers and texts, not for times."""
        ready = self._for(conn)
        cursor = conn.connection.cursor()
        try:
            cursor.execute(ready.text, ready.bound(values))
            return list(cursor.fetchall())
        except Exception as error:
            raise _wrapped(conn, ready.text, error) from error
        finally:
            cursor.close()

    def named(self, conn: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Rows with the columns' names as attributes and the columns' own types: times, days and truths too."""
        named = self._for(conn).named
        return [named(row) for row in self.rows(conn, values)]

    def many(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Once per row, in one call of the driver. No two rows may change the same row of a table."""
        ready = self._for(conn)
        if len(rows) > 1 and conn.dialect.name == "postgresql":
            self._together(conn, [ready.bound(row) for row in rows])
            return
        cursor = conn.connection.cursor()
        try:
            cursor.executemany(ready.text, [ready.bound(row) for row in rows])
        except Exception as error:
            raise _wrapped(conn, ready.text, error) from error
        finally:
            cursor.close()

    def _together(self, conn: Connection, rows: Sequence[Any]) -> None:
        """All rows in one parameter. PostgreSQL's driver pays a row of its own with as much as a statement (measured: 70 µs and more)."""
        whole = self._whole = self._whole or Hot(_of_many(self._statement, self._keys))
        ready = whole._for(conn)
        cursor = conn.connection.cursor()
        try:
            cursor.execute(ready.text, ready.bound({_ROWS: _as_text(rows)}))
        except Exception as error:
            raise _wrapped(conn, ready.text, error) from error
        finally:
            cursor.close()

    def _for(self, conn: Connection) -> _Ready:
        ready = self._ready.get(conn.dialect.name)
        if ready is None:
            ready = self._ready[conn.dialect.name] = self._compile(conn)
        return ready

    def _compile(self, conn: Connection) -> _Ready:
        compiled: Any = self._statement.compile(dialect=conn.dialect, column_keys=self._keys)
        processors, fixed = {}, {}
        for bind, name in compiled.bind_names.items():
            process = bind.type.dialect_impl(conn.dialect).bind_processor(conn.dialect)
            if process is not None:
                processors[name] = _remembering(process) if isinstance(bind.type, UtcTime) else process
            if not bind.required and bind.value is not None:
                fixed[name] = bind.value
        names = tuple(compiled.positiontup) if compiled.positional else None
        places = [(at, processors[name]) for at, name in enumerate(names or ()) if name in processors]
        columns = list(getattr(self._statement, "selected_columns", ()))
        keys = " ".join(str(column.key).replace(" ", "_") for column in columns)
        made: Any = namedtuple("made", keys, rename=True)  # type: ignore[misc]
        found = [
            (at, column.type.dialect_impl(conn.dialect).result_processor(conn.dialect, None))
            for at, column in enumerate(columns)
        ]
        results = [(at, process) for at, process in found if process is not None]
        return _Ready(str(compiled), names, processors, places, fixed, made._make, results)


_ROWS = "given_rows"
_PLAIN = frozenset({str, int, float, bool, type(None), datetime, date})


def _as_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Raises `TypeError` for what only JSON would know how to write."""
    for row in rows:
        for name, value in row.items():
            if type(value) not in _PLAIN:
                raise TypeError(f"{name}: {type(value).__name__} is no value of a column")
    return encode(rows).decode()


def _of_many(statement: Any, keys: Sequence[str] | None) -> ClauseElement:
    """The same insert or update for every row of a JSON list, in which a row's values stand under the names of the parameters."""
    if isinstance(statement, Insert):
        kinds = {key: statement.table.c[key].type for key in keys or ()}
    else:
        wanted = [
            one for one in visitors.iterate(statement) if isinstance(one, BindParameter) and one.required
        ]
        kinds = {one.key: one.type for one in wanted}
        for of, value in statement._values.items():
            if isinstance(value, BindParameter) and value.key in kinds:
                kinds[value.key] = (statement.table.c[of] if isinstance(of, str) else of).type
    rows = func.json_to_recordset(cast(bindparam(_ROWS, type_=Text()), JSON))
    given = rows.table_valued(*[column(name, kind) for name, kind in kinds.items()])
    given = given.render_derived(name="given", with_types=True)
    if isinstance(statement, Insert):
        values = select(*[given.c[key] for key in kinds])
        return insert(statement.table).from_select(list(kinds), values, include_defaults=False)

    def instead(element: Any, **_: Any) -> Any:
        return given.c[element.key] if isinstance(element, BindParameter) and element.key in kinds else None

    return cast_to(ClauseElement, visitors.replacement_traverse(statement, {}, instead))


def _wrapped(conn: Connection, text: str, error: Exception) -> Exception:
    dbapi = conn.dialect.loaded_dbapi
    if isinstance(error, dbapi.Error):
        return DBAPIError.instance(text, None, error, dbapi.Error, dialect=conn.dialect)
    return error
