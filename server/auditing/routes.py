"""The audit log: a page, and the whole of it as a file."""

from starlette.responses import Response, StreamingResponse

from server.api.endpoint import PRIVATE
from server.api.route import Await, Nothing, Read, awaits, get
from server.auditing import export, reading
from server.auditing.policies import MAY_EXPORT_AUDIT, MAY_READ_AUDIT
from server.auditing.present import AuditPage
from server.auditing.reading import AuditExport, AuditFilter, AuditQuery
from server.kit.clock import real_now
from server.work.work import Work


def list_entries(call: Read[None, AuditQuery]) -> AuditPage:
    """What was done, by whom, to what, from where; newest first."""
    return reading.page(call.conn, call.query)


async def export_entries(call: Await[AuditExport, Nothing]) -> Response:
    """The same as a CSV file. The export is an entry itself, and comes first in the file; so it is no GET."""

    def note(work: Work) -> None:
        filters = sorted(name for name in AuditFilter.__struct_fields__ if getattr(call.body.filter, name))
        work.audit(
            "audit.exported", ("audit", 0), entries=export.count(work.conn, call.body.filter), filters=filters
        )

    await call.write(note)
    name = f"tenfour-audit-{real_now():%Y%m%d-%H%M%S}.csv"
    return StreamingResponse(
        export.lines(call.company, call.body.filter, None),
        headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'},
        media_type="text/csv; charset=utf-8",
    )


ROUTES = [
    get("/api/audit", MAY_READ_AUDIT, list_entries, output=AuditPage, query=AuditQuery),
    awaits("POST", "/api/audit/export", MAY_EXPORT_AUDIT, export_entries, body=AuditExport),
]
