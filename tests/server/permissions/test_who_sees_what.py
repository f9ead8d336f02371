"""What a person who was removed, and one from outside, are shown (the rules of all others are in matrix.py)."""

import pytest

from tests.house import House
from tests.server.permissions.cast import Cast, assemble, publish


@pytest.fixture(scope="module")
async def cast(shared: House) -> Cast:
    return await assemble(shared)


async def test_who_was_removed_keeps_the_group_as_it_was(shared: House, cast: Cast) -> None:
    author, former = cast["author"], cast["other required"]
    people = [cast["required"].id, former.id]
    group = (await author.post("/api/conversations", {"kind": "group", "name": "旧名", "people": people}))[
        "id"
    ]
    path = f"/api/conversations/{group}"
    assert (await author.http.patch(path, json={"name": "中名"})).status_code == 200
    kept = (await former.get(path))["item"]
    await author.delete(f"{path}/members/{former.id}")
    assert (await author.http.patch(path, json={"name": "新名"})).status_code == 200
    await author.post(f"{path}/members", {"people": [7, 8, 9]})
    for _ in range(2):
        listed = (await former.get("/api/conversations", limit=100))["items"]
        assert [one for one in listed if one["id"] == group] == [kept]
        shown = await former.get(path)
        assert shown["item"] == kept
        assert {change["data"]["text"] for change in shown["also"] if change["kind"] == "message"} == {
            "member_removed"
        }
    await author.post(f"{path}/members", {"people": [former.id]})
    assert (await former.get(path))["item"]["name"] == "新名"
    assert (await former.get(path))["item"]["member_count"] == 6


async def test_the_first_state_of_an_external_holds_no_directory(shared: House, cast: Cast) -> None:
    external = cast["external"]
    await publish(cast, "给外部")
    state = await external.bootstrap()
    kinds = {change["kind"] for change in state["changes"]}
    assert "department" not in kinds
    people = {change["id"] for change in state["changes"] if change["kind"] == "person"}
    assert people <= {external.id, cast["author"].id, *cast.named}
