"""Tables as they are posted: a prepared one is copied, with the rows that the author filled in; readers fill in theirs, or do not."""

import msgspec
from sqlalchemy import insert, select, update

from feed import details
from feed.models import Post
from feed.policies import must_read
from feed.present import PostView, posts
from feed.table.cells import checked_rows
from feed.table.inputs import TableInput
from feed.table.models import PostTable, PreparedTable, TableRow
from feed.table.present import PostTableView, from_stored, prepared, stored
from server.db.base import table
from server.kit.problems import Forbidden, NotFound, invalid
from server.permissions.actor import Actor
from server.work.work import Work


def begin(work: Work, actor: Actor, post_id: int, new: TableInput) -> None:
    """Written in the act of publishing. Raises `Invalid` on `table.…`, of a wrong cell as `table.rows[2][1]`."""
    row = work.conn.execute(select(table(PreparedTable)).where(PreparedTable.id == new.table)).first()
    if row is None:
        raise invalid("table.table", "not_found", "There is no such table.")
    if row.retired_at is not None:
        raise invalid("table.table", "retired", "This table is offered no longer.")
    if row.version != new.version:
        raise invalid("table.version", "changed", "The table was changed meanwhile; look at it again.")
    view = prepared(row)
    rows = checked_rows(work.conn, view.columns, new.rows, "table.rows")
    carried = PostTableView(view.id, view.name, view.note, view.columns, new.by_readers)
    work.conn.execute(
        insert(PostTable).values(post_id=post_id, by_readers=new.by_readers, row_count=len(rows))
    )
    work.conn.execute(update(Post).where(Post.id == post_id).values(carried_table=stored(carried)))
    if rows:
        filled = [
            {"post_id": post_id, "person_id": actor.id, "cells": stored(one), "created_at": work.now}
            for one in rows
        ]
        work.conn.execute(insert(table(TableRow)), filled)


def open_to_readers(work: Work, actor: Actor, post_id: int, by_readers: bool) -> PostView:
    """Twice is the same; rows that are there stay. Raises `NotFound`, `Forbidden`."""
    must_read(work.conn, actor, post_id)
    # The post before its table, as who deletes it.
    row = work.conn.execute(select(table(Post)).where(Post.id == post_id).with_for_update()).one()
    hold(work, post_id)
    was = from_stored(row.carried_table)
    if was is None or row.deleted_at is not None:
        raise NotFound()
    if row.author_id != actor.id:
        raise Forbidden("Only the author decides who fills in the table.", next_step="ask_author")
    if was.by_readers != by_readers:
        carried = msgspec.structs.replace(was, by_readers=by_readers)
        work.conn.execute(update(PostTable).where(PostTable.post_id == post_id).values(by_readers=by_readers))
        work.conn.execute(update(Post).where(Post.id == post_id).values(carried_table=stored(carried)))
        details.told(work, actor, row)
    return posts(work.conn, [post_id])[0]


def hold(work: Work, post_id: int) -> None:
    """Nobody fills in a row until this act has ended; who waits looks again at whether the post may be read."""
    work.conn.execute(select(PostTable.post_id).where(PostTable.post_id == post_id).with_for_update()).all()
