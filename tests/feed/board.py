"""Acts on posts as the tests of the feed need them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from sqlalchemy import delete, insert

from server.events.envelope import EVERYONE, Event
from server.org.models import PersonDepartment
from server.people.membership import settle
from server.people.present import person_puts
from server.work.work import Work
from tests.house import Client, House


async def publish(
    author: Client, audience: dict[str, Any], receipts: dict[str, Any] | None = None, text: str = "好"
) -> int:
    """The id of a new share."""
    return int((await try_publish(author, audience, receipts, text)).raise_for_status().json()["id"])


async def try_publish(
    author: Client, audience: dict[str, Any], receipts: dict[str, Any] | None = None, text: str = "好"
) -> httpx2.Response:
    body = {"kind": "share", "text": text, "audience": audience, "receipts": receipts}
    return await author.try_post("/api/posts", body)


async def confirm(client: Client, post: int, version: int = 1) -> httpx2.Response:
    return await client.http.put(f"/api/posts/{post}/receipt", json={"version": version})


def refusal(response: httpx2.Response) -> tuple[int, str]:
    """Status and code."""
    return response.status_code, response.json()["code"]


async def names_in(client: Client, post: int, column: str | None = None) -> list[int]:
    """Whom the panel shows to this person, page by page."""
    found: list[int] = []
    cursor = ""
    while True:
        params: dict[str, Any] = {"limit": 2, "cursor": cursor} | ({"column": column} if column else {})
        page = await client.get(f"/api/posts/{post}/receipts", **params)
        found += [row["person_id"] for row in page["items"]]
        if page["next"] is None:
            return found
        cursor = page["next"]


async def counts(client: Client, post: int) -> dict[str, int]:
    tally = (await client.get(f"/api/posts/{post}/receipts"))["counts"]
    return {name: tally[name] for name in ("asked", "done", "read", "withdrawn", "left")}


async def timeline(client: Client) -> list[int]:
    """The ids of all that this person may read, page by page."""
    found: list[int] = []
    cursor = ""
    while True:
        page = await client.get("/api/posts", limit=3, cursor=cursor)
        found += [post["id"] for post in page["items"]]
        if page["next"] is None:
            return found
        cursor = page["next"]


async def move(house: House, person: int, *departments: int) -> None:
    """The person now sits in these departments, as after an import."""

    def turn(work: Work) -> None:
        work.conn.execute(delete(PersonDepartment).where(PersonDepartment.person_id == person))
        rows = [
            {"person_id": person, "department_id": one, "is_main": at == 0, "position": at, "since": work.now}
            for at, one in enumerate(departments)
        ]
        if rows:
            work.conn.execute(insert(PersonDepartment), rows)
        settle(
            work, work.record(Event("person.changed", [EVERYONE], person_puts(work.conn, [person]))), [person]
        )

    await house.company.write(turn)


async def set_clock(client: Client, ahead: timedelta) -> datetime:
    """Moves the product's clock to this much after the machine's."""
    now = datetime.now(UTC) + ahead
    await client.put("/api/test/clock", {"now": now.isoformat()})
    return now
