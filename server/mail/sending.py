"""The job behind the outbox: hand a mail over, and remember what became of it.

    waiting → sent | failed (refused for good, or its time ran out); a passing trouble tries again, later each time

The same Message-ID travels on every try: when the line died after the final dot, nobody here can know whether the mail was taken.
"""

import asyncio
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any, Final

import aiosmtplib
import structlog
from sqlalchemy import Connection, delete, select, update

from server.config.smtp import SmtpServer
from server.kit.clock import real_now
from server.mail.models import Mail
from server.mail.outbox import JOB
from server.work.company import Company
from server.work.work import Work

# Below the lease of a job, so that no second runner begins while the first still speaks.
PATIENCE: Final = 40.0
ANSWER_WITHIN: Final = 15.0
LONGEST_PAUSE: Final = timedelta(hours=2)
KEPT: Final = timedelta(days=60)
# 5xx that speak of our settings, not of this mail: somebody may put them right.
_OURS = {530, 534, 535, 538}
logger = structlog.get_logger()


class RefusedForGood(Exception):
    """The other server will never take this mail; the sentence is its own."""


class NotNow(Exception):
    """It may work later."""


def pause(tries: int) -> timedelta:
    """10 s, 30 s, 90 s … two hours."""
    return min(timedelta(seconds=10 * 3 ** min(tries, 10)), LONGEST_PAUSE)


async def send(company: Company, args: dict[str, Any]) -> None:
    """One try. A mail that has ended is left alone."""
    mail_id = int(args["mail"])
    row = await company.read(lambda conn: _waiting(conn, mail_id))
    if row is None:
        return
    server = company.settings.smtp
    try:
        if row.expires_at <= real_now():
            raise RefusedForGood(row.reason or "Its time ran out.")
        if server is None:
            raise NotNow("No mail server is set.")
        await hand_over(server, message(server, row), row.address)
    except RefusedForGood as refusal:
        logger.warning("mail refused", mail=mail_id, tries=row.tries + 1)
        reason = str(refusal)
        await company.write(lambda work: _end(work, mail_id, "failed", reason))
    except NotNow as trouble:
        logger.warning("mail not sent yet", mail=mail_id, tries=row.tries + 1)
        reason = str(trouble)
        await company.write(lambda work: _later(work, mail_id, row.tries, row.expires_at, reason))
    else:
        await company.write(lambda work: _end(work, mail_id, "sent", ""))


def message(server: SmtpServer, row: Any) -> EmailMessage:
    """The same bytes on every try."""
    made = EmailMessage(policy=SMTP)
    made["From"] = server.sender
    made["To"] = formataddr((_line(row.name), row.address))
    made["Subject"] = row.subject
    made["Date"] = format_datetime(row.made_at)
    made["Message-ID"] = row.message_id
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(row.text)
    return made


async def hand_over(server: SmtpServer, mail: EmailMessage, address: str) -> None:
    """Returns when the other server has said that it has the mail. Raises `RefusedForGood` or `NotNow`."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username or None,
        password=server.password or None,
        use_tls=server.tls == "implicit",
        start_tls={"implicit": False, "required": True, "if_offered": None, "never": False}[server.tls],
        local_hostname=parseaddr(server.sender)[1].rpartition("@")[2],
        timeout=ANSWER_WITHIN,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            await client.connect()
            await client.send_message(mail, recipients=[address])
    except aiosmtplib.SMTPRecipientsRefused as error:
        one = error.recipients[0]
        raise _refusal(one.code, one.message) from None
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
        raise _refusal(error.code, error.message) from None
    except aiosmtplib.SMTPNotSupported as error:
        raise RefusedForGood(str(error)) from None
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise NotNow(f"{type(error).__name__}: {error}") from None
    except ValueError as error:  # an address that no mail can carry
        raise RefusedForGood(str(error)) from None
    finally:
        # It said yes or no already: how the line ends changes nothing.
        client.close()


def _refusal(code: int, said: str) -> Exception:
    for_good = 500 <= code < 600 and code not in _OURS
    return (RefusedForGood if for_good else NotNow)(f"{code} {said}")


def _waiting(conn: Connection, mail_id: int) -> Any:
    return conn.execute(
        select(Mail.__table__).where(Mail.id == mail_id, Mail.state == "waiting")
    ).one_or_none()


def _end(work: Work, mail_id: int, state: str, reason: str) -> None:
    """What it led to must not lie about longer than the mail itself."""
    work.conn.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.state == "waiting")
        .values(state=state, text="", tries=Mail.tries + 1, reason=_line(reason), ended_at=real_now())
    )


def _later(work: Work, mail_id: int, tries: int, expires_at: datetime, reason: str) -> None:
    """Once more after a pause, and a last time just before its end."""
    counted = work.conn.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.state == "waiting", Mail.tries == tries)
        .values(tries=tries + 1, reason=_line(reason))
    )
    if counted.rowcount != 1:
        return
    left = max(expires_at - real_now(), timedelta(0))
    at = work.now + min(pause(tries), left)
    work.enqueue(JOB, {"mail": mail_id}, key=f"{JOB}/{mail_id}/{tries + 1}", at=at)


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


def forget(conn: Connection, now: datetime) -> int:
    """Mail that ended long ago. Answers how many."""
    return conn.execute(delete(Mail).where(Mail.state != "waiting", Mail.ended_at < now - KEPT)).rowcount
