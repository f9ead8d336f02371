"""A published task is changed by its author; «set as task»; one whose last person leaves is its author's again (WORK-12, FEED-16)."""

import asyncio
from typing import Any

from server.background.reactions import catch_up
from tests.feed.board import publish, refusal
from tests.feed.test_instructions import at
from tests.feed.test_tasks import hold, progress, set_task, waiting
from tests.house import Client, House
from tests.server.api.people import (
    BOSS,
    MANAGER,
    OTHER_MANAGER,
    OUTSIDER,
    SECOND_SELLER,
    SELLER,
    enter,
    enter_as,
    everything,
    make_person,
)
from tests.server.cards.test_carrying import refs


async def change(author: Client, task: int, version: int, **about: Any) -> Any:
    body = {"version": version, "text": "续约蓝湖", **about}
    return await author.http.patch(f"/api/posts/{task}", json=body)


async def test_people_due_time_and_list_change_live_and_stay_in_the_earlier_version(shared: House) -> None:
    author, first, second = [await enter(shared, one) for one in (MANAGER, SELLER, SECOND_SELLER)]
    task = await set_task(author, [first.id], details={"due_at": at(hours=5), "items": ["报价", "合同"]})
    await first.put(f"/api/posts/{task}/items/2")
    later = at(hours=9)
    to = {"people": [first.id, second.id]}
    lines = [{"text": "合同", "number": 2}, {"text": "寄出"}]
    details = {"people": [second.id], "due_at": later, "items": lines}
    async with first.live() as leaving, second.live() as coming:
        (await change(author, task, 1, audience=to, details=details)).raise_for_status()
        await leaving.event("task.ended", id=task)
        given = await coming.event("task.set", category="task")
        assert given["changes"][0]["data"]["due_at"][:19] == later[:19]
        shown = (await coming.event("post.changed", version=2))["changes"][0]["data"]["details"]
    assert shown["people"] == [second.id]
    assert [(one["number"], one["text"], one["done_by"]) for one in shown["items"]] == [
        (2, "合同", first.id),
        (3, "寄出", None),
    ]
    assert task in await waiting(second)
    assert task not in await waiting(first)
    [kept] = (await first.get(f"/api/posts/{task}/versions"))["items"]
    assert (kept["details"]["people"], kept["details"]["items"][0]["text"]) == ([first.id], "报价")
    # The same again changes nothing; what is left out stays; without a due time there is none.
    assert (await change(author, task, 1, audience=to, details={"people": [second.id]})).json()[
        "version"
    ] == 2
    cleared = (await change(author, task, 2, details={"due_at": None})).json()
    assert (cleared["version"], cleared["details"]["due_at"], cleared["details"]["people"]) == (
        3,
        None,
        [second.id],
    )
    await hold(shared)


async def test_of_two_changes_at_once_one_wins_and_finishing_meanwhile_is_respected(shared: House) -> None:
    author, person = await enter(shared, BOSS), await enter(shared, SELLER)
    task = 0
    for turn in range(3):
        task = await set_task(author, [person.id])
        acts = [change(author, task, 1, details={"due_at": at(hours=one)}) for one in (3, 4)]
        acts.append(progress(person, task, "done"))
        answers = await asyncio.gather(*(acts[turn:] + acts[:turn]))
        for one in answers:
            assert one.status_code in (200, 409), one.text
        assert len([one for one in answers if one.request.method == "PATCH" and one.is_success]) <= 1
        await hold(shared)
    assert task not in await waiting(person)
    version = (await author.get(f"/api/posts/{task}"))["item"]["version"]
    late = await change(author, task, version, details={"due_at": at(hours=7)})
    assert (refusal(late), late.json()["reason"]) == ((409, "wrong_state"), "task_is_done")


async def test_refusals_of_changes_say_what_is_wrong(shared: House) -> None:
    author, seller, other, stranger = [
        await enter(shared, one) for one in (MANAGER, SELLER, OTHER_MANAGER, OUTSIDER)
    ]
    task = await set_task(author, [seller.id], details={"items": ["报价"]})
    before = await everything(shared)
    for details, field, code in (
        ({"people": []}, "details.people", "required"),
        ({"people": [999_999]}, "details.people", "not_found"),
        ({"due_at": at(hours=-1)}, "details.due_at", "past"),
        ({"items": [{"text": " ", "number": 1}]}, "details.items[0].text", "required"),
        ({"items": [{"text": "好", "number": 7}]}, "details.items[0].number", "not_found"),
        ({"nothing": 1}, "details.nothing", "unknown"),
    ):
        refused = await change(author, task, 1, details=details)
        assert refusal(refused) == (422, "invalid"), details
        assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)], details
    beyond = await change(author, task, 1, audience={"everyone": True}, details={"people": [stranger.id]})
    assert (refusal(beyond), beyond.json()["beyond"]) == ((403, "forbidden"), 1)
    assert refusal(await change(seller, task, 1, details={"people": [seller.id]})) == (403, "forbidden")
    assert refusal(await change(other, task, 1, details={"people": [other.id]})) == (404, "not_found")
    share = await publish(author, {"people": [seller.id]})
    assert refusal(await change(author, share, 1, details={"people": [1]})) == (422, "invalid")
    assert await everything(shared) != before  # the share
    # Who takes a task over sees what it comes from; else the source is left out.
    source = await publish(author, {"people": [author.id, seller.id]})
    task = await set_task(author, [seller.id], cards=refs(("post", source)))
    second = await enter(shared, SECOND_SELLER)
    both = {"people": [seller.id, second.id]}
    blind = await change(author, task, 1, audience=both, details={"people": [second.id]})
    assert (refusal(blind), blind.json()["ids"]) == ((422, "recipients_lack_access"), [second.id])
    assert blind.json()["next_step"] == "leave_out_source"
    without = await change(author, task, 1, audience=both, details={"people": [second.id]}, cards=[])
    assert without.status_code == 200


async def test_a_post_and_a_message_become_tasks_in_one_request(shared: House) -> None:
    author, person, stranger = [await enter(shared, one) for one in (MANAGER, SELLER, OUTSIDER)]
    source = await publish(author, {"people": [person.id]}, text="蓝湖要续约")
    direct = await author.post("/api/conversations", {"kind": "direct", "people": [person.id]})
    conversation = direct["item"]["id"] if "item" in direct else direct["id"]
    sent = {"client_id": "task-1", "text": "报价发我"}
    message = await author.post(f"/api/conversations/{conversation}/messages", sent)
    for kind, path, said in (
        ("post", f"/api/posts/{source}/task", "蓝湖要续约"),
        ("message", f"/api/messages/{message['id']}/task", "报价发我"),
    ):
        task = await author.post(path, {"people": [person.id], "items": ["打电话"]})
        assert (task["kind"], task["text"], task["audience"]["people"]) == ("task", said, [person.id])
        assert [one["kind"] for one in task["cards"]] == [kind]
        assert task["id"] in await waiting(person)
        await catch_up(shared.company)
        about = source if kind == "post" else message["id"]
        traces = (await person.get(f"/api/links/{kind}/{about}"))["items"]
        assert task["id"] in [one["source"]["id"] for one in traces]
        assert refusal(await stranger.try_post(path, {"people": [stranger.id]})) == (404, "not_found")
    blind = await author.try_post(
        f"/api/posts/{source}/task", {"people": [person.id, author.id], "text": "好"}
    )
    assert blind.status_code == 201
    assert refusal(await author.try_post(f"/api/posts/{source}/task", {"people": []})) == (
        422,
        "audience_empty",
    )


async def test_a_task_whose_last_person_leaves_is_its_authors_again(shared: House) -> None:
    author, other = await enter(shared, BOSS), await enter(shared, SELLER)
    leaver = await enter_as(shared, await make_person(shared, "9041"))
    alone = await set_task(author, [leaver.id])
    shared_one = await set_task(author, [leaver.id, other.id])
    done = await set_task(author, [leaver.id])
    await progress(leaver, done, "done")
    async with author.live() as live:
        left = {"reason": "", "pass_reports_up": True}
        (await author.http.put(f"/api/people/{leaver.id}/resignation", json=left)).raise_for_status()
        returned = await live.event("task.returned", category="task")
        assert returned["changes"][0]["data"]["source"]["id"] == alone
        await live.event("post.details_changed", id=alone)
    details = (await author.get(f"/api/posts/{alone}"))["item"]["details"]
    assert (details["people"], details["returned_from"]) == ([author.id], leaver.id)
    assert alone in await waiting(author)
    assert shared_one not in await waiting(author)
    assert done not in await waiting(author)
    again = await change(author, alone, 1, audience={"people": [other.id]}, details={"people": [other.id]})
    assert again.json()["details"]["returned_from"] is None
    await hold(shared)
