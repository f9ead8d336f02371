"""`/metrics` tells what happens, to whom it is meant for, and holds nothing about anybody."""

import asyncio
from typing import Any

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection

from server.kit.problems import Unavailable
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.house import House, serve

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


async def scrape(house: House, **headers: str) -> httpx2.Response:
    return await house.anonymous().http.get("/metrics", headers=headers)


async def figures(house: House) -> Figures:
    answer = await scrape(house)
    assert answer.status_code == 200, answer.text
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(found: Figures, name: str, **labels: str) -> float:
    return found[name, frozenset(labels.items())]


async def test_requests_are_counted_by_route_and_status_and_never_by_what_strangers_type(
    house: House,
) -> None:
    person = await house.sign_in("1004")
    for number in (1, 2, 3, 9_999):
        await person.http.get(f"/api/people/{number}")
    await person.http.get("/api/secret-of-zhang")
    await house.anonymous().http.get("/api/me")
    await house.anonymous().http.request("BREW", "/api/me")
    found = await figures(house)
    route = "/api/people/{id:int}"
    assert value(found, "tenfour_http_requests_total", method="GET", route=route, status="200") == 3
    assert value(found, "tenfour_http_requests_total", method="GET", route=route, status="404") == 1
    assert value(found, "tenfour_http_seconds_count", method="GET", route=route) == 4
    assert value(found, "tenfour_http_requests_total", method="GET", route="/api/me", status="401") == 1
    assert not [name for name in found if "zhang" in str(name) or "BREW" in str(name) or "9999" in str(name)]


async def test_sockets_events_batches_and_jobs_are_told(house: House) -> None:
    person, other = await house.sign_in("1004"), await house.sign_in("1005")
    direct = await person.post("/api/conversations", {"kind": "direct", "people": [other.id]})
    async with other.live() as one, other.live():
        before = await figures(house)
        assert (value(before, "tenfour_sockets"), value(before, "tenfour_people_online")) == (2, 1)
        await person.post(
            f"/api/conversations/{direct['id']}/messages",
            {"client_id": "m", "text": "收到", "reply_to": None},
        )
        await one.event("message.sent")

        def turn(work: Work) -> None:
            work.enqueue("nobody_knows_this", {}, key="x")

        await house.company.write(turn)
        async with asyncio.timeout(10):
            told = ("tenfour_jobs", frozenset({("job", "nobody_knows_this"), ("state", "waiting")}))
            # Reactions to the message write too, at a moment of their own.
            while told not in (after := await figures(house)) or value(after, "tenfour_writes_waiting"):
                await asyncio.sleep(0.01)
    assert value(after, "tenfour_log_head") == value(before, "tenfour_log_head") + 1
    assert value(after, "tenfour_hub_lag") == 0
    assert value(after, "tenfour_database_up") == value(after, "tenfour_bus_up") == 1
    assert (
        value(after, "tenfour_batch_acts_count")
        == value(after, "tenfour_batch_acts_bucket", le="+Inf")
        >= value(before, "tenfour_batch_acts_count") + 1
    )
    assert value(after, "tenfour_connections", pool="read") > value(
        after, "tenfour_connections_in_use", pool="read"
    )
    assert value(after, "process_resident_memory_bytes") > 0
    assert value(after, "tenfour_disk_free_bytes") > 0


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=203.0.113.7"},
        {"Host": "tenfour.example.com"},
        {"Host": "127.0.0.1.example.com"},
        {"Authorization": "Bearer wrong"} | {"Host": "tenfour.example.com"},
        {"Authorization": "Bearer"} | {"Host": "tenfour.example.com"},
    ],
    ids=str,
)
async def test_what_a_proxy_passed_on_is_refused_in_words(house: House, headers: dict[str, str]) -> None:
    answer = await scrape(house, **headers)
    assert answer.status_code == 403
    assert "TENFOUR_METRICS_TOKEN" in answer.json()["detail"]
    assert "tenfour_" not in answer.text


async def test_with_the_token_the_figures_are_shown_from_anywhere(house_settings: SettingsMaker) -> None:
    async with serve(house_settings(metrics_token="s3cret-token")) as house:
        far = {"Host": "tenfour.example.com", "X-Forwarded-For": "203.0.113.7"}
        token = "Bearer s3cret-token"
        assert (await scrape(house, **far, Authorization=token)).status_code == 200
        assert (await scrape(house, **far, Authorization=token[:-1])).status_code == 403


async def test_figures_go_on_while_the_database_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(fn: Any) -> Connection:
        raise Unavailable()

    with monkeypatch.context() as patch:
        patch.setattr(house.company, "read", away)
        found = await figures(house)
    assert value(found, "tenfour_database_up") == 0
    assert not [name for name, _ in found if name == "tenfour_log_head"]
