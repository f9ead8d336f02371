"""A message is stored once, in one order that everybody sees, however often and from wherever it is sent (CHAT-12, CHAT-13)."""

import asyncio
import random
from collections import defaultdict
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import insert

from chat import messages
from chat.models import Message
from server.kit.problems import IdempotencyMismatch
from server.work.work import Done
from tests.chat.talk import fresh, group_of, held, say, send, stored, try_send
from tests.house import House
from tests.server.realtime.crowd import all_heard, enter_all, overtaken


async def test_the_same_client_id_gives_the_message_stored_first_and_another_text_is_refused(
    house: House,
) -> None:
    clients = await enter_all(house, (3, 4))
    group, other = await group_of(clients[3], 4), await group_of(clients[3], 4)
    first = await try_send(clients[4], group, client_id="once", text="the text")
    again = await try_send(clients[4], group, client_id="once", text="the text")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["Tenfour-Seq"] == again.headers["Tenfour-Seq"]
    for about in ({"text": "another text"}, {"reply_to": first.json()["id"], "text": "the text"}):
        refused = await try_send(clients[4], group, client_id="once", **about)
        assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_mismatch")
    elsewhere = await try_send(clients[4], other, client_id="once", text="the text")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "idempotency_mismatch")
    async with clients[4].live() as live:
        sent = await say(live, group, "once", "the text")
        assert {name: sent[name] for name in ("op", "id", "number")} == {
            "op": "sent",
            "id": first.json()["id"],
            "number": first.json()["number"],
        }
        assert str(sent["seq"]) == first.headers["Tenfour-Seq"]
        live.frames.clear()
        refused_frame = await say(live, group, "once", "another text")
        assert refused_frame["op"] == "refused"
        assert refused_frame["conversation"] == group
        assert refused_frame["problem"]["code"] == "idempotency_mismatch"
        assert live.events == []
    mine = await send(clients[3], group, client_id="once", text="my own text")
    assert mine["id"] != first.json()["id"], "another person's client id is another one"
    assert len(await stored(house.company, group)) == 2


async def test_one_message_sent_at_once_over_two_sockets_and_http_is_stored_once(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    async with clients[4].live() as phone, clients[4].live() as desk:
        for _ in range(5):
            one = fresh("twin")
            answers = await asyncio.gather(
                say(phone, group, one), say(desk, group, one), send(clients[4], group, client_id=one)
            )
            assert len({answer["id"] for answer in answers}) == 1
            assert len({answer["number"] for answer in answers}) == 1
        await all_heard(house, [phone, desk])
        for live in (phone, desk):
            assert [event["type"] for event in live.events] == ["message.sent"] * 5
    assert len(await stored(house.company, group)) == 5


async def test_twins_in_one_batch_are_one_message_and_a_different_twin_is_refused(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    same = [messages.prepare(4, group, "twin", "same", None) for _ in range(4)]
    different = messages.prepare(4, group, "twin", "different", None)
    async with held(house.company, group):
        waiting = [house.company.small("message", one) for one in (*same, different)]
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    sent = [outcome.value for outcome in outcomes if isinstance(outcome, Done)]
    assert len(sent) == 4
    assert len({(one.view.id, one.seq) for one in sent}) == 1
    assert isinstance(outcomes[-1], IdempotencyMismatch)
    assert [row.text for row in await stored(house.company, group)] == ["same"]


async def test_two_hundred_messages_at_once_get_dense_numbers_and_keep_each_authors_order(
    house: House,
) -> None:
    authors = list(range(1, 21))
    dice = random.Random(7)
    clients = await enter_all(house, authors)
    groups = [await group_of(clients[1], *authors[1:]) for _ in range(5)]
    plan = {one: [(dice.choice(groups), f"{one}-{at}") for at in range(10)] for one in authors}
    async with AsyncExitStack() as opened:
        cursor = (await clients[1].bootstrap())["cursor"]
        lives = {
            one: await opened.enter_async_context(clients[one].live(cursor.rpartition("-")[0] + "-0"))
            for one in authors
        }
        for live in lives.values():
            await overtaken(live)
            live.frames.clear()
            live.events.clear()

        async def talk(one: int) -> None:
            for group, client_id in plan[one]:
                await lives[one].say(op="send", conversation=group, client_id=client_id, text=client_id)

        await asyncio.gather(*[talk(one) for one in authors])
        sent: dict[str, dict[str, Any]] = {}
        for one in authors:
            for _, client_id in plan[one]:
                answer = await lives[one].until(lambda frame, id=client_id: frame.get("client_id") == id)  # type: ignore[misc]
                assert answer["op"] == "sent", answer
                sent[client_id] = answer
        await all_heard(house, lives.values())

        heard: dict[int, dict[int, list[Any]]] = {}
        for one, live in lives.items():
            by_group: dict[int, list[Any]] = defaultdict(list)
            for event in live.events:
                [change] = event["changes"]
                view = change["data"]
                answer = sent[view["client_id"]]
                assert (event["seq"], event["echo"], event["actor"]) == (
                    answer["seq"],
                    view["client_id"],
                    view["author_id"],
                )
                assert (view["id"], view["number"]) == (answer["id"], answer["number"])
                by_group[view["conversation_id"]].append((event["seq"], view["number"], view["client_id"]))
            heard[one] = by_group
            seqs = [event["seq"] for event in live.events]
            assert seqs == sorted(set(seqs))
    for group in groups:
        order = heard[1][group]
        assert all(heard[one][group] == order for one in authors), "everybody sees one order"
        assert [number for _, number, _ in order] == list(range(2, len(order) + 2)), (
            "dense, after the first word"
        )
        for one in authors:
            mine = [client_id for _, _, client_id in order if client_id.startswith(f"{one}-")]
            assert mine == [client_id for where, client_id in plan[one] if where == group]
    assert sum(len(heard[1][group]) for group in groups) == 200


async def test_an_answer_carries_the_number_from_which_the_message_is_visible(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    async with clients[3].live() as live:
        answer = await try_send(clients[4], group, client_id="visible")
        event = await live.event("message.sent", client_id="visible")
        assert event["seq"] == int(answer.headers["Tenfour-Seq"])
        assert event["changes"] == [
            {"op": "put", "kind": "message", "id": answer.json()["id"], "data": answer.json()}
        ]
    page = await clients[3].http.get(f"/api/conversations/{group}/messages")
    assert int(page.headers["Tenfour-Seq"]) >= event["seq"]
    assert page.json()["items"][-1] == answer.json()


async def test_a_frame_that_is_refused_does_not_stop_those_behind_it(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    async with clients[4].live() as live:
        for conversation, client_id in ((group, "a"), (999_999, "b"), (group, "c")):
            await live.say(op="send", conversation=conversation, client_id=client_id, text="x")
        answers = {
            one: await live.until(lambda frame, id=one: frame.get("client_id") == id)  # type: ignore[misc]
            for one in ("a", "b", "c")
        }
    assert [answers[one]["op"] for one in ("a", "b", "c")] == ["sent", "refused", "sent"]
    assert answers["b"]["problem"]["code"] == "not_found"
    assert answers["c"]["number"] == answers["a"]["number"] + 1


async def test_a_reply_names_a_message_of_the_same_conversation(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group, other = await group_of(clients[3], 4), await group_of(clients[3], 4)
    here, there = await send(clients[3], group), await send(clients[3], other)
    assert (await send(clients[4], group, reply_to=here["id"]))["reply_to"] == here["id"]
    for wrong in (there["id"], 999_999):
        refused = await try_send(clients[4], group, reply_to=wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reply_to")


@pytest.mark.parametrize("poison", ["database", "program"])
async def test_a_poisoned_act_does_not_fail_the_others_of_its_batch(house: House, poison: str) -> None:
    clients = await enter_all(house, (3, 4, 5))
    group = await group_of(clients[3], 4, 5)
    good = [messages.prepare(3 + at % 3, group, f"good-{at}", f"{at}", None) for at in range(6)]
    bad: Any = messages.Send(
        4,
        group,
        "bad",
        "x",
        None,
        good[0].mentions,
        None if poison == "database" else {1},  # type: ignore[arg-type]
    )
    async with held(house.company, group):
        waiting = [house.company.small("message", one) for one in (*good[:3], bad, *good[3:])]
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(outcomes.pop(3), Exception)
    assert all(isinstance(outcome, Done) for outcome in outcomes), outcomes
    rows = await stored(house.company, group)
    assert [row.client_id for row in rows] == [one.client_id for one in good]
    assert [row.number for row in rows] == list(range(2, 8))
    assert (await send(clients[3], group))["number"] == 8


async def test_a_message_under_the_same_id_stored_meanwhile_by_another_process_is_found(house: House) -> None:
    """The other process's row is there when the batch inserts, but was not when it looked."""
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    first = await send(clients[4], group, client_id="raced", text="same")
    looked, original = [], messages._earlier

    def blind(work: Any, sends: Any) -> Any:
        looked.append(len(sends))
        return {} if len(looked) == 1 else original(work, sends)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "_earlier", blind)
        again, other = await asyncio.gather(
            send(clients[4], group, client_id="raced", text="same"), send(clients[3], group)
        )
    assert again == first
    assert other["number"] == first["number"] + 1
    assert len(looked) >= 2


async def test_marks_move_forward_only_and_my_other_devices_hear_it(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    newest = [await send(clients[3], group) for _ in range(4)][-1]["number"]
    async with clients[4].live() as phone, clients[4].live() as desk, clients[3].live() as other:
        await phone.say(op="read", conversation=group, number=newest - 1)
        heard = await desk.event("conversation.read", conversation_id=group)
        assert heard["changes"][0]["data"]["read_number"] == newest - 1
        back = await clients[4].put(f"/api/conversations/{group}/read", {"number": 1})
        assert back["read_number"] == newest - 1
        await phone.say(op="read", conversation=group, number=newest + 1)
        refused = await phone.until(lambda frame: frame["op"] == "refused")
        assert refused["problem"]["errors"][0]["field"] == "number"
        forward = await clients[4].put(f"/api/conversations/{group}/read", {"number": newest})
        assert forward["read_number"] == newest
        await all_heard(house, [phone, desk, other])
        assert [event["type"] for event in desk.events] == ["conversation.read"]
        assert other.events == [], "nobody else is told what I have read"


async def test_the_table_itself_refuses_a_second_message_under_one_number(house: House) -> None:
    clients = await enter_all(house, (3, 4))
    group = await group_of(clients[3], 4)
    [row] = [await send(clients[3], group)]

    def again(work: Any) -> None:
        work.conn.execute(
            insert(Message).values(
                conversation_id=group,
                number=row["number"],
                kind="text",
                author_id=3,
                client_id="other",
                body_hash="",
                text="x",
                mentions="{}",
                created_at=work.now,
            )
        )

    with pytest.raises(Exception, match=r"(?i)unique"):
        await house.company.write(again)
