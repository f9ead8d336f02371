"""Where there is room for one more, of several at once one gets it."""

import asyncio

import pytest

from crm_objects.engine import adding_fields, views
from crm_objects.pools import editing
from tests.crm_objects.desk import CUSTOMERS, said
from tests.house import House
from tests.server.api.people import ADMINISTRATOR, OTHER_MANAGER, enter

FULL = ["201", "409 wrong_state", "409 wrong_state", "409 wrong_state"]


async def test_of_views_kept_at_once_one_finds_room(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    me = await enter(shared, OTHER_MANAGER)
    monkeypatch.setattr(views, "MOST", 2)
    body = {"name": "我的列表", "filter": []}
    await me.post(f"{CUSTOMERS}/views", body)
    replies = await asyncio.gather(*[me.try_post(f"{CUSTOMERS}/views", body) for _ in FULL])
    assert sorted(map(said, replies)) == FULL


async def test_of_fields_added_at_once_one_finds_room(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    body = {"kind": "contact", "type": "text", "words": {"zh-Hans": "最后一个"}}
    await admin.post("/api/record-fields", body)
    there = len((await admin.get("/api/record-fields", kind="contact"))["items"])
    monkeypatch.setattr(adding_fields, "MOST", there + 1)
    replies = await asyncio.gather(*[admin.try_post("/api/record-fields", body) for _ in FULL])
    assert sorted(map(said, replies)) == FULL


async def test_of_pools_made_at_once_one_finds_room(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    bodies = [{"kind": "customer", "name": f"最后一个公海 {at}", "may_change_owner": True} for at in range(5)]
    await admin.post("/api/pools", bodies[4])
    there = len((await admin.get("/api/pools"))["items"])
    monkeypatch.setattr(editing, "MOST", there + 1)
    replies = await asyncio.gather(*[admin.try_post("/api/pools", one) for one in bodies[:4]])
    assert sorted(map(said, replies)) == FULL
