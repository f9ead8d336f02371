"""Keys of what was there before: filled in by a job, with every key that the server has; meanwhile what is hard stays hard."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, select

from crm_objects.duplicates import filling
from crm_objects.duplicates.models import IdentityFill, IdentityKey
from server.secrets.box import id_of
from tests.conftest import SettingsMaker
from tests.crm_objects.desk import CUSTOMERS, errors, make, said
from tests.house import Client, House, serve
from tests.server.api.people import SELLER, enter
from tests.server.secrets.test_secrets import key
from tests.server.secrets.test_secrets import said as written


async def likes(client: Client, **fields: Any) -> list[Any]:
    answer = await client.put(f"{CUSTOMERS}/duplicates", {"fields": fields})
    return [one["record"] and one["record"]["id"] for one in answer["items"]]


async def forget_all(house: House) -> None:
    """As after an upgrade from before there were keys, or after a restore."""

    def turn(work: Any) -> None:
        work.conn.execute(delete(IdentityKey))
        work.conn.execute(delete(IdentityFill))

    await house.company.write(turn)


async def rows_of(house: House, record: int) -> Sequence[Any]:
    mine = select(IdentityKey.__table__).where(
        IdentityKey.kind == "customer", IdentityKey.record_id == record
    )
    return await house.company.read(lambda conn: conn.execute(mine).all())


async def test_a_job_fills_in_what_was_there_and_goes_on_where_it_was_cut(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = await enter(shared, SELLER)
    rows = [await make(seller, f"徐州老客户{at}有限公司", phone=f"0516-6000 010{at}") for at in range(3)]
    await make(seller, "徐州有代码的", credit_code="91440300MA5FILL001")
    await filling.fill(shared.company, {})
    turn = filling._turn
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(filling, "_turn", lambda work, name: False)  # the house's own job waits
        await forget_all(shared)
        assert await likes(seller, name="徐州老客户1") == [], "soft ones are not known yet"
        taken = await seller.try_post(
            CUSTOMERS, {"fields": {"name": "来抢的", "credit_code": "91440300ma5fill001"}}
        )
        assert errors(taken) == {"fields.credit_code": "duplicate"}, "hard ones are"
        meanwhile.setattr(filling, "EACH", 2)
        done = await shared.company.write(lambda work: turn(work, "customer"))
        assert done.value, "there is more"
        at = select(IdentityFill.last, IdentityFill.filled).where(IdentityFill.kind == "customer")
        place = await shared.company.read(lambda conn: conn.execute(at).one())
        assert place.last > 0
        assert place.filled == "", "not whole yet"
    await filling.fill(shared.company, {})
    assert [await likes(seller, name=f"徐州老客户{at}") for at in range(3)] == [[one["id"]] for one in rows]
    before = await rows_of(shared, rows[0]["id"])
    assert len(before) == 2
    await filling.fill(shared.company, {})
    assert await rows_of(shared, rows[0]["id"]) == before
    await shared.check()


async def test_while_keys_change_both_count_and_then_the_older_goes(house_settings: SettingsMaker) -> None:
    old, new = key(), key()
    settings = house_settings(secret_key=written(old))
    async with serve(settings) as house:
        seller = await enter(house, SELLER)
        await filling.fill(house.company, {})
        row = await make(seller, "宿迁换钥有限公司", credit_code="91440300MA5KEYS001")
        assert {one.made_with for one in await rows_of(house, row["id"])} == {id_of(old)}
    async with serve(replace(settings, secret_key=written(new, old))) as house:
        seller = await enter(house, SELLER)
        assert row["id"] in await likes(seller, name="宿迁换钥"), "found by the older key"
        second = await make(seller, "宿迁第二家", credit_code="91440300MA5KEYS002")
        assert {one.made_with for one in await rows_of(house, second["id"])} == {id_of(old), id_of(new)}
        await filling.fill(house.company, {})
        assert {one.made_with for one in await rows_of(house, row["id"])} == {id_of(old), id_of(new)}
    async with serve(replace(settings, secret_key=written(new))) as house:
        seller = await enter(house, SELLER)
        assert row["id"] in await likes(seller, name="宿迁换钥")
        taken = await seller.try_post(
            CUSTOMERS, {"fields": {"name": "又一家", "credit_code": "91440300MA5KEYS001"}}
        )
        assert said(taken) == "409 duplicate"
        await filling.fill(house.company, {})
        assert {one.made_with for one in await rows_of(house, row["id"])} == {id_of(new)}
