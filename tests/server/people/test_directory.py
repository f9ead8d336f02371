"""The directory: colleagues by whatever one remembers of them, page by page, and only colleagues."""

from typing import Any

from sqlalchemy import update

from server.org.models import Person
from server.people.founding import NewPerson, make_people
from server.work.work import Work
from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import department_id, enter, make_person

__all__ = ["shared", "shared_settings"]


async def found(client: Client, **params: Any) -> list[str]:
    """The staff numbers of a first page."""
    return [person["staff_number"] for person in (await client.get("/api/people", **params))["items"]]


async def every_page(client: Client, **params: Any) -> list[int]:
    ids: list[int] = []
    cursor = ""
    while True:
        page = await client.get("/api/people", cursor=cursor, **params)
        ids += [person["id"] for person in page["items"]]
        if page["next"] is None:
            return ids
        cursor = page["next"]


async def test_a_colleague_is_found_by_name_number_phone_and_address(shared: House) -> None:
    someone = await enter(shared, "1005")
    assert sorted(await found(someone, q="张伟")) == ["1004", "1011"]
    assert await found(someone, q="  刘洋 ") == ["1005"]
    assert await found(someone, q="amy") == await found(someone, q="AMY CHEN") == ["1015"]
    assert await found(someone, q="1020") == ["1020"]
    assert await found(someone, q="13800010017") == ["1017"]
    assert await found(someone, q="HEJIA@farbridge") == ["1012"]
    assert await found(someone, q="nobody at all") == []


async def test_what_a_database_would_read_as_a_pattern_is_a_character(shared: House) -> None:
    someone = await enter(shared, "1005")
    for text in ("%", "_", "1_05", "%%", "\\", "\\%", "[1-9]", "'", '";--', "\u202e", "😀", "1005%", "*"):
        assert await found(someone, q=text) == [], text

    def turn(work: Work) -> None:
        make_people(work, [NewPerson("50% off_\\x", "8001", password_hash="x")])

    await shared.company.write(turn)
    for text in ("50%", "% OFF", "off_", "_\\", "\\x"):
        assert await found(someone, q=text) == ["8001"], text


async def test_pages_hold_everybody_once_also_those_of_one_name(shared: House) -> None:
    someone = await enter(shared, "1005")

    def turn(work: Work) -> list[int]:
        return make_people(
            work, [NewPerson("同名", f"82{number:02}", password_hash="x") for number in range(7)]
        )

    namesakes = (await shared.company.write(turn)).value
    whole = [person["id"] for person in (await someone.get("/api/people", limit=100))["items"]]
    for limit in (1, 2, 5, 33):
        assert await every_page(someone, limit=limit) == whole
    assert await every_page(someone, limit=3, q="同名") == sorted(namesakes)


async def test_a_department_holds_those_below_it_too(shared: House) -> None:
    someone = await enter(shared, "1005")
    east, first = await department_id(shared, "华东"), await department_id(shared, "华东/销售一部")
    assert sorted(await found(someone, department=first)) == ["1004", "1005", "1006", "1007"]
    assert set(await found(someone, department=first)) < set(await found(someone, department=east))
    assert await found(someone, department=first, q="刘洋") == ["1005"]
    assert await found(someone, department=999_999) == []


async def test_a_batch_by_ids_comes_in_the_order_asked_without_strangers(shared: House) -> None:
    someone = await enter(shared, "1005")
    for text, ids in (
        ("3,1,2", [3, 1, 2]),
        ("1,1,1", [1]),
        ("5,999999,7", [5, 7]),
        ("0", []),
        ("", []),
        (",,4,", [4]),
    ):
        page = await someone.get("/api/people", ids=text)
        assert ([person["id"] for person in page["items"]], page["next"]) == (ids, None), text
    assert len((await someone.get("/api/people", ids=",".join(map(str, range(1, 101)))))["items"]) > 26
    for text in ("x", "1;2", "-1", "1.5", "١", "1,,x", "9" * 17, ",".join(map(str, range(1, 102)))):
        refused = await someone.http.get("/api/people", params={"ids": text})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "ids"), text


async def test_who_has_left_is_not_listed_but_their_name_stays(shared: House) -> None:
    someone = await enter(shared, "1005")
    gone = await make_person(shared, "8301")
    await shared.company.write(
        lambda work: work.conn.execute(update(Person).where(Person.id == gone).values(state="left"))
    )
    assert await found(someone, q="P8301") == []
    assert (await someone.get(f"/api/people/{gone}"))["state"] == "left"
    assert [person["id"] for person in (await someone.get("/api/people", ids=str(gone)))["items"]] == [gone]


async def test_departments_come_as_a_tree_parents_first(shared: House) -> None:
    someone = await enter(shared, "1005")
    listed = (await someone.get("/api/departments"))["items"]
    seen: set[int] = set()
    for department in listed:
        assert department["parent_id"] is None or department["parent_id"] in seen, department
        assert department["path"].rpartition("/")[2] == department["name"]
        seen.add(department["id"])
    assert len(seen) == len(listed)


async def test_nobody_but_colleagues_looks_into_the_directory(shared: House) -> None:
    from tests.server.api.people import enter_as

    external = await enter_as(shared, await make_person(shared, "8401", "external", "external"))
    for path in (
        "/api/people",
        "/api/people/1",
        "/api/people/999999",
        "/api/departments",
        "/api/people?ids=1",
    ):
        refused = await external.http.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden"), path
        anonymous = await shared.anonymous().http.get(path)
        assert (anonymous.status_code, anonymous.json()["code"]) == (401, "signed_out"), path
