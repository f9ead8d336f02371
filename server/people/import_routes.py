"""The staff import's routes: upload, progress, rows, links."""

from typing import Literal
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from server.api.endpoint import idempotency_key
from server.api.paging import Page
from server.api.route import Answer, Await, Items, Nothing, Read, awaits, get
from server.api.uploads import read_upload
from server.people import import_file, imports
from server.people.import_present import ImportLinks, ImportRowView, StaffImportView
from server.people.policies import MAY_IMPORT
from server.people.present import PersonView
from server.people.sheet import MAX_BYTES


class ImportQuery(msgspec.Struct, forbid_unknown_fields=True):
    """A dry run tells what the import would do, row by row, and changes nobody. Departments that are not there are created, or
    the rows that name them refused."""

    dry_run: bool = False
    departments: Literal["create", "refuse"] = "create"


class ImportRowsQuery(Page, forbid_unknown_fields=True):
    outcome: Literal["created", "updated", "unchanged", "refused"] | None = None


class ResultQuery(msgspec.Struct, forbid_unknown_fields=True):
    language: Literal["zh-Hans", "en"] = "zh-Hans"


class ImportAccepted(msgspec.Struct):
    id: int


class AskLinks(msgspec.Struct, forbid_unknown_fields=True):
    """`replace` makes new links and the earlier ones useless; `mail` sends them to who has an address."""

    replace: bool = False
    mail: bool = False


async def upload(call: Await[Nothing, ImportQuery]) -> Answer:
    """Take a staff list (CSV or XLSX); it is carried out in the background."""
    key = idempotency_key(call.request)
    file = await read_upload(call.request, MAX_BYTES)
    accepted = await imports.accept(
        call.company,
        call.actor,
        file,
        dry_run=call.query.dry_run,
        key=key,
        makes_departments=call.query.departments == "create",
    )
    return Answer(ImportAccepted(accepted.id), accepted.seq)


def list_imports(call: Read[None, Page]) -> Items[StaffImportView]:
    """Imports and dry runs, newest first."""
    return Items(*imports.newest(call.conn, call.query.limit, call.query.cursor))


def show_import(call: Read[None, Nothing]) -> StaffImportView:
    """How far an import is."""
    return imports.one(call.conn, call.id())


def list_rows(call: Read[None, ImportRowsQuery]) -> Items[ImportRowView]:
    """What became of each row."""
    query = call.query
    return Items(*imports.rows(call.conn, call.id(), query.outcome, query.limit, query.cursor))


def list_missing(call: Read[None, Page]) -> Items[PersonView]:
    """The employees whom no row was about. Nothing happened to them."""
    return Items(*imports.missing(call.conn, call.id(), call.query.limit, call.query.cursor))


def result_file(call: Read[None, ResultQuery]) -> Response:
    """What became of each row and who is missing, as a CSV that spreadsheet programs open."""
    text = import_file.result(call.conn, call.id(), call.query.language)
    name = quote(import_file.NAMES[call.query.language])
    headers = {"Content-Disposition": f"attachment; filename=import.csv; filename*=UTF-8''{name}"}
    return Response(text.encode(), headers=headers, media_type="text/csv; charset=utf-8")


async def make_links(call: Await[AskLinks, Nothing]) -> Answer:
    """Single-use links for the new people, shown once."""
    body = call.body
    done = await call.write(
        lambda work: imports.links(work, call.actor, call.id(), replace=body.replace, mail=body.mail)
    )
    return Answer(done.value, done.seq)


_ONE = "/api/people/imports/{id:int}"

IMPORT_ROUTES = [
    awaits(
        "POST",
        "/api/people/imports",
        MAY_IMPORT,
        upload,
        output=ImportAccepted,
        query=ImportQuery,
        status=202,
        upload=True,
    ),
    get("/api/people/imports", MAY_IMPORT, list_imports, output=Items[StaffImportView], query=Page),
    get(_ONE, MAY_IMPORT, show_import, output=StaffImportView),
    get(f"{_ONE}/rows", MAY_IMPORT, list_rows, output=Items[ImportRowView], query=ImportRowsQuery),
    get(f"{_ONE}/missing", MAY_IMPORT, list_missing, output=Items[PersonView], query=Page),
    get(f"{_ONE}/result", MAY_IMPORT, result_file, output=None, query=ResultQuery),
    awaits("POST", f"{_ONE}/links", MAY_IMPORT, make_links, output=ImportLinks, body=AskLinks),
]
