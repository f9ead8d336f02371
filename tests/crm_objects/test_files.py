"""Files of records: they hang on a field, are read by who sees the field in clear, and go when they are taken out."""

import asyncio
from typing import Any

from tests.crm_objects.desk import CUSTOMERS, change, errors, listed, make, names, row_of, said, try_change
from tests.house import Client, House
from tests.server.api.people import MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter
from tests.server.files.sending import upload

STEM = "附件"


async def fetched(client: Client, file: int) -> int:
    return (await client.http.get(f"/api/files/{file}/content")).status_code


async def held(client: Client, row: dict[str, Any]) -> list[str]:
    fields = (await row_of(client, row["id"]))["fields"]
    return [one["name"] for one in fields.get("attachments") or []]


async def test_a_file_of_a_record_is_read_by_who_sees_its_field(shared: House) -> None:
    owner, reader, outsider = [await enter(shared, one) for one in (SELLER, SECOND_SELLER, OUTSIDER)]
    first = (await upload(owner, "合同草稿.txt", "三层包装线".encode()))["id"]
    row = await make(owner, f"{STEM}甲", attachments=[first])
    assert [one["name"] for one in row["fields"]["attachments"]] == ["合同草稿.txt"]
    await owner.put(f"{CUSTOMERS}/{row['id']}/team/{reader.id}", {"role": "member", "access": "read"})
    assert "attachments" not in (await row_of(reader, row["id"]))["fields"], (
        "internal: hidden from who only reads"
    )
    assert [await fetched(one, first) for one in (owner, reader, outsider)] == [200, 404, 404]
    await owner.put(f"{CUSTOMERS}/{row['id']}/team/{reader.id}", {"role": "member", "access": "write"})
    assert await fetched(reader, first) == 200
    assert names(await listed(owner, filter=[["name", "starts", STEM], ["attachments", "filled"]])) == [
        f"{STEM}甲"
    ]
    # History names the files; who does not see the field, sees nothing of it.
    second = (await upload(owner, "照片清单.txt", b"more"))["id"]
    await change(owner, row["id"], row["version"], attachments=[first, second])
    newest = (await owner.get(f"{CUSTOMERS}/{row['id']}/history", limit=1))["items"][0]["changes"][0]
    assert ([one["name"] for one in newest["from"]], len(newest["to"])) == (["合同草稿.txt"], 2)


async def test_a_file_that_is_taken_out_is_gone_and_one_hangs_but_once(shared: House) -> None:
    owner, other = await enter(shared, SELLER), await enter(shared, MANAGER)
    file = (await upload(owner, "甲.txt", b"one"))["id"]
    row, second = await make(owner, "拿掉附件", attachments=[file]), await make(owner, "另一个")
    theirs = (await upload(other, "乙.txt", b"two"))["id"]
    for wrong in ([theirs], [10**9], [file]):
        refused = await try_change(owner, second["id"], second["version"], attachments=wrong)
        assert errors(refused) == {"fields.attachments": "not_found"}, wrong
    many = await try_change(owner, second["id"], second["version"], attachments=list(range(1, 22)))
    assert errors(many) == {"fields.attachments": "too_many"}
    assert errors(await try_change(owner, second["id"], 1, attachments=["x"])) == {
        "fields.attachments": "type"
    }
    done = await change(owner, row["id"], row["version"], attachments=[])
    assert done["item"]["fields"]["attachments"] is None
    assert await fetched(owner, file) == 404


async def test_that_a_file_hangs_on_a_record_is_told_to_nobody_who_does_not_see_it_there(
    shared: House,
) -> None:
    owner, outsider = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    file = (await upload(owner, "合同.txt", b"secret"))["id"]
    await make(owner, "有附件的", attachments=[file])
    mine = await make(outsider, "试探附件")

    async def told(asked: int) -> list[Any]:
        fields = {"name": "试探附件二", "attachments": [asked]}
        replies = [
            await try_change(outsider, mine["id"], mine["version"], attachments=[asked]),
            await outsider.try_post(CUSTOMERS, {"fields": fields}),
            await outsider.http.put(f"{CUSTOMERS}/duplicates", json={"fields": fields}),
        ]
        return [(one.status_code, one.json().get("errors")) for one in replies]

    assert await told(file) == await told(10**9)


async def test_two_who_add_files_at_once_lose_none(shared: House) -> None:
    owner, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(owner, "同时加附件")
    files = [(await upload(one, f"{at}.txt", b"x"))["id"] for at, one in enumerate((owner, manager))]
    replies = await asyncio.gather(
        try_change(owner, row["id"], row["version"], attachments=[files[0]]),
        try_change(manager, row["id"], row["version"], attachments=[files[1]]),
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    lost = next(reply for reply in replies if reply.status_code == 409)
    assert said(lost) == "409 stale_version"
    assert len(await held(owner, row)) == 1
    last = manager if lost is replies[1] else owner
    both = [one["id"] for one in (await row_of(last, row["id"]))["fields"]["attachments"]] + [
        files[replies.index(lost)]
    ]
    await change(last, row["id"], 2, attachments=both)
    assert sorted(await held(owner, row)) == ["0.txt", "1.txt"]


async def test_a_record_that_goes_for_good_takes_its_files_along(shared: House) -> None:
    owner, boss = await enter(shared, SELLER), await enter(shared, "1001")
    file = (await upload(owner, "丙.txt", b"three"))["id"]
    row = await make(owner, "连同附件删除", attachments=[file])
    path = f"{CUSTOMERS}/{row['id']}"
    await owner.put(f"{path}/void", {"reason": ""})
    assert await fetched(owner, file) == 200, "it can be restored yet"
    assert (await boss.http.delete(path)).status_code == 204
    assert [await fetched(one, file) for one in (owner, boss)] == [404, 404]
