"""What refers to a thing."""

from server.api.paging import Page
from server.api.route import Read, get
from server.cards.cards import CardKind, Ref
from server.db.keyset import page_size
from server.kit.module import every
from server.kit.problems import NotFound
from server.links.present import Traces
from server.links.traces import traces
from server.permissions.rules import SIGNED_IN


def list_traces(call: Read[None, Page]) -> Traces:
    """Where a thing that I may see is mentioned, newest first: by cards and by addresses in texts."""
    about = Ref(call.path["kind"], call.id())
    if about.kind not in {one.kind for one in every(call.company.modules, CardKind)}:
        raise NotFound()
    size = page_size(call.query.limit, 20)
    return traces(call.conn, call.actor, call.company.modules, about, size, call.query.cursor)


ROUTES = [
    get("/api/links/{kind:str}/{id:int}", SIGNED_IN, list_traces, output=Traces, query=Page),
]
