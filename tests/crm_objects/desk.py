"""Customers and contacts as tests make and read them, over the wire."""

import itertools
import json
from typing import Any

import httpx2

from tests.house import Client

_numbers = itertools.count(1)
_WARNS = ("name", "phone", "email", "mobile", "wechat")
CUSTOMERS, CONTACTS = "/api/records/customer", "/api/records/contact"


async def make(client: Client, name: str = "", *, owner: Any = None, **fields: Any) -> dict[str, Any]:
    """A customer; answers its row."""
    named = {"name": name or f"远帆科技 {next(_numbers)}", **fields}
    body = {"fields": named, "duplicates": others(named), **({"owner": owner} if owner else {})}
    row: dict[str, Any] = (await client.post(CUSTOMERS, body))["item"]
    return row


def others(fields: dict[str, Any]) -> list[dict[str, str]]:
    """«Not the same», whatever is like it: stories share a house, and not all of them are about duplicates."""
    return [
        {"field": name, "verdict": "different", "reason": "另一个故事里的"}
        for name in fields
        if name in _WARNS
    ]


async def make_contact(client: Client, customer: int, **fields: Any) -> dict[str, Any]:
    named = {"name": f"钱多多 {next(_numbers)}", "customer": customer, **fields}
    body = {"fields": named, "duplicates": others(named)}
    row: dict[str, Any] = (await client.post(CONTACTS, body))["item"]
    return row


async def row_of(client: Client, record_id: int, path: str = CUSTOMERS) -> dict[str, Any]:
    row: dict[str, Any] = (await client.get(f"{path}/{record_id}"))["item"]
    return row


async def try_change(client: Client, record_id: int, version: int, **fields: Any) -> httpx2.Response:
    body = {"version": version, "fields": fields}
    return await client.http.patch(f"{CUSTOMERS}/{record_id}", json=body)


async def change(client: Client, record_id: int, version: int, **fields: Any) -> dict[str, Any]:
    reply = await try_change(client, record_id, version, **fields)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


async def listed(
    client: Client, path: str = CUSTOMERS, *, filter: list[Any] | None = None, **query: Any
) -> Any:
    """A page of a list."""
    if filter is not None:
        query["filter"] = json.dumps(filter, ensure_ascii=False)
    return await client.get(path, **query)


def names(page: dict[str, Any]) -> list[str]:
    return [row["title"] for row in page["items"]]


def errors(reply: httpx2.Response) -> dict[str, str]:
    """Field → code of a refusal."""
    return {one["field"]: one["code"] for one in reply.json()["errors"]}


def said(reply: httpx2.Response) -> str:
    """A status and, for a refusal, its code."""
    return str(reply.status_code) if reply.is_success else f"{reply.status_code} {reply.json()['code']}"
