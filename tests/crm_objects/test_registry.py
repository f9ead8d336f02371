"""Registries: asked while a name is typed, within an allowance; a silent or broken one stops nobody; what was chosen stays."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from crm_objects.registry import asking
from crm_objects.registry.directory_file import FileRefused, address_of, lines
from crm_objects.registry.routes import MAY_SEE_STATE
from server.permissions.actor import load_actor
from tests.crm_objects.desk import CUSTOMERS, change, errors, listed, make, names, row_of, said
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, MANAGER, OUTSIDER, SELLER, enter
from tests.servers import free_port

LEI = "300300C1030335000216"
# As https://api.gleif.org/api/v1/lei-records answers, cut to what is read.
TENCENT: dict[str, Any] = {
    "type": "lei-records",
    "id": LEI,
    "attributes": {
        "lei": LEI,
        "entity": {
            "legalName": {"name": "深圳市腾讯计算机系统有限公司", "language": "zh"},
            "otherNames": [{"name": "旧名有限公司", "language": "zh", "type": "PREVIOUS_LEGAL_NAME"}],
            "legalAddress": {
                "language": "zh",
                "addressLines": ["南山区粤海街道", "科技中一路"],
                "city": "深圳",
                "region": "CN-GD",
                "country": "CN",
                "postalCode": "518057",
            },
            "registeredAs": "9144030071526726XG",
            "jurisdiction": "CN",
            "legalForm": {"id": "ECAK", "other": None},
            "status": "ACTIVE",
            "creationDate": "1998-11-11T00:00:00Z",
        },
    },
}


@pytest.fixture(scope="module")
async def gleif() -> AsyncIterator[str]:
    """Something that answers as GLEIF does, and is broken when asked for «broken»."""

    async def records(request: Request) -> Response:
        asked = request.query_params["filter[entity.names]"]
        match asked:
            case "broken":
                return PlainTextResponse("<html>busy</html>", 503)
            case "nonsense":
                return JSONResponse({"data": [{"id": 7, "attributes": []}, "x"]})
        return JSONResponse(
            {"data": [TENCENT] if asked in TENCENT["attributes"]["entity"]["legalName"]["name"] else []}
        )

    async def record(request: Request) -> Response:
        if request.path_params["lei"] != LEI:
            return JSONResponse({"errors": [{"status": "404"}]}, 404)
        return JSONResponse({"data": TENCENT})

    port = free_port()
    app = Starlette(routes=[Route("/lei-records", records), Route("/lei-records/{lei}", record)])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await task


async def use(house: House, provider: str) -> Client:
    admin = await enter(house, ADMINISTRATOR)
    await admin.put("/api/registry", {"provider": provider})
    return admin


def at_gleif(house: House, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    named = replace(
        house.company.settings, gleif_url=address, allowed_private_hosts=(address.removeprefix("http://"),)
    )
    monkeypatch.setattr(house.company, "settings", named)


async def test_gleif_lists_candidates_and_fills_nothing_by_itself(
    shared: House, gleif: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_gleif(shared, monkeypatch, gleif)
    await use(shared, "gleif")
    seller = await enter(shared, SELLER)
    found = await seller.get("/api/registry/candidates", q="腾讯")
    assert (found["state"], found["provider"]) == ("ready", "gleif")
    assert [(one["ref"], one["name"], one["credit_code"], one["place"]) for one in found["items"]] == [
        (LEI, "深圳市腾讯计算机系统有限公司", "9144030071526726XG", "深圳, CN")
    ]
    assert (await seller.get("/api/registry/candidates", q="腾"))["items"] == []
    told = await seller.get("/api/registry/company", provider="gleif", ref=LEI)
    assert (told["founded"], told["former_names"], told["address"]["street"]) == (
        "1998-11-11",
        "旧名有限公司",
        "南山区粤海街道, 科技中一路",
    )
    for asked in ("broken", "nonsense"):
        reply = await seller.get("/api/registry/candidates", q=asked)
        assert (reply["state"], reply["items"]) == ("unavailable" if asked == "broken" else "ready", [])
    unknown = await seller.http.get(
        "/api/registry/company", params={"provider": "gleif", "ref": "../secrets"}
    )
    assert said(unknown) == "404 not_found"
    # The mark: kept with the record, told to whoever reads it, in history and lists; typed values stay.
    row = await make(seller, "腾讯", phone="13800001234")
    path = f"{CUSTOMERS}/{row['id']}/registration"
    assert (await seller.get(path))["registration"] is None
    kept = await seller.put(path, {"provider": "gleif", "ref": LEI})
    assert kept["registration"]["fetched_by"] == seller.id
    now = await row_of(seller, row["id"])
    assert (now["fields"]["registered_name"], now["fields"]["name"], now["fields"]["address"]) == (
        "深圳市腾讯计算机系统有限公司",
        "腾讯",
        None,
    )
    lit = await listed(seller, filter=[["registered_name", "filled", None]])
    assert names(lit) == ["腾讯"]
    manager, outsider = await enter(shared, MANAGER), await enter(shared, OUTSIDER)
    assert (await manager.get(path))["registration"]["data"]["name"] == "深圳市腾讯计算机系统有限公司"
    assert said(await outsider.http.get(path)) == "404 not_found"
    assert said(await outsider.http.put(path, json={"provider": "gleif", "ref": LEI})) == "404 not_found"
    by_hand = await seller.http.patch(
        f"{CUSTOMERS}/{row['id']}", json={"version": now["version"], "fields": {"registered_name": "x"}}
    )
    assert errors(by_hand) == {"fields.registered_name": "readonly"}
    acts = [one["act"] for one in (await seller.get(f"{CUSTOMERS}/{row['id']}/history"))["items"]]
    assert acts == ["changed", "created"]
    # Asked again, the registry being gone: a word, and what was kept stays.
    at_gleif(shared, monkeypatch, f"http://127.0.0.1:{free_port()}")
    gone = await seller.http.put(path, json={"provider": "gleif", "ref": LEI})
    assert (said(gone), gone.json()["reason"]) == ("503 unavailable", "registry_unavailable")
    assert (await seller.get("/api/registry/candidates", q="腾讯"))["state"] == "unavailable"
    assert (await seller.get(path))["registration"]["data"]["ref"] == LEI
    await seller.delete(path)
    assert (await row_of(seller, row["id"]))["fields"]["registered_name"] is None
    unlit = await make(seller, "不在册的公司")
    assert unlit["fields"]["registered_name"] is None
    contact = await seller.http.get("/api/records/contact/1/registration")
    assert said(contact) == "404 not_found"


CSV = """企业名称,统一社会信用代码,电话,邮箱,网址,注册地址,法定代表人,注册资本,经营状态
深圳市腾讯计算机系统有限公司,9144030071526726xg,0755-86013388,,www.tencent.com,广东省深圳市南山区科技中一路,马化腾,6500万,存续
腾讯音乐,,,,,,,,
上海腾飞科技有限公司,91310000MA1FL00001,,a@tf.example,,上海市浦东新区张江路 1 号,,,存续
,91310000MA1FL00002,,,,,,,
"""


async def put_in(house: House, text: bytes) -> dict[str, Any]:
    admin = await use(house, "directory")
    reply = await admin.http.put("/api/registry/directory", files={"file": ("名录.csv", text, "text/csv")})
    assert reply.status_code == 202, reply.text
    # The house serves and works its jobs off by itself.
    async with asyncio.timeout(30):
        while (made := (await admin.get("/api/registry/directories"))["items"][0])["state"] in (
            "queued",
            "loading",
        ):
            await asyncio.sleep(0.02)
    return dict(made)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
async def test_a_directory_of_ones_own_is_found_by_two_signs_and_replaced_whole(
    shared: House, encoding: str
) -> None:
    made = await put_in(shared, CSV.encode(encoding))
    assert (made["state"], made["rows"], made["refused"], made["file_name"]) == ("ready", 3, 1, "名录.csv")
    seller = await enter(shared, SELLER)

    async def found(q: str) -> list[str]:
        items = (await seller.get("/api/registry/candidates", q=q))["items"]
        return [one["name"] for one in items]

    assert await found("腾讯") == ["腾讯音乐", "深圳市腾讯计算机系统有限公司"]
    assert await found("腾讯计算") == ["深圳市腾讯计算机系统有限公司"]
    assert await found("9144030071526726XG") == ["深圳市腾讯计算机系统有限公司"]
    assert await found("科技有限") == ["上海腾飞科技有限公司"]
    assert await found("讯腾") == []
    assert await found("\" OR '; --") == []
    told = await seller.get("/api/registry/company", provider="directory", ref="code:9144030071526726XG")
    assert (told["legal_representative"], told["status"], told["capital"]) == ("马化腾", "存续", "6500万")
    assert (told["address"]["province"], told["address"]["city"], told["address"]["district"]) == (
        "广东省", "深圳市", "南山区",
    )  # fmt: skip
    row = await make(seller)
    await seller.put(f"{CUSTOMERS}/{row['id']}/registration", {"provider": "directory", "ref": told["ref"]})
    bad = await put_in(shared, "电话,邮箱\n1,2\n".encode())
    assert (bad["state"], bad["problem"]) == ("failed", "no_name_column")
    assert await found("腾讯音乐") == ["腾讯音乐"], "the one before stays in use"
    await put_in(shared, "name,phone\nBlue Lake Trading,021-5555\n".encode(encoding))
    assert await found("腾讯音乐") == []
    assert await found("lake tra") == ["Blue Lake Trading"]
    admin = await enter(shared, ADMINISTRATOR)
    states = [one["state"] for one in (await admin.get("/api/registry/directories"))["items"][:3]]
    assert states == ["ready", "failed", "replaced"]
    kept = (await seller.get(f"{CUSTOMERS}/{row['id']}/registration"))["registration"]
    assert kept["data"]["legal_representative"] == "马化腾", "what is kept with a record stays"


async def test_only_an_administrator_chooses_and_a_person_asks_so_often_a_minute(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await use(shared, "directory")
    seller = await enter(shared, MANAGER)
    assert said(await seller.http.put("/api/registry", json={"provider": ""})) == "403 forbidden"
    wrong = await admin.http.put("/api/registry", json={"provider": "tianyancha"})
    assert errors(wrong) == {"provider": "choice"}
    monkeypatch.setattr(asking, "A_MINUTE", 3)
    replies = await asyncio.gather(
        *(seller.http.get("/api/registry/candidates", params={"q": f"公司{at}"}) for at in range(9))
    )
    assert 3 <= sum(reply.is_success for reply in replies) <= 6, "a new minute may begin meanwhile"
    refused = next(reply for reply in replies if not reply.is_success)
    assert (said(refused), refused.json()["limit"]) == ("429 rate_limited", 3)
    await admin.put("/api/registry", {"provider": ""})
    assert (await admin.get("/api/registry/candidates", q="腾讯"))["state"] == "off"
    acts = [one["act"] for one in (await admin.get("/api/audit", limit=5))["items"]]
    assert "registry.chosen" in acts


async def test_who_only_chooses_the_registry_sees_which_one_is_asked(shared: House) -> None:
    seller = await enter(shared, SELLER)
    actor = await shared.company.read(lambda conn: load_actor(conn, seller.id))
    assert actor is not None
    may = frozenset({"all"})
    for capability, lets in (("registry.edit", True), ("records.read", True), ("post.read", False)):
        assert MAY_SEE_STATE.lets(replace(actor, capabilities={capability: may})) is lets


def test_an_address_falls_into_its_parts() -> None:
    assert address_of("北京市海淀区中关村 1 号").district == "海淀区"
    shanghai = address_of("上海市浦东新区张江路 1 号")
    assert (shanghai.province, shanghai.city, shanghai.district, shanghai.street) == (
        "上海市", "上海市", "浦东新区", "张江路 1 号",
    )  # fmt: skip
    assert address_of("江苏省苏州市工业园区星湖街 328 号").street == "星湖街 328 号"
    assert address_of("1 City Road, London").street == "1 City Road, London"


def test_a_file_that_is_no_table_is_refused_in_words() -> None:
    for content, code in (
        (b"", "empty"),
        (b"a,b\n1,2\n", "no_name_column"),
        (b"name\n\xff\xff\n", "encoding"),
    ):
        with pytest.raises(FileRefused) as refusal:
            list(lines(io.BytesIO(content)))
        assert refusal.value.code == code


async def test_a_record_that_goes_for_good_takes_what_the_registry_said_with_it(shared: House) -> None:
    await put_in(shared, CSV.encode())
    boss = await enter(shared, "1001")
    row = await make(boss)
    path = f"{CUSTOMERS}/{row['id']}"
    await boss.put(f"{path}/registration", {"provider": "directory", "ref": "name:腾讯音乐"})
    await change(boss, row["id"], 2, level="key")
    await boss.put(f"{path}/void", {"reason": ""})
    await boss.delete(path)
    assert said(await boss.http.get(f"{path}/registration")) == "404 not_found"
