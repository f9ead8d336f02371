"""A real SMTP server that keeps what it accepts, and behaves badly when told to."""

import asyncio
import re
from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from tests.servers import free_port

DIES = "dies"  # the line breaks after the final dot, though the mail was taken


class Sink:
    """`answers` are given to the next mails after their final dot, else 250; `unknown` addresses are refused at RCPT."""

    def __init__(self) -> None:
        self.port = free_port()
        self.accepted: list[EmailMessage] = []
        self.answers: deque[str] = deque()
        self.unknown: set[str] = set()
        self.tries = 0
        self.arrived = asyncio.Event()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, hostname="sink.example", enable_SMTPUTF8=True), "127.0.0.1", self.port
        )

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.tries += 1
        answer = self.answers.popleft() if self.answers else "250 OK"
        if answer.startswith("250") or answer == DIES:
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.accepted.append(mail)
        self.arrived.set()
        if answer == DIES:
            server.transport.abort()
            return "250 nobody hears this"
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.accepted if address in mail["To"]]

    async def mail_to(self, address: str) -> EmailMessage:
        """The first mail to this address, awaited."""
        async with asyncio.timeout(10):
            while not self.to(address):
                self.arrived.clear()
                await self.arrived.wait()
        return self.to(address)[0]


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def link_in(mail: EmailMessage) -> str:
    """The address that the mail leads to."""
    found = re.search(r"https?://\S+", text_of(mail))
    assert found is not None, text_of(mail)
    return found.group()
