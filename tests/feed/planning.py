"""Schedule items as the tests need them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from feed.schedule.module import PARTS
from server.db.invariant import Invariant
from tests.house import Client, House


def times(hours: float = 2, length: float = 1) -> dict[str, Any]:
    """From so many hours from now, to the second, for so many hours."""
    begins = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
    return {"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=length)).isoformat()}


async def try_plan(author: Client, people: list[int], **about: Any) -> Any:
    details = {**times(), "people": people, **about.pop("details", {})}
    body = {"kind": "schedule", "text": "周会", "audience": {"people": people}, "details": details, **about}
    return await author.try_post("/api/posts", body)


async def plan(author: Client, people: list[int], **about: Any) -> int:
    return int((await try_plan(author, people, **about)).raise_for_status().json()["id"])


async def answer(client: Client, post: int, said: str, word: str = "", sequence: int = 0) -> Any:
    body = {"answer": said, "sequence": sequence, "word": word}
    return await client.http.put(f"/api/posts/{post}/invitation", json=body)


async def waiting(client: Client) -> set[int]:
    todos = (await client.get("/api/todos", category="schedule"))["items"]
    return {one["source"]["id"] for one in todos}


async def counts(client: Client, post: int) -> tuple[int, int, int, int]:
    tally = (await client.get(f"/api/posts/{post}/invitations"))["counts"]
    return tally["asked"], tally["accepted"], tally["tentative"], tally["declined"]


async def days_in(client: Client, since: str, until: str, post: int) -> list[str]:
    found = (await client.get("/api/schedule", since=since, until=until))["items"]
    return [one["day"] for one in found if one["post_id"] == post]


async def hold(house: House) -> None:
    rules = [one for one in PARTS if isinstance(one, Invariant)]
    broken = await house.company.read(
        lambda conn: [rule.says for rule in rules if conn.exec_driver_sql(rule.broken).first()]
    )
    assert broken == []
