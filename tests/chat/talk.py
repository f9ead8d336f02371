"""Small words for the tests of chat: a group, a message over HTTP or a socket, what the rows say."""

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from sqlalchemy import select

from chat.models import Conversation, Message
from server.work.company import Company
from server.work.work import Work
from tests.house import Client, Live

_numbers = itertools.count(1)


def fresh(word: str = "c") -> str:
    return f"{word}-{next(_numbers)}"


async def group_of(owner: Client, *people: int) -> int:
    made = await owner.post(
        "/api/conversations", {"kind": "group", "name": fresh("G"), "people": list(people)}
    )
    return int(made["id"])


async def try_send(client: Client, conversation: int, **body: Any) -> httpx2.Response:
    body = {"client_id": fresh(), "text": "hello", **body}
    return await client.try_post(f"/api/conversations/{conversation}/messages", body)


async def send(client: Client, conversation: int, **body: Any) -> Any:
    answer = await try_send(client, conversation, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def say(
    live: Live, conversation: int, client_id: str, text: str = "hello", **more: Any
) -> dict[str, Any]:
    """Sends over the socket; the frame that answers this client id."""
    await live.say(op="send", conversation=conversation, client_id=client_id, text=text, **more)
    return await live.until(
        lambda frame: frame["op"] in ("sent", "refused") and frame.get("client_id") == client_id
    )


async def stored(company: Company, conversation: int) -> list[Any]:
    """The text messages as rows, in order of their numbers."""
    return await company.read(
        lambda conn: list(
            conn.execute(
                select(Message.__table__)
                .where(Message.conversation_id == conversation, Message.kind == "text")
                .order_by(Message.number)
            )
        )
    )


@asynccontextmanager
async def held(company: Company, conversation: int) -> AsyncIterator[None]:
    """While inside, nothing is written to this conversation: what is sent waits and is written together afterwards."""
    inside, release = threading.Event(), threading.Event()

    def turn(work: Work) -> None:
        work.conn.execute(select(Conversation.id).where(Conversation.id == conversation).with_for_update())
        inside.set()
        release.wait(10)

    holding = asyncio.ensure_future(company.write(turn))
    await asyncio.to_thread(inside.wait, 10)
    try:
        yield
    finally:
        release.set()
        await holding
