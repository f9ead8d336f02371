"""Mail leaves the outbox once, or ends with a reason; what it held is gone when it ended (P11)."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.jobs.models import JobRow
from server.kit.clock import real_now
from server.kit.problems import Problem
from server.mail import outbox, sending
from server.mail.letters import Letter, Words
from server.mail.models import Mail
from server.mail.outbox import Recipient
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.house import serve
from tests.server.api.people import enter
from tests.server.mail.sink import DIES, Sink, link_in, text_of

LETTER = Letter(
    "test",
    Words("{company} 的信", "{name}：\n{link}\n{until}\n"),
    Words("From {company}", "{name}: {link}\n"),
)
TO = Recipient("李 敏", "limin@example.com", "zh-Hans")
LINK = "https://tenfour.example/join/secret-token"


async def put(company: Company, to: Recipient = TO, *, hours: float = 100) -> int:
    """A mail in the outbox; answers its id."""

    def turn(work: Work) -> int:
        assert outbox.put(work, LETTER, to, real_now() + timedelta(hours=hours), link=LINK)
        return work.conn.execute(select(Mail.id).order_by(Mail.id.desc())).scalars().first() or 0

    return (await company.write(turn)).value


async def row_of(company: Company, mail_id: int) -> Any:
    return await company.read(lambda c: c.execute(select(Mail.__table__).where(Mail.id == mail_id)).one())


async def jobs_of(company: Company, mail_id: int) -> list[Any]:
    rows = await company.read(lambda c: c.execute(select(JobRow.__table__).order_by(JobRow.id)).all())
    return [row for row in rows if row.name == outbox.JOB and json.loads(row.args) == {"mail": mail_id}]


async def send(company: Company, mail_id: int) -> None:
    await sending.send(company, {"mail": mail_id})


async def test_a_mail_is_queued_with_its_act_and_sent_once(company: Company, sink: Sink) -> None:
    mail_id = await put(company)
    assert len(await jobs_of(company, mail_id)) == 1
    await send(company, mail_id)
    await send(company, mail_id)
    [mail] = sink.accepted
    assert mail["Subject"] == "远桥科技 Farbridge 的信"
    assert mail["From"] == "收到 <tenfour@farbridge.example>"
    assert mail["To"].addresses[0].display_name == "李 敏"
    assert text_of(mail).startswith("李 敏：")
    assert link_in(mail) == LINK
    assert "(Asia/Shanghai)" in text_of(mail)
    row = await row_of(company, mail_id)
    assert (row.state, row.tries, row.text) == ("sent", 1, "")
    assert row.message_id == mail["Message-ID"]


async def test_what_is_rolled_back_sends_nothing(company: Company, sink: Sink) -> None:
    def turn(work: Work) -> None:
        outbox.put(work, LETTER, TO, real_now() + timedelta(hours=1), link=LINK)
        raise Problem("no")

    with pytest.raises(Problem):
        await company.write(turn)
    assert await company.read(lambda conn: conn.execute(select(Mail.id)).all()) == []


async def test_a_line_that_died_after_the_final_dot_is_tried_with_the_same_id(
    company: Company, sink: Sink
) -> None:
    mail_id = await put(company)
    sink.answers.extend([DIES])
    await send(company, mail_id)
    row = await row_of(company, mail_id)
    assert (row.state, row.tries) == ("waiting", 1)
    await send(company, mail_id)
    assert (await row_of(company, mail_id)).state == "sent"
    copies = {(mail["Message-ID"], text_of(mail), mail["Date"]) for mail in sink.accepted}
    assert len(sink.accepted) == 2
    assert len(copies) == 1


async def test_a_server_that_is_away_and_comes_back_gets_it_later(company: Company, sink: Sink) -> None:
    await sink.close()
    mail_id = await put(company)
    for tries in (1, 2, 3):
        await send(company, mail_id)
        assert (await row_of(company, mail_id)).tries == tries
    jobs = await jobs_of(company, mail_id)
    waits = [(later.run_at - jobs[0].run_at).total_seconds() for later in jobs[1:]]
    assert [job.state for job in jobs] == ["waiting"] * 4
    assert waits[0] >= 10
    assert waits[1] >= 30
    assert waits[2] >= 90
    await sink.open()
    await send(company, mail_id)
    assert [mail["Message-ID"] for mail in sink.accepted] == [(await row_of(company, mail_id)).message_id]


async def test_the_house_itself_tries_again_until_the_server_is_back(
    house_settings: SettingsMaker, sink: Sink
) -> None:
    await sink.close()
    async with serve(house_settings(smtp_url=sink.url, mail_from="t@farbridge.example")) as house:
        administrator = await enter(house, "1002")
        body = {"name": "周新", "email": "zhou@example.com", "mail": True}
        made = await administrator.post("/api/people", body)
        row = select(Mail.tries).where(Mail.address == "zhou@example.com")
        async with asyncio.timeout(10):
            while not await house.company.read(lambda conn: conn.execute(row).scalar_one()):
                await asyncio.sleep(0.02)
        await sink.open()
        later = (real_now() + timedelta(minutes=5)).isoformat()
        await administrator.put("/api/test/clock", {"now": later})
        assert link_in(await sink.mail_to("zhou@example.com")) == made["invitation"]["link"]


async def test_not_now_is_asked_again_and_never_is_not(company: Company, sink: Sink) -> None:
    mail_id = await put(company)
    sink.answers.extend(["451 4.3.0 try again later", "250 OK"])
    await send(company, mail_id)
    row = await row_of(company, mail_id)
    assert (row.state, row.reason) == ("waiting", "451 4.3.0 try again later")
    await send(company, mail_id)
    assert (await row_of(company, mail_id)).state == "sent"
    refused = await put(company)
    sink.answers.extend(["554 5.7.1 looks like spam"])
    await send(company, refused)
    row = await row_of(company, refused)
    assert (row.state, row.reason, row.text) == ("failed", "554 5.7.1 looks like spam", "")
    await send(company, refused)
    assert len(await jobs_of(company, refused)) == 1
    assert len(sink.accepted) == 1


async def test_an_address_that_nobody_has_ends_with_the_other_servers_words(
    company: Company, sink: Sink
) -> None:
    sink.unknown.add("nobody@example.com")
    mail_id = await put(company, Recipient("无", "nobody@example.com"))
    await send(company, mail_id)
    row = await row_of(company, mail_id)
    assert (row.state, row.reason) == ("failed", "550 5.1.1 no such mailbox")


async def test_after_its_end_nothing_is_sent_any_more(company: Company, sink: Sink) -> None:
    mail_id = await put(company, hours=-1)
    await send(company, mail_id)
    assert (await row_of(company, mail_id)).state == "failed"
    assert sink.tries == 0


async def test_two_runners_send_what_they_send_under_one_id_and_count_once(
    company: Company, sink: Sink
) -> None:
    mail_id = await put(company)
    await asyncio.gather(*[send(company, mail_id) for _ in range(3)])
    assert len({mail["Message-ID"] for mail in sink.accepted}) == 1
    row = await row_of(company, mail_id)
    assert (row.state, row.tries) == ("sent", 1)


async def test_a_name_cannot_write_headers(company: Company, sink: Sink) -> None:
    mail_id = await put(company, Recipient("Eve\r\nBcc: all@example.com", "eve@example.com"))
    await send(company, mail_id)
    [mail] = sink.accepted
    assert "Bcc" not in mail
    assert mail["To"].addresses[0].addr_spec == "eve@example.com"


async def test_without_an_address_or_a_server_nothing_is_put(company: Company) -> None:
    def turn(work: Work) -> bool:
        return outbox.put(work, LETTER, Recipient("张", ""), real_now() + timedelta(hours=1), link=LINK)

    assert not (await company.write(turn)).value
    assert await company.read(lambda conn: conn.execute(select(Mail.id)).all()) == []
