"""Who is who around one post and one conversation."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.house import Client, House
from tests.server.api.people import cookie, department_id, enter, enter_as, make_person
from tests.server.api.samples import tomorrow
from tests.server.api.wire import Headers, Reply, ask

# Staff numbers of the demo. The author leads the two who must confirm; the head leads the author.
AUTHOR, REQUIRED, OTHER_REQUIRED, READER, HEAD, BOSS, OUTSIDER = (
    "1004",
    "1005",
    "1006",
    "1007",
    "1003",
    "1001",
    "1017",
)
NOWHERE = 10**9
_keys = itertools.count(1)


@dataclass
class Cast:
    """Clients by role; None is the signed-out."""

    house: House
    by_role: dict[str, Client | None]
    department: int
    named: list[int]

    def __getitem__(self, role: str) -> Client:
        client = self.by_role[role]
        assert client is not None
        return client


async def assemble(house: House) -> Cast:
    """Everybody, and an outsider from beyond the company who may read what is addressed to them by name."""
    numbers = {
        "author": AUTHOR, "required": REQUIRED, "other required": OTHER_REQUIRED, "reader": READER, "manager above": HEAD,
        "boss": BOSS, "outsider": OUTSIDER, "administrator": "1002", "manager elsewhere": "1012",
    }  # fmt: skip
    by_role: dict[str, Client | None] = {role: await enter(house, number) for role, number in numbers.items()}
    by_role["external"] = await enter_as(house, await make_person(house, "E1", "external", "external"))
    by_role["anonymous"] = None
    cast = Cast(house, by_role, await department_id(house, "华东/销售一部"), [])
    cast.named = [cast[role].id for role in ("manager above", "boss", "external")]
    return cast


async def publish(
    cast: Cast, text: str = "请确认", receipts: bool = True, options: Sequence[str] = ()
) -> int:
    """The author's post to the department and the named; the two must confirm."""
    body: dict[str, Any] = {
        "kind": "share",
        "text": text,
        "audience": {"departments": [cast.department], "people": cast.named},
    }
    if receipts:
        people = [cast["required"].id, cast["other required"].id]
        body["receipts"] = {"people": people, "due_at": tomorrow()}
    if options:
        body["poll"] = {"options": list(options)}
    return int((await cast["author"].post("/api/posts", body))["id"])


async def act(
    house: House, client: Client | None, method: str, path: str, body: Any = None, key: str = ""
) -> Reply:
    """One request of this person, the answer as bytes."""
    headers: Headers = [("Cookie", cookie(client))] if client else []
    if method == "POST":
        headers.append(("Idempotency-Key", key or f"{next(_keys)}"))
    raw = None
    if body is not None:
        headers.append(("Content-Type", "application/json"))
        raw = json.dumps(body).encode()
    return await ask(house, method, path, headers, raw)


def outcome(reply: Reply) -> str:
    """`200`, or a refusal's status and code."""
    return str(reply.status) if reply.status < 300 else f"{reply.status} {reply.json()['code']}"
