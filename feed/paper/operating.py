"""Whether a proof pack is what this company made."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from feed.paper.proof import MADE
from server.audit import seal
from server.audit.models import AuditEntry
from server.kit.problems import NotFound, WrongState, invalid
from server.operating.acts import BY_THE_OPERATOR, OperatorAct
from server.org.models import Person


def verify_proof(conn: Connection, args: Mapping[str, str]) -> str:
    """Finds the entry of the pack with this SHA-256, and follows its chain. Raises `Invalid`, `NotFound`, `WrongState`."""
    digest = args["sha256"].strip().lower()
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise invalid(
            "sha256", "format", "--sha256 takes the file's SHA-256 in 64 hex digits (sha256sum FILE)."
        )
    made = conn.execute(
        select(AuditEntry.id, AuditEntry.at, AuditEntry.object_id, AuditEntry.actor_id).where(
            AuditEntry.act == MADE, AuditEntry.details.contains(digest, autoescape=True)
        )
    ).first()
    if made is None:
        raise NotFound(
            "No proof pack with this SHA-256 was made here: the file was changed, or is another company's."
        )
    if isinstance(seal.verify(conn, None), seal.Broken):
        raise WrongState("The pack's entry is there, but the audit log does not hold: see verify-audit.")
    name = conn.execute(select(Person.name).where(Person.id == made.actor_id)).scalar_one()
    return f"Made here of post {made.object_id} at {made.at:%Y-%m-%d %H:%M:%S} UTC by {name} (audit entry {made.id}). The audit log holds."


ACTS = [
    OperatorAct(
        "verify-proof",
        "tell whether a proof pack was made here and was not changed since",
        BY_THE_OPERATOR,
        verify_proof,
        takes={"sha256": "the file's SHA-256 in hex digits (sha256sum FILE)"},
        reads=True,
    )
]
