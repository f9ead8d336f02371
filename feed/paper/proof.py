"""The proof pack (N24): a post's paper as bytes, whose SHA-256 an audit entry holds. The audit log is sealed link by link, so who has the
file and the log can show later that it was made then, by that person, and says what it said.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from feed.paper.paper import paper
from server.kit.module import Module
from server.permissions.actor import Actor
from server.work.work import Work

MADE = "post.proof_made"


def prove(
    work: Work, actor: Actor, modules: Sequence[Module], post_id: int, now: datetime
) -> tuple[bytes, str]:
    """The file's bytes (JSON, UTF-8) and their SHA-256 in hex digits. Raises `NotFound`."""
    made = msgspec.json.format(msgspec.json.encode(paper(work.conn, actor, modules, post_id, now)), indent=2)
    digest = hashlib.sha256(made).hexdigest()
    work.audit(MADE, ("post", post_id), sha256=digest)
    return made, digest
