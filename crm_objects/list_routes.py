"""The routes of lists as a whole: what they come to, and one act on many of their records."""

from crm_objects.engine import bulk
from crm_objects.engine.bulk import BulkDone, BulkInput
from crm_objects.engine.filters import Asked
from crm_objects.engine.listing import Wanted
from crm_objects.engine.policies import MAY_DO_TO_MANY, MAY_READ
from crm_objects.engine.totals import RecordTotals, totals
from crm_objects.inputs import TotalsQuery
from crm_objects.standing import asked_of, desk_on
from server.api.endpoint import idempotency_key
from server.api.route import Answer, Await, Nothing, Read, Route, get
from server.work import idempotency
from server.work.idempotency import Earlier
from server.work.work import Work


def sum_up(call: Read[None, TotalsQuery]) -> RecordTotals:
    """How many, and what their numbers come to."""
    query = call.query
    return totals(asked_of(call), Wanted(query.view, query.filter, q=query.q), query.fields)


async def do_to_many(call: Await[BulkInput, Nothing]) -> Answer:
    """One act on many records, each by its own rule; refused ones are named."""
    key = idempotency_key(call.request)
    path, hashed = f"/api/records/{call.path['kind']}/bulk", idempotency.body_hash(call.raw)

    def begin(work: Work) -> int:
        earlier = idempotency.find(work.conn, call.actor.id, key, path, hashed)
        if earlier is not None:
            return earlier.ref_id
        made = bulk.begin(work, Asked(desk_on(work.conn, call), call.company), call.body)
        idempotency.keep(work, call.actor.id, key, path, hashed, 200, ("record_bulk", made))
        return made

    bulk_id = (await call.write(begin)).value
    while (done := await call.write(lambda work: bulk.go_on(work, desk_on(work.conn, call), bulk_id))).value:
        pass
    shown = await call.company.read(lambda conn: bulk.answer(desk_on(conn, call), bulk_id))
    return Answer(shown, done.seq)


def _again(call: Await[BulkInput, Nothing], earlier: Earlier) -> None:
    """`do_to_many` looks the key up by itself: it takes more than one turn."""


ROUTES = [
    get("/api/records/{kind:str}/totals", MAY_READ, sum_up, output=RecordTotals, query=TotalsQuery),
    Route(
        "POST",
        "/api/records/{kind:str}/bulk",
        MAY_DO_TO_MANY,
        do_to_many,
        "await",
        BulkDone,
        BulkInput,
        again=_again,
    ),
]
