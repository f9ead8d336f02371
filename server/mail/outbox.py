"""Putting mail into the outbox, in the transaction of the act that wants it. Called by use-cases; `sending` carries it out."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid, parseaddr
from typing import Any

from sqlalchemy import insert

from server.config.settings import Settings
from server.kit.clock import real_now
from server.mail.letters import Letter, shown_time
from server.mail.models import Mail
from server.work.company import profile_of
from server.work.work import Work

JOB = "send_mail"


@dataclass(frozen=True)
class Recipient:
    """`language` zh-Hans | en | "" (the company's)."""

    name: str
    address: str
    language: str = ""
    person_id: int | None = None


def is_possible(settings: Settings) -> bool:
    """Whether a mail server is set."""
    return bool(settings.smtp_url)


def put(work: Work, letter: Letter, to: Recipient, expires_at: datetime, **values: Any) -> bool:
    """One mail, sent exactly when this act is committed. Answers False, and does nothing, where no mail server is set or nobody's
    address is known. `company`, `name` and `until` (the end of what the mail leads to) are filled in too."""
    server = work.company.settings.smtp
    if server is None or not to.address:
        return False
    profile = profile_of(work.conn)
    until = shown_time(expires_at, profile.time_zone)
    words = letter.filled(
        to.language or profile.language, {"company": profile.name, "name": to.name, "until": until, **values}
    )
    mail_id = work.conn.execute(
        insert(Mail)
        .values(
            kind=letter.kind,
            message_id=make_msgid(domain=parseaddr(server.sender)[1].rpartition("@")[2]),
            person_id=to.person_id,
            name=to.name,
            address=to.address,
            subject=words.subject,
            text=words.text,
            state="waiting",
            made_at=real_now(),
            expires_at=expires_at,
        )
        .returning(Mail.id)
    ).scalar_one()
    work.enqueue(JOB, {"mail": mail_id}, key=f"{JOB}/{mail_id}")
    return True
