"""Rows of a post's table: filled in by its author and, where that was said, by each reader for themselves."""

from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from feed.models import Post
from feed.policies import must_read
from feed.table import events
from feed.table.cells import checked_row, people_in
from feed.table.models import PostTable, TableRow
from feed.table.present import PostTableView, TableRowView, TableTally, from_stored, stored, table_row
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change
from server.kit.problems import Forbidden, NotFound, StaleVersion, WrongState
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.work import Work

MOST, MOST_OF_A_READER = 500, 50


def page(
    conn: Connection, actor: Actor, post_id: int, limit: int | None, cursor: str
) -> tuple[list[TableRowView], str | None, list[Change]]:
    """In the order in which they were filled in. Raises `NotFound`."""
    carried = carried_by(conn, actor, post_id)
    size, after = page_size(limit), decode_cursor(cursor, int)
    query = select(table(TableRow)).where(TableRow.post_id == post_id)
    if after is not None:
        query = query.where(TableRow.id > after[0])
    rows = [table_row(row) for row in conn.execute(query.order_by(TableRow.id).limit(size + 1))]
    shown = rows[:size]
    named = {one.person_id for one in shown} | people_in(carried.columns, [one.cells for one in shown])
    following = encode_cursor(shown[-1].id) if len(rows) > size else None
    return shown, following, list(person_puts_for(conn, actor, sorted(named)))


def all_of(conn: Connection, post_id: int) -> list[TableRowView]:
    """The caller has checked who asks."""
    query = select(table(TableRow)).where(TableRow.post_id == post_id).order_by(TableRow.id)
    return [table_row(row) for row in conn.execute(query)]


def carried_by(conn: Connection, actor: Actor, post_id: int) -> PostTableView:
    """Raises `NotFound`."""
    must_read(conn, actor, post_id)
    found = from_stored(conn.execute(select(Post.carried_table).where(Post.id == post_id)).scalar_one())
    if found is None:
        raise NotFound()
    return found


def view_of(conn: Connection, actor: Actor, row_id: int) -> TableRowView:
    """Raises `NotFound`, also when it was taken away meanwhile."""
    row = conn.execute(select(table(TableRow)).where(TableRow.id == row_id)).first()
    if row is None:
        raise NotFound()
    must_read(conn, actor, row.post_id)
    return table_row(row)


def add(work: Work, actor: Actor, post_id: int, cells: list[str]) -> TableRowView:
    """Raises `NotFound`, `Forbidden`, `Invalid` on `cells[n]`, `WrongState` when there are too many."""
    held = _held(work, actor, post_id)
    _must_fill(held, actor)
    if held.row_count >= MOST:
        raise WrongState(f"At most {MOST} rows.", reason="table_full", limit=MOST)
    if held.author_id != actor.id:
        mine = select(func.count()).where(TableRow.post_id == post_id, TableRow.person_id == actor.id)
        if work.conn.execute(mine).scalar_one() >= MOST_OF_A_READER:
            raise WrongState(
                f"At most {MOST_OF_A_READER} rows each.", reason="table_own_full", limit=MOST_OF_A_READER
            )
    found = checked_row(work.conn, held.carried.columns, cells, "cells")
    row = work.conn.execute(
        insert(TableRow)
        .values(post_id=post_id, person_id=actor.id, cells=stored(found), created_at=work.now)
        .returning(*table(TableRow).columns)
    ).one()
    made = table_row(row)
    work.record(events.row_filled("table.row_added", held.author_id, made, _counted(work, post_id, 1)))
    return made


def change(
    work: Work, actor: Actor, post_id: int, row_id: int, version: int, cells: list[str]
) -> TableRowView:
    """The same again changes nothing. Raises `NotFound`, `Forbidden`, `Invalid` on `cells[n]`, `StaleVersion` with what it says `now`."""
    held = _held(work, actor, post_id)
    row = _row(work, post_id, row_id)
    if row.person_id != actor.id:
        raise Forbidden("Somebody else filled in this row.", reason="others_row")
    _must_fill(held, actor)
    before = table_row(row)
    found = checked_row(work.conn, held.carried.columns, cells, "cells")
    if found == before.cells:
        return before
    if version != before.version:
        raise StaleVersion(
            "This row was changed meanwhile.", version=before.version, given=version, now=before.cells
        )
    changed = work.conn.execute(
        update(TableRow)
        .where(TableRow.id == row_id)
        .values(cells=stored(found), version=before.version + 1, changed_at=work.now)
        .returning(*table(TableRow).columns)
    ).one()
    made = table_row(changed)
    work.record(events.row_filled("table.row_changed", held.author_id, made, _counted(work, post_id, 0)))
    return made


def remove(work: Work, actor: Actor, post_id: int, row_id: int) -> None:
    """One's own; the post's author, and who holds `post.moderate`, any. Raises `NotFound`, `Forbidden`."""
    held = _held(work, actor, post_id)
    row = _row(work, post_id, row_id)
    if row.person_id == actor.id:
        _must_fill(held, actor)
    elif held.author_id != actor.id and not actor.can("post.moderate"):
        raise Forbidden("Somebody else filled in this row.", reason="others_row")
    else:
        work.audit("table_row.deleted", ("post", post_id), row=row_id, filled_in_by=row.person_id)
    work.conn.execute(delete(TableRow).where(TableRow.id == row_id))
    work.record(events.row_taken_away(actor.id, held.author_id, row_id, _counted(work, post_id, -1)))


class _Held:
    """A post's table, locked: whose post it is, what it asks for, how many rows it has."""

    def __init__(self, row: Any, carried: PostTableView) -> None:
        self.author_id: int = row.author_id
        self.by_readers: bool = row.by_readers
        self.row_count: int = row.row_count
        self.carried = carried


def _held(work: Work, actor: Actor, post_id: int) -> _Held:
    """Raises `NotFound`. The table's row before the question who may read: who deletes the post waits, or has deleted it."""
    row = work.conn.execute(
        select(table(PostTable), Post.author_id, Post.carried_table)
        .join(Post, Post.id == PostTable.post_id)
        .where(PostTable.post_id == post_id)
        .with_for_update(of=table(PostTable))
    ).first()
    must_read(work.conn, actor, post_id)
    carried = None if row is None else from_stored(row.carried_table)
    if carried is None:
        raise NotFound()
    return _Held(row, carried)


def _row(work: Work, post_id: int, row_id: int) -> Any:
    one = select(table(TableRow)).where(TableRow.id == row_id, TableRow.post_id == post_id)
    row = work.conn.execute(one.with_for_update()).first()
    if row is None:
        raise NotFound()
    return row


def _must_fill(held: _Held, actor: Actor) -> None:
    if not held.by_readers and held.author_id != actor.id:
        raise Forbidden("Only its author fills in this table.", reason="author_fills", next_step="ask_author")


def _counted(work: Work, post_id: int, step: int) -> TableTally:
    count = work.conn.execute(
        update(PostTable)
        .where(PostTable.post_id == post_id)
        .values(row_count=PostTable.row_count + step)
        .returning(PostTable.row_count)
    ).scalar_one()
    return TableTally(post_id, count)
