"""Inviting one person from the directory, and links by mail."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from server.config.settings import Settings
from server.mail.models import Mail
from tests.house import House, serve
from tests.server.api.conftest import shared_settings
from tests.server.api.people import department_id, enter, person_id
from tests.server.mail.sink import Sink, link_in, text_of
from tests.server.people.runs import carried_out, queued

__all__ = ["shared_settings"]


@pytest.fixture(scope="module")
async def sink(shared_settings: Settings) -> AsyncIterator[Sink]:
    """One for each database: what was sent from the other is not in it."""
    made = Sink()
    await made.open()
    yield made
    await made.close()


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings, sink: Sink) -> AsyncIterator[House]:
    async with serve(
        dataclasses.replace(shared_settings, smtp_url=sink.url, mail_from="tenfour@example.com")
    ) as house:
        yield house


async def test_one_new_person_is_invited_and_everybody_sees_it(shared: House, sink: Sink) -> None:
    administrator, seller = await enter(shared, "1002"), await enter(shared, "1005")
    place = {
        "department_ids": [await department_id(shared, "总部/行政部")],
        "manager_id": await person_id(shared, "1004"),
        "title": "前台",
        "kind": "employee",
    }
    body = {
        "name": "新同事",
        "phone": "139 1234 1111",
        "email": "Newbie@Example.com",
        "place": place,
        "mail": True,
    }
    async with seller.live() as live:
        made = await administrator.post("/api/people", body, key="invite-1")
        seen = (await live.event("person.changed", name="新同事"))["changes"][0]["data"]
    assert seen == made["person"]
    assert (seen["state"], seen["phone"], seen["email"]) == ("invited", "13912341111", "newbie@example.com")
    assert (seen["manager_id"], seen["department_ids"]) == (place["manager_id"], place["department_ids"])
    mail = await sink.mail_to("newbie@example.com")
    assert link_in(mail) == made["invitation"]["link"]
    assert "13912341111" in text_of(mail)
    assert made["invitation"]["mailed"]
    again = await administrator.post("/api/people", body, key="invite-1")
    assert again == {"person": seen, "invitation": None}


async def test_a_taken_name_is_refused_by_its_field_and_of_two_at_once_one_is_made(shared: House) -> None:
    administrator = await enter(shared, "1002")
    taken = await administrator.try_post("/api/people", {"name": "某人", "staff_number": "1005"})
    error = taken.json()["errors"][0]
    assert (taken.status_code, error["field"], error["code"]) == (422, "staff_number", "sign_in_name_taken")
    replies = await asyncio.gather(
        *[administrator.try_post("/api/people", {"name": f"甲{n}", "phone": "13912342222"}) for n in range(4)]
    )
    assert sorted(reply.status_code for reply in replies) == [201, 422, 422, 422]
    found = await administrator.get("/api/people", q="13912342222")
    assert len(found["items"]) == 1


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"name": " "}, "name", "required"),
    ({"phone": "12"}, "phone", "phone_invalid"),
    ({"email": "a@b"}, "email", "email_invalid"),
    ({"phone": ""}, "phone", "identifier_missing"),
    ({"place": {"department_ids": [99999]}}, "department_ids", "not_found"),
    ({"place": {"manager_id": 99999}}, "manager_id", "not_found"),
    ({"place": {"kind": "bot"}}, "place.kind", "choice"),
]


async def test_what_is_wrong_is_named_and_nobody_is_made(shared: House) -> None:
    administrator = await enter(shared, "1002")
    for wrong, field, code in WRONG:
        refused = await administrator.try_post("/api/people", {"name": "乙", "phone": "13912343333", **wrong})
        error = refused.json()["errors"][0]
        assert (refused.status_code, error["field"], error["code"]) == (422, field, code)
    assert (await administrator.get("/api/people", q="13912343333"))["items"] == []
    refused = await (await enter(shared, "1004")).try_post(
        "/api/people", {"name": "丙", "phone": "13912344444"}
    )
    assert refused.status_code == 403


async def test_somebody_from_outside_hears_nothing_of_everyone(shared: House) -> None:
    administrator = await enter(shared, "1002")
    made = await administrator.post(
        "/api/people", {"name": "经纪人", "phone": "13912345555", "place": {"kind": "external"}}
    )
    assert made["person"]["kind"] == "external"
    token = made["invitation"]["link"].rpartition("/")[2]
    assert not made["invitation"]["mailed"]
    outsider = shared.anonymous()
    outsider.me = await outsider.post(f"/api/invitations/{token}", {"password": "correct horse 4"})
    assert outsider.me["capabilities"] == {}
    assert (await outsider.http.get("/api/people")).status_code == 403


async def test_a_fresh_link_goes_by_mail_on_request(shared: House, sink: Sink) -> None:
    administrator = await enter(shared, "1002")
    made = await administrator.post("/api/people", {"name": "丁", "email": "ding@example.com"})
    assert not made["invitation"]["mailed"]
    assert not sink.to("ding@example.com")
    fresh = await administrator.post(f"/api/people/{made['person']['id']}/invitation", {"mail": True})
    assert fresh["mailed"]
    assert link_in(await sink.mail_to("ding@example.com")) == fresh["link"]


async def test_an_imports_links_go_to_who_has_an_address(shared: House, sink: Sink) -> None:
    administrator = await enter(shared, "1002")
    rows = [["戊", "", "wu@example.com", "", "", "", ""], ["己", "", "", "N-801", "", "", ""]]
    import_id = await queued(shared.company, rows)
    await carried_out(shared.company, import_id)
    links = await administrator.post(f"/api/people/imports/{import_id}/links", {"mail": True})
    assert [(item["name"], item["mailed"]) for item in links["items"]] == [("戊", True), ("己", False)]
    assert link_in(await sink.mail_to("wu@example.com")) == links["items"][0]["link"]
    again = await administrator.try_post(f"/api/people/imports/{import_id}/links", {"mail": True})
    assert again.status_code == 409
    kinds = select(Mail.kind).where(Mail.address == "wu@example.com")
    assert await shared.company.read(lambda c: c.execute(kinds).scalars().all()) == ["invitation"]
