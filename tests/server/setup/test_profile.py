"""The company's name, language, time zone and watermark: changed by who may, seen at once on every open screen and by every process."""

from sqlalchemy import select

from server.audit.models import AuditEntry
from server.opening import open_company
from tests.house import House
from tests.server.api.people import enter
from tests.server.realtime.crowd import eventually

NEW = {"name": "远桥 Bridge", "language": "en", "time_zone": "Asia/Tokyo", "watermark": True}


async def test_a_change_shows_on_open_screens_and_in_the_next_first_state(house: House) -> None:
    administrator, colleague = await enter(house, "1002"), await enter(house, "1005")
    async with colleague.live() as live:
        assert await administrator.put("/api/company", NEW) == NEW
        event = await live.event("company.changed", name="远桥 Bridge")
        assert event["changes"] == [{"op": "put", "kind": "company", "id": 1, "data": NEW}]
        await administrator.put("/api/company", NEW)
        await live.quiet()
        assert not [one for one in live.events if one["type"] == "company.changed"]
    unsaid = {name: value for name, value in NEW.items() if name != "watermark"}
    assert await administrator.put("/api/company", unsaid) == NEW, "what is left out stays"
    boot = await colleague.bootstrap()
    assert boot["me"]["company"] == NEW
    assert {"op": "put", "kind": "company", "id": 1, "data": NEW} in boot["changes"]
    acts = await house.company.read(lambda c: c.execute(select(AuditEntry.act)).scalars().all())
    assert acts.count("company.changed") == 1


async def test_every_process_reads_the_new_name(house: House) -> None:
    if not house.settings.database_url:
        return  # one process per data folder
    other = open_company(house.settings)
    await other.start()
    try:
        await (await enter(house, "1002")).put("/api/company", NEW)
        await eventually(lambda: other.profile.name == NEW["name"])
        await eventually(lambda: house.company.profile.name == NEW["name"])
    finally:
        await other.stop()


async def test_only_who_may_changes_it_and_only_to_what_is_right(house: House) -> None:
    refused = await (await enter(house, "1004")).http.put("/api/company", json=NEW)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    administrator = await enter(house, "1002")
    for wrong, field in (
        ({"name": " "}, "name"),
        ({"time_zone": "../etc"}, "time_zone"),
        ({"language": "fr"}, "language"),
    ):
        refused = await administrator.http.put("/api/company", json={**NEW, **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
