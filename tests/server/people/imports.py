"""Uploading staff lists in tests, over HTTP as a browser does it."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import httpx2

from tests.house import Client
from tests.server.people.files import HEADINGS, csv

ADMINISTRATOR = "1002"
_keys = itertools.count(1)


def staff_list(rows: Iterable[Sequence[str]]) -> bytes:
    return csv([HEADINGS, *rows])


async def try_upload(
    client: Client,
    data: bytes,
    *,
    name: str = "花名册.csv",
    dry_run: bool = False,
    key: str | None = None,
) -> httpx2.Response:
    return await client.http.post(
        "/api/people/imports",
        params={"dry_run": "true" if dry_run else "false"},
        files={"file": (name, data)},
        headers={"Idempotency-Key": key or f"import-{next(_keys)}"},
    )


async def upload(client: Client, data: bytes, **about: Any) -> int:
    """The import's id."""
    response = await try_upload(client, data, **about)
    assert response.status_code == 202, response.text
    return int(response.json()["id"])


async def ended(client: Client, import_id: int, patience: float = 30.0) -> Any:
    """The import once it is done or failed. Asked for more and more seldom: the answers are made by who carries it out."""
    wait = 0.01
    async with asyncio.timeout(patience):
        while True:
            view = await client.get(f"/api/people/imports/{import_id}")
            if view["state"] in ("done", "failed"):
                return view
            await asyncio.sleep(wait)
            wait = min(wait * 1.3, 0.3)


async def imported(client: Client, data: bytes, *, patience: float = 30.0, **about: Any) -> Any:
    """Uploads a list and waits for the end."""
    return await ended(client, await upload(client, data, **about), patience)


async def rows_of(client: Client, import_id: int, **query: Any) -> list[Any]:
    """All rows, page by page."""
    found: list[Any] = []
    cursor = ""
    while True:
        page = await client.get(f"/api/people/imports/{import_id}/rows", cursor=cursor, **query)
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = page["next"]


def sums(view: Any) -> tuple[int, int, int, int]:
    return (view["created"], view["updated"], view["unchanged"], view["refused"])


def told(row: Any) -> list[tuple[str, str]]:
    return [(error["field"], error["code"]) for error in row["errors"]]


async def person(client: Client, number: str) -> Any:
    """The colleague with this staff number or e-mail."""
    people = (await client.get("/api/people", q=number, limit=100))["items"]
    return next(one for one in people if number in (one["staff_number"], one["email"]))
