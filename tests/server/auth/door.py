"""At the door: sign-ins from chosen addresses, and a clock for what sessions, links and delays live by."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from server.auth import ending, module, renewal, second_factor, sessions, sign_in, step_up
from server.demo.people import PASSWORD
from server.people import invitations
from tests.house import House
from tests.server.api.wire import Headers, Reply, ask

JSON = ("Content-Type", "application/json")


async def knock(
    house: House,
    login: str,
    password: str = PASSWORD,
    *,
    source: str = "127.0.0.1",
    headers: Headers | None = None,
) -> Reply:
    """A sign-in from this address."""
    body = json.dumps({"login": login, "password": password}).encode()
    return await ask(house, "POST", "/api/session", [JSON, *(headers or [])], body, source)


def cookie_of(reply: Reply) -> str:
    """`name=value` of the cookie that was set."""
    return reply.header("set-cookie").partition(";")[0]


async def who(house: House, cookie: str) -> Reply:
    return await ask(house, "GET", "/api/me", [("Cookie", cookie)])


class RealTime:
    """What the door takes for the machine's time: the real one, moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.offset = timedelta(0)
        for user in (sign_in, sessions, invitations, module, second_factor, step_up, ending, renewal):
            monkeypatch.setattr(user, "real_now", self.now)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def move_to(self, moment: str) -> None:
        self.offset = datetime.fromisoformat(moment) - datetime.now(UTC) + timedelta(milliseconds=1)
