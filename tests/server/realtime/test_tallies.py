"""Tallies are merged: the newest wins, at most four a second, and no cursor passes one that is still held back."""

import time
from typing import Any

import pytest
from sqlalchemy import select

from feed import publishing, receipts
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from feed.models import Receipt
from server.events import log
from server.realtime.hub import Hub, Pace
from server.work.company import Company
from server.work.work import Work
from tests.server.realtime.crowd import Ear, eventually, handed_out
from tests.server.realtime.rights import actor

BOSS = 1
NEVER = 3_600.0


@pytest.fixture
def company(shared_company: Company) -> Company:
    return shared_company


async def asked_post(company: Company) -> tuple[int, list[int]]:
    """A post of the boss that asks everyone; its id and whom it asks."""

    def turn(work: Work) -> tuple[int, list[int]]:
        new = NewPost(
            "share", "please confirm", AudienceInput(everyone=True), None, ReceiptsInput(everyone=True)
        )
        made = publishing.publish(work, actor(work, BOSS), new).id
        asked = work.conn.execute(select(Receipt.person_id).where(Receipt.post_id == made)).scalars()
        return made, list(asked)

    return (await company.write(turn)).value


async def author(company: Company, hub: Hub) -> Ear:
    ear = Ear(company, hub, BOSS, f"{company.relay.epoch}-{await company.read(log.head)}")
    await ear.hello()
    return ear


def tallies(ear: Ear, post: int) -> list[dict[str, Any]]:
    return [
        change["data"]
        for frame in ear.frames
        for event in frame.get("events", [])
        for change in event["changes"]
        if change["kind"] == "tally/receipts" and change["id"] == post
    ]


async def confirm(company: Company, post: int, person: int) -> int:
    return int((await company.small("receipt", receipts.Act(person, post, 1))).seq)


async def test_fifty_receipts_and_looks_in_a_burst_are_a_handful_of_frames_and_the_last_is_right(
    company: Company,
) -> None:
    hub = Hub(company.relay)
    post, asked = await asked_post(company)
    ear = await author(company, hub)
    begun = time.monotonic()
    for person in asked:
        await company.small("post_read", receipts.Act(person, post, 1))
        await confirm(company, post, person)
    head = await handed_out(company, hub)
    heard = tallies(ear, post)
    assert len(asked) >= 25
    assert len(heard) <= 2 + (time.monotonic() - begun) / hub.pace.merge_every
    counts = {name: heard[-1][name] for name in ("asked", "done", "read", "withdrawn")}
    assert counts == {"asked": len(asked), "done": len(asked), "read": 0, "withdrawn": 0}
    assert ear.cursor == f"{company.relay.epoch}-{head}"
    await hub.stop()


async def test_a_held_back_tally_holds_every_cursor_back_and_survives_a_broken_line(company: Company) -> None:
    post, asked = await asked_post(company)
    hub = await fresh_hub(company)
    ear = await author(company, hub)
    await confirm(company, post, asked[0])
    held = await confirm(company, post, asked[1])  # this receipt's tally waits; the head is its number
    another, _ = await asked_post(company)
    await handed_out_but_held(company, hub)
    assert [one["done"] for one in tallies(ear, post)] == [1]
    assert int(ear.cursor.rpartition("-")[2]) == held - 1
    assert hub.cursor() == ear.cursor, "beats carry the same"
    published = [event["type"] for frame in ear.frames for event in frame.get("events", [])].count(
        "post.published"
    )
    assert published == 1, "other events are not delayed"
    ear.cut()
    back = Ear(company, hub, BOSS, ear.cursor)
    await back.hello()
    assert [one["done"] for one in tallies(back, post)] == [2]
    assert int(back.cursor.rpartition("-")[2]) == await company.read(log.head)
    hub._release()
    assert [one["done"] for one in tallies(back, post)] == [2], "the resumed line hears it once"
    assert another
    await hub.stop()


async def test_a_tally_replaced_while_held_back_goes_out_once_with_the_newest_count(company: Company) -> None:
    post, asked = await asked_post(company)
    hub = await fresh_hub(company)
    ear = await author(company, hub)
    for person in asked[:9]:
        await confirm(company, post, person)
    await handed_out_but_held(company, hub)
    hub._release()
    assert [one["done"] for one in tallies(ear, post)] == [1, 9]
    assert int(ear.cursor.rpartition("-")[2]) == await company.read(log.head)
    await hub.stop()


async def test_tallies_of_different_posts_do_not_wait_for_each_other(company: Company) -> None:
    posts = [await asked_post(company) for _ in range(3)]
    hub = await fresh_hub(company)
    ear = await author(company, hub)
    for post, asked in posts:
        await confirm(company, post, asked[0])
    await handed_out(company, hub)
    assert [len(tallies(ear, post)) for post, _ in posts] == [1, 1, 1]
    await hub.stop()


async def fresh_hub(company: Company) -> Hub:
    """One that has seen no tally yet and holds the second of each for ever."""
    await handed_out_but_held(company, Hub(company.relay))
    return Hub(company.relay, Pace(merge_every=NEVER))


async def handed_out_but_held(company: Company, hub: Hub) -> None:
    """Waits until the hub has walked to the head, whatever it holds back."""
    head = await company.read(log.head)
    await eventually(lambda: hub.relay.position >= head)
