"""Sealing what was written since the last time. Safe with two runners and when cut (server/audit/seal.py)."""

from typing import Any

import structlog

from server.audit import seal
from server.kit.clock import real_now
from server.work.company import Company

logger = structlog.get_logger()


async def seal_audit(company: Company, args: dict[str, Any]) -> None:
    """The newest link goes to the server's log too: a copy outside of the database."""
    if not await company.read(seal.has_unsealed):
        return
    while (head := (await company.write(lambda work: seal.seal(work.conn, real_now()))).value) is not None:
        logger.info("audit sealed", number=head.number, hash=head.hash)
