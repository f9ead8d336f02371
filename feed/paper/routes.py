"""A post on paper, to be printed; the same as a proof pack, to be kept."""

from base64 import b64encode

from starlette.responses import Response

from feed.paper import paper, proof
from feed.paper.present import PostPaper
from feed.policies import MAY_PROVE_POST, MAY_READ_POST
from server.api.endpoint import PRIVATE
from server.api.route import Await, Nothing, Read, awaits, get


def show(call: Read[None, Nothing]) -> PostPaper:
    """All that I may see of a post, with its versions and receipts, for printing."""
    return paper.paper(call.conn, call.actor, call.company.modules, call.id(), call.company.clock.now())


async def prove(call: Await[Nothing, Nothing]) -> Response:
    """The same as a file whose SHA-256 (`Repr-Digest`, RFC 9530) the audit log keeps; so it is no GET."""
    company = call.company
    done = await call.write(
        lambda work: proof.prove(work, call.actor, company.modules, call.id(), company.clock.now())
    )
    made, digest = done.value
    name = f"tenfour-post-{call.id()}-{digest[:8]}.json"
    headers = {
        **PRIVATE,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Repr-Digest": f"sha-256=:{b64encode(bytes.fromhex(digest)).decode()}:",
    }
    return Response(made, headers=headers, media_type="application/json")


ROUTES = [
    get("/api/posts/{id:int}/paper", MAY_READ_POST, show, output=PostPaper),
    awaits("POST", "/api/posts/{id:int}/proof", MAY_PROVE_POST, prove),
]
