"""Uploads that hang on nothing for a day are swept; bytes that a kill left behind too."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, or_, select

from server.files import previews
from server.files.finishing import remove_bytes, throw_away
from server.files.models import File
from server.files.uploads import forget_key
from server.work.company import Company
from server.work.work import Work

UNREFERENCED = timedelta(days=1)
AT_ONCE = 200


async def sweep(company: Company, args: dict[str, Any]) -> None:
    """Safe to run twice, and beside somebody who attaches: whoever is first has it."""
    await asyncio.to_thread(previews.sweep, company.data)
    while stale := await company.read(lambda conn: _stale(conn, company)):
        for file_id, key, state in stale:
            if state == "gone":
                await asyncio.to_thread(remove_bytes, company, key)
                await company.write(partial(_forget, file_id))
            else:
                await throw_away(company, file_id, key)


def _forget(file_id: int, work: Work) -> None:
    forget_key(work, file_id)


def _stale(conn: Connection, company: Company) -> list[tuple[int, str, str]]:
    unreferenced = File.state.in_(("uploading", "ready")) & (
        File.created_at < company.clock.now() - UNREFERENCED
    )
    left_behind = (File.state == "gone") & (File.key != "")
    rows = conn.execute(
        select(File.id, File.key, File.state)
        .where(or_(unreferenced, left_behind))
        .order_by(File.id)
        .limit(AT_ONCE)
    )
    return [(row.id, row.key, row.state) for row in rows]
