"""What mail adds to the house."""

from typing import Any

from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.kit.clock import real_now
from server.kit.module import Module
from server.mail import sending
from server.mail.outbox import JOB
from server.work.company import Company


async def forget(company: Company, args: dict[str, Any]) -> None:
    """What became of old mail."""
    await company.write(lambda work: sending.forget(work.conn, real_now()))


MODULE = Module(
    "mail",
    Job(JOB, BY_THE_HOUSE, sending.send),
    Job("forget_mail", BY_THE_HOUSE, forget),
    Schedule("forget_mail", 86_400),
)
