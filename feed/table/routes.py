"""The library of prepared tables, and the rows of a post's table."""

from starlette.responses import Response

from feed.inputs import SheetQuery
from feed.policies import (
    MAY_FILL_TABLE,
    MAY_OPEN_TABLE,
    MAY_PREPARE_TABLES,
    MAY_READ_POST,
    MAY_USE_TABLES,
)
from feed.present import PostView
from feed.sheet import XLSX
from feed.table import library, rows, sheet, tables
from feed.table.inputs import (
    ChangedPreparedTable,
    ChangedRow,
    Filling,
    NewPreparedTable,
    NewRow,
    TableOrder,
)
from feed.table.present import PreparedTableView, TableRowView
from server.api.endpoint import PRIVATE
from server.api.paging import Page
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, post, put
from server.files.names import disposition


def list_tables(call: Read[None, Nothing]) -> Items[PreparedTableView]:
    """The prepared tables in their order, retired ones last."""
    return Items(library.listed(call.conn))


def prepare(call: Write[NewPreparedTable, Nothing]) -> Made:
    """Prepare a table."""
    made = library.prepare(call.work, call.actor, call.body)
    return Made(("prepared_table", made.id), made)


def change(call: Write[ChangedPreparedTable, Nothing]) -> PreparedTableView:
    """Change a prepared table; what was posted stays as it was."""
    return library.change(call.work, call.actor, call.id(), call.body)


def order(call: Write[TableOrder, Nothing]) -> Items[PreparedTableView]:
    """Order what is offered."""
    return Items(library.order(call.work, call.actor, call.body.tables))


def retire(call: Write[Nothing, Nothing]) -> PreparedTableView:
    """No longer offered."""
    return library.retire(call.work, call.actor, call.id(), True)


def restore(call: Write[None, Nothing]) -> PreparedTableView:
    """Offered again."""
    return library.retire(call.work, call.actor, call.id(), False)


def list_rows(call: Read[None, Page]) -> Items[TableRowView]:
    """The rows of a post's table, in the order in which they were filled in."""
    query = call.query
    return Items(*rows.page(call.conn, call.actor, call.id(), query.limit, query.cursor))


def add_row(call: Write[NewRow, Nothing]) -> Made:
    """Fill in a row."""
    made = rows.add(call.work, call.actor, call.id(), call.body.cells)
    return Made(("table_row", made.id), made)


def change_row(call: Write[ChangedRow, Nothing]) -> TableRowView:
    """Change a row of mine."""
    body = call.body
    return rows.change(call.work, call.actor, call.id(), call.id("row_id"), body.version, body.cells)


def remove_row(call: Write[None, Nothing]) -> None:
    """Take away a row of mine, or of anybody's where the post is mine."""
    rows.remove(call.work, call.actor, call.id(), call.id("row_id"))


def open_to_readers(call: Write[Filling, Nothing]) -> PostView:
    """Let readers fill in rows of my post's table, or no longer."""
    return tables.open_to_readers(call.work, call.actor, call.id(), call.body.by_readers)


def export(call: Read[None, SheetQuery]) -> Response:
    """The rows as a spreadsheet (XLSX)."""
    name, made = sheet.sheet(call.conn, call.actor, call.id(), call.query.language, call.company.zone)
    headers = {**PRIVATE, "Content-Disposition": disposition(name, inline=False)}
    return Response(made, headers=headers, media_type=XLSX)


ROUTES = [
    get("/api/tables", MAY_USE_TABLES, list_tables, output=Items[PreparedTableView]),
    post(
        "/api/tables",
        MAY_PREPARE_TABLES,
        prepare,
        again=lambda call, earlier: library.view(call.conn, earlier.ref_id),
        output=PreparedTableView,
        body=NewPreparedTable,
    ),
    put("/api/tables/order", MAY_PREPARE_TABLES, order, output=Items[PreparedTableView], body=TableOrder),
    put(
        "/api/tables/{id:int}",
        MAY_PREPARE_TABLES,
        change,
        output=PreparedTableView,
        body=ChangedPreparedTable,
    ),
    put("/api/tables/{id:int}/retirement", MAY_PREPARE_TABLES, retire, output=PreparedTableView),
    delete(
        "/api/tables/{id:int}/retirement", MAY_PREPARE_TABLES, restore, output=PreparedTableView, status=200
    ),
    put("/api/posts/{id:int}/table", MAY_OPEN_TABLE, open_to_readers, output=PostView, body=Filling),
    get("/api/posts/{id:int}/table/rows", MAY_READ_POST, list_rows, output=Items[TableRowView], query=Page),
    post(
        "/api/posts/{id:int}/table/rows",
        MAY_FILL_TABLE,
        add_row,
        again=lambda call, earlier: rows.view_of(call.conn, call.actor, earlier.ref_id),
        output=TableRowView,
        body=NewRow,
    ),
    put(
        "/api/posts/{id:int}/table/rows/{row_id:int}",
        MAY_FILL_TABLE,
        change_row,
        output=TableRowView,
        body=ChangedRow,
    ),
    delete("/api/posts/{id:int}/table/rows/{row_id:int}", MAY_FILL_TABLE, remove_row),
    get("/api/posts/{id:int}/table/sheet", MAY_READ_POST, export, output=None, query=SheetQuery),
]
