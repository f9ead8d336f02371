"""Looking back: filters, pages, the file; what is written down, from where, and that nothing personal is."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from server.audit.entries import ENTRIES
from server.auditing import export
from server.auditing.export import harmless
from server.kit.clock import real_now
from server.work.work import Work
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, SELLER, enter, person_id


async def entries(client: Client, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/audit", **query))["items"]
    return found


async def test_an_act_is_written_with_who_did_it_to_what_and_from_where(house: House) -> None:
    admin, seller = await enter(house, ADMINISTRATOR), await person_id(house, SELLER)
    held = (await admin.get(f"/api/people/{seller}/permissions"))["roles"]
    given = [one["role_id"] for one in held if one["given"]]
    role = await admin.post("/api/roles", {"name": "临时"})
    await admin.put(f"/api/people/{seller}/roles", {"roles": [*given, role["id"]]})
    newest, made = (await entries(admin))[:2]
    assert (newest["act"], newest["actor_id"], newest["behalf_id"]) == (
        "person.roles_changed",
        admin.id,
        None,
    )
    assert newest["object"] == {"kind": "person", "id": seller}
    assert newest["details"] == {"given": [role["id"]], "taken": []}
    assert newest["address"] == "127.0.0.1"
    assert newest["device"].startswith("python-httpx2/")
    assert (made["act"], made["object"]) == ("role.created", {"kind": "role", "id": role["id"]})


async def test_what_is_refused_is_not_written_as_done(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    before = await entries(admin)
    assert (await admin.try_post("/api/roles", {"name": "x", "copy_of": 999})).status_code == 422
    assert (await admin.http.patch("/api/roles/1", json={"version": 9, "name": "x"})).status_code == 409
    assert await entries(admin) == before


async def test_each_filter_leaves_what_it_says_and_pages_join_without_a_gap(house: House) -> None:
    admin, seller = await enter(house, ADMINISTRATOR), await person_id(house, SELLER)
    start = real_now()

    def fill(work: Work) -> None:
        rows = [
            {
                "at": start + timedelta(minutes=n),
                "act": ("cake.baked", "cake.eaten", "cakes.sold")[n % 3],
                "actor_id": (admin.id, seller)[n % 2],
                "behalf_id": seller if n % 5 == 0 else None,
                "object_kind": "cake",
                "object_id": n % 4 + 1,
                "seq": 1,
            }
            for n in range(120)
        ]
        work.conn.execute(insert(ENTRIES), rows)

    await house.company.write(fill)

    async def count(**query: Any) -> int:
        return len(await every(admin, **query))

    assert await count(act="cake") == 80
    assert await count(act="cake.eaten") == 40
    assert await count(person=seller) == 60
    assert await count(behalf=seller) == 24
    assert await count(object_kind="cake", object_id=2) == 30
    assert await count(object_kind="cake", since=(start + timedelta(minutes=100)).isoformat()) == 20
    assert await count(until=(start + timedelta(minutes=3)).isoformat(), object_kind="cake") == 3
    listed = [one["id"] for one in await every(admin, object_kind="cake", limit=7)]
    assert listed == sorted(listed, reverse=True)
    assert len(set(listed)) == 120


async def every(client: Client, **query: Any) -> list[dict[str, Any]]:
    found, cursor = [], ""
    while True:
        page = await client.get("/api/audit", **{"limit": 50, **query, "cursor": cursor})
        found += page["items"]
        cursor = page["next"]
        if not cursor:
            return found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"object_id": "3"}, "object_kind"),
        ({"since": "yesterday"}, "since"),
        ({"act": "'; drop"}, "act"),
        ({"cursor": "x"}, "cursor"),
        ({"limit": "101"}, "limit"),
        ({"stranger": "1"}, "stranger"),
    ],
)
async def test_a_filter_that_makes_no_sense_is_refused_by_name(
    shared: House, query: dict[str, str], field: str
) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    reply = await admin.http.get("/api/audit", params=query)
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["field"] == field


async def test_the_file_holds_every_entry_of_the_filter_and_the_export_itself(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "CHUNK", 50)
    admin = await enter(house, ADMINISTRATOR)

    def fill(work: Work) -> None:
        for n in range(230):
            work.audit("cake.baked", ("cake", n + 1), reason="=HYPERLINK(1)" if n == 7 else "")

    await house.company.write(fill)
    reply = await admin.http.post("/api/audit/export", json={"filter": {}})
    assert reply.headers["content-type"].startswith("text/csv")
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.headers["cache-control"] == "no-store, private"
    assert reply.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert [int(row["number"]) for row in rows] == [one["id"] for one in await every(admin)]
    assert (rows[0]["act"], rows[0]["actor_id"]) == ("audit.exported", str(admin.id))
    assert json.loads(rows[0]["details"]) == {"entries": 230, "filters": []}
    assert {row["reason"] for row in rows} == {"", "'=HYPERLINK(1)"}
    some = await admin.http.post("/api/audit/export", json={"filter": {"act": "audit"}})
    assert len(list(csv.DictReader(io.StringIO(some.content.decode("utf-8-sig"))))) == 2


async def test_only_who_may_look_back_does(shared: House) -> None:
    seller = await enter(shared, SELLER)
    assert (await seller.http.get("/api/audit")).status_code == 403
    assert (await seller.http.post("/api/audit/export", json={"filter": {}})).status_code == 403


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=b", "", 17, None, "张伟"])
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    assert harmless(cell) == cell


async def test_links_and_imports_and_sign_in_names_are_written_without_a_single_personal_value(
    house: House,
) -> None:
    admin, seller = await enter(house, ADMINISTRATOR), await person_id(house, SELLER)
    sheet = "姓名,工号,手机号,邮箱,部门\n金丝雀,C1,13911112222,canary@farbridge.example,华东\n刘洋,1005,13933334444,,\n"
    files = {"file": ("staff.csv", sheet.encode(), "text/csv")}
    reply = await admin.http.post("/api/people/imports", files=files, headers={"Idempotency-Key": "i"})
    number = reply.json()["id"]
    for _ in range(1_000):
        if (await admin.get(f"/api/people/imports/{number}"))["state"] == "done":
            break
    await admin.post(f"/api/people/imports/{number}/links", {"replace": False})
    person = (await admin.get("/api/people", q="C1"))["items"][0]["id"]
    await admin.post(f"/api/people/{person}/invitation")
    found = {one["act"]: one for one in await entries(admin)}
    assert found["import.carried_out"]["actor_id"] == admin.id
    assert found["import.carried_out"]["details"]["created"] == 1
    assert found["person.sign_in_names_changed"]["object"] == {"kind": "person", "id": seller}
    assert found["import.links_made"]["details"] == {"people": 1, "replaced": False}
    assert found["invitation.made"]["object"] == {"kind": "person", "id": person}
    told = json.dumps(await entries(admin), ensure_ascii=False)
    for secret in ("金丝雀", "C1", "13911112222", "13933334444", "canary@", "刘洋"):
        assert secret not in told, secret
