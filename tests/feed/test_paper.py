"""A post on paper (FEED-20) and its proof pack (N24)."""

import asyncio
import hashlib
import json
from typing import Any

import httpx2
import pytest

from server.kit.problems import Problem
from server.operating import door
from tests.feed.board import confirm, publish
from tests.house import Client, House
from tests.server.api.people import enter, person_id
from tests.server.files.sending import upload


async def paper_of(client: Client, post: int) -> dict[str, Any]:
    found: dict[str, Any] = await client.get(f"/api/posts/{post}/paper")
    return found


async def proof_of(client: Client, post: int) -> httpx2.Response:
    return await client.http.post(f"/api/posts/{post}/proof", json={})


async def verified(house: House, digest: str) -> str:
    return await asyncio.to_thread(door.ask, house.company.data, "verify-proof", {"sha256": digest})


async def confirmed_twice(house: House) -> tuple[Client, int, list[int]]:
    """A post of 1004's that 1005 confirmed, and which then became another one, to be confirmed again."""
    author = await enter(house, "1004")
    people = [await person_id(house, one) for one in ("1005", "1006")]
    post = await publish(author, {"people": people}, {"people": people}, "报价九折")
    (await confirm(await enter(house, "1005"), post)).raise_for_status()
    change = {"version": 1, "text": "报价八折", "confirm_again": True}
    (await author.http.patch(f"/api/posts/{post}", json=change)).raise_for_status()
    return author, post, people


async def test_the_paper_holds_every_version_and_who_confirmed_which(shared: House) -> None:
    author, post, (first, second) = await confirmed_twice(shared)
    (await confirm(await enter(shared, "1006"), post, 2)).raise_for_status()
    paper = await paper_of(author, post)
    assert [(one["version"], one["text"]) for one in paper["versions"]] == [(1, "报价九折"), (2, "报价八折")]
    assert paper["names"] == "all"
    assert [(row["person_id"], row["state"], row["confirmed"]) for row in paper["receipts"]] == [
        (first, "open", 0),
        (second, "done", 2),
    ]
    assert [(row["person_id"], row["confirmed"]) for row in paper["earlier"]] == [(first, 1)]
    names = {one["id"]: one["staff_number"] for one in paper["people"]}
    assert [names[one] for one in (first, second, paper["made_by"])] == ["1005", "1006", "1004"]


async def test_a_reader_gets_on_paper_no_name_that_the_panel_hides(shared: House) -> None:
    _, post, (first, _) = await confirmed_twice(shared)
    paper = await paper_of(await enter(shared, "1006"), post)
    assert (paper["names"], paper["receipts"], paper["earlier"]) == ("none", [], [])
    assert paper["counts"]["asked"] == 2
    assert first in paper["post"]["receipts"]["people"]  # named when asked, as every reader of the post sees


async def test_who_may_not_read_the_post_gets_neither(shared: House) -> None:
    author, post, _ = await confirmed_twice(shared)
    stranger = await enter(shared, "1007")
    assert (await stranger.http.get(f"/api/posts/{post}/paper")).status_code == 404
    assert (await proof_of(stranger, post)).status_code == 404
    (await author.http.delete(f"/api/posts/{post}")).raise_for_status()
    assert (await proof_of(author, post)).status_code == 404


async def test_files_are_named_by_what_is_in_them(shared: House) -> None:
    author = await enter(shared, "1004")
    content = "合同 第一条".encode()
    file = await upload(author, "合同.txt", content)
    body = {"kind": "share", "text": "见附件", "audience": {"everyone": True}, "files": [file["id"]]}
    post = int((await author.post("/api/posts", body))["id"])
    (found,) = (await paper_of(author, post))["files"]
    assert (found["name"], found["sha256"]) == ("合同.txt", hashlib.sha256(content).hexdigest())


async def test_a_proof_pack_is_found_again_by_its_fingerprint_and_a_changed_one_is_not(house: House) -> None:
    author, post, _ = await confirmed_twice(house)
    made = (await proof_of(author, post)).raise_for_status()
    digest = hashlib.sha256(made.content).hexdigest()
    assert json.loads(made.content)["post"]["id"] == post
    said = await verified(house, digest)
    assert f"post {post}" in said, said
    assert "The audit log holds" in said
    changed = made.content.replace("报价八折".encode(), "报价七折".encode())
    assert changed != made.content
    with pytest.raises(door.ActRefused):
        await verified(house, hashlib.sha256(changed).hexdigest())
    with pytest.raises((Problem, door.ActRefused)):
        await verified(house, "nonsense")


async def test_votes_and_answers_of_instructions_stand_on_paper(shared: House) -> None:
    author, reader = await enter(shared, "1004"), await enter(shared, "1005")
    people = {"people": [reader.id, await person_id(shared, "1006")]}
    body = {"kind": "share", "text": "去哪里", "audience": people, "poll": {"options": ["山", "海"]}}
    poll = (await author.post("/api/posts", body))["id"]
    await reader.put(f"/api/posts/{poll}/vote", {"version": 1, "chosen": [1]})
    vote = (await paper_of(author, poll))["vote"]
    assert (vote["voters"], vote["votes"]) == (1, [0, 1])
    told = {"kind": "instruction", "text": "今天报数", "audience": people}
    order = (await author.post("/api/posts", told))["id"]
    await reader.put(f"/api/posts/{order}/answer", {"state": "done"})
    rows = (await paper_of(author, order))["answers"]
    assert [(row["state"], row["at"] is not None) for row in rows] == [("done", True), ("open", False)]
    assert (await paper_of(reader, order))["answers"] == [], "of the others a recipient sees the counts"
