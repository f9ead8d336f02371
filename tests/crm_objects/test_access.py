"""Asking for a record whose card is closed (N1), shares that end by themselves (CHAT-08 … 10), and who will not see a card (N2)."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from crm_objects.access import asking, sharing
from crm_objects.access.models import RecordShare
from crm_objects.access.readers import Readers
from crm_objects.engine import team
from crm_objects.engine.reading import desk_of, readable_among
from crm_objects.engine.record_type import kinds_of
from server.kit.problems import WrongState
from server.org.models import Person
from server.permissions.actor import load_actor
from server.work.company import move_clock
from server.work.work import Work
from tests.chat.talk import fresh, group_of
from tests.crm_objects.desk import (
    CONTACTS,
    CUSTOMERS,
    change,
    errors,
    listed,
    make,
    make_contact,
    names,
    said,
)
from tests.feed.board import set_clock
from tests.house import Client, House, Live
from tests.server.api.people import BOSS, HEAD, MANAGER, OTHER_MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter

DAY = timedelta(days=1)


def ref(row: dict[str, Any]) -> dict[str, Any]:
    return {"kind": row["kind"], "id": row["id"]}


async def show(owner: Client, row: dict[str, Any], *people: Client) -> None:
    """The record's card lies before these people."""
    body = {
        "kind": "share",
        "text": "请看",
        "audience": {"people": [one.id for one in people]},
        "cards": [ref(row)],
    }
    await owner.post("/api/posts", body)


async def ask(client: Client, row: dict[str, Any]) -> httpx2.Response:
    return await client.http.put(f"/api/records/{row['kind']}/{row['id']}/access-request", json={})


async def asked(client: Client, row: dict[str, Any]) -> int:
    reply = await ask(client, row)
    assert reply.is_success, reply.text
    return int(reply.json()["id"])


async def decide(client: Client, request: int, choice: str, reason: str = "") -> httpx2.Response:
    body = {"choice": choice, "reason": reason}
    return await client.http.put(f"/api/access-requests/{request}/decision", json=body)


async def card(client: Client, row: dict[str, Any]) -> Any:
    return (await client.post("/api/cards", {"refs": [ref(row)]}))["items"][0]


async def waiting(client: Client) -> list[int]:
    items = (await client.get("/api/todos", category="access"))["items"]
    assert (await client.get("/api/todos/counts"))["categories"].get("access", 0) == len(items)
    return [one["ref"]["id"] for one in items]


async def acts(client: Client, row: dict[str, Any]) -> list[str]:
    return [one["act"] for one in (await client.get(f"{CUSTOMERS}/{row['id']}/history"))["items"]]


async def moved(screen: Live) -> None:
    """Whether this person reads a record, or what became of their question, is another now."""
    heard = await screen.event("record.access_changed")
    assert [one["data"] for one in heard["changes"]] == [{"version": 0, "gone": False}], "nothing of it"


async def test_who_is_let_in_sees_the_same_card_filled_and_nobody_else_does(shared: House) -> None:
    owner, asker, other = [await enter(shared, one) for one in (SELLER, OUTSIDER, OTHER_MANAGER)]
    row = await make(owner, "请求访问", phone="13911112222", level="key")
    await show(owner, row, asker, other)
    stub = await card(asker, row)
    assert (stub["restricted"], stub["title"], stub["state"], stub["shown"]) == (True, "", "", {})
    assert stub["buttons"] == []
    async with owner.live() as desk, asker.live() as screen, other.live() as beside:
        request = await asked(asker, row)
        assert await asked(asker, row) == request, "asking twice is one question"
        todo = (await desk.event("access.asked"))["changes"][0]["data"]
        assert (todo["title"], todo["source"], todo["asked_by"]) == ("请求访问", ref(row), asker.id)
        notice = (await desk.event("notice.told"))["changes"][0]["data"]
        assert (notice["kind"], notice["about"]) == ("access_asked", ref(row))
        assert (await card(asker, row))["state"] == "asked"
        assert request in await waiting(owner)
        assert (await decide(owner, request, "day")).json() == {
            "id": request,
            "state": "granted",
            "outcome": "day",
        }
        assert (await decide(owner, request, "day")).is_success, "the same again is the same"
        assert said(await decide(owner, request, "refused", "不行")) == "409 wrong_state"
        await moved(screen)
        told = await screen.event("notice.told")
        assert told["changes"][0]["data"]["title"] == "请求访问"
        await desk.event("access.answered")
        filled = await card(asker, row)
        assert (filled["restricted"], filled["title"]) == (False, "请求访问")
        assert filled["shown"]["phone"] == {"masked": "139****2222"}
        assert filled["buttons"] == [], "who only reads, and sees no number, presses nothing"
        assert (await card(owner, row))["buttons"] == ["call", "followup", "state"]
        assert request not in await waiting(owner)
        assert (await card(other, row))["restricted"]
        await beside.quiet()
        assert not [one for one in beside.events if one["type"].startswith(("record.", "access."))]
    # One condition everywhere: the list, the record, the search; it reads and does nothing else.
    path = f"{CUSTOMERS}/{row['id']}"
    assert names(await listed(asker, q="请求访问")) == ["请求访问"]
    seen = (await asker.get(path))["item"]
    assert (seen["may"], seen["fields"]["phone"]) == ([], {"masked": "139****2222"})
    assert [
        one["id"] for one in (await asker.get("/api/search", q="请求访问", kind="customer"))["items"]
    ] == [row["id"]]
    assert (
        said(await asker.http.patch(path, json={"version": 1, "fields": {"level": "low"}})) == "403 forbidden"
    )
    contact = await make_contact(owner, row["id"])
    assert said(await asker.http.get(f"{CONTACTS}/{contact['id']}")) == "404 not_found", "only this record"
    assert said(await ask(asker, row)) == "409 wrong_state"
    shares = (await owner.get(f"{path}/shares"))["items"]
    assert [(one["person"], one["granted_by"]) for one in shares] == [(asker.id, owner.id)]
    assert (await acts(owner, row))[0] == "shared"
    # Taken back: the watch ends, the card closes.
    async with asker.live() as screen:
        await screen.say(op="watch", ref=ref(row))
        await screen.until(lambda frame: frame["op"] == "watching")
        await owner.http.delete(f"{path}/shares/{asker.id}")
        await screen.event("record.changed")
        await moved(screen)
        await change(owner, row["id"], 1, level="low")
        await show(owner, row, asker)
        await screen.event("post.published")
        assert not [one for one in screen.events if one["type"] == "record.changed"]
    assert (await card(asker, row))["restricted"]
    assert said(await asker.http.get(path)) == "404 not_found"
    assert (await acts(owner, row))[:2] == ["changed", "unshared"]
    await owner.http.delete(f"{path}/shares/{asker.id}")


async def test_only_who_was_shown_its_card_can_ask(shared: House) -> None:
    owner, asker, friend = [await enter(shared, one) for one in (SELLER, OUTSIDER, OTHER_MANAGER)]
    row = await make(owner)
    nothing = {"kind": "customer", "id": 999_999}
    assert said(await ask(asker, row)) == said(await ask(asker, nothing)) == "404 not_found"
    # An address in a text is written by anybody.
    text = f"{shared.company.settings.public_url}/crm/customer/{row['id']}"
    await asker.post("/api/posts", {"kind": "share", "text": text, "audience": {"everyone": True}})
    assert said(await ask(asker, row)) == "404 not_found"
    await show(owner, row, friend)
    assert said(await ask(asker, row)) == "404 not_found"
    assert said(await ask(friend, row)) == "200"


async def test_a_refusal_says_why_and_when_one_may_ask_again(shared: House) -> None:
    owner, asker = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    row = await make(owner)
    await show(owner, row, asker)
    request = await asked(asker, row)
    unsaid = await decide(owner, request, "refused", " ")
    assert [(one["field"], one["code"]) for one in unsaid.json()["errors"]] == [("reason", "required")]
    assert said(await decide(asker, request, "day")) == "404 not_found"
    await decide(owner, request, "refused", "正在谈判")
    stub = await card(asker, row)
    assert (stub["restricted"], stub["state"], stub["shown"]) == (True, "refused", {"reason": "正在谈判"})
    again = await ask(asker, row)
    assert said(again) == "429 too_soon"
    assert again.json()["until"]
    assert request not in await waiting(owner)


@pytest.mark.parametrize("standing_in", ["a deputy who leads it", "a deputy who does not", "nobody"])
async def test_who_is_away_is_not_asked_but_who_is_here_and_leads_it(shared: House, standing_in: str) -> None:
    owner, asker, mate = [await enter(shared, one) for one in (SELLER, OUTSIDER, SECOND_SELLER)]
    manager, head = await enter(shared, MANAGER), await enter(shared, HEAD)
    row, later = await make(owner), await make(owner)
    await show(owner, row, asker)
    await show(owner, later, asker)
    before = await asked(asker, row)
    assert before in await waiting(owner)
    day = str(shared.company.today())
    deputy = {"a deputy who leads it": head.id, "a deputy who does not": mate.id, "nobody": None}[standing_in]
    absence = {"from_day": day, "to_day": day, "deputy_id": deputy, "reason": "sick"}
    path = f"/api/people/{owner.id}/absences"
    entered = (await owner.post(path, absence))["id"]
    after = await asked(asker, later)
    told = head if standing_in == "a deputy who leads it" else manager
    assert {before, after} <= set(await waiting(told)), "what waited goes along"
    for silent in {owner, mate, manager, head} - {told}:
        assert not {before, after} & set(await waiting(silent))
    assert said(await decide(told, after, "day")) == "200"
    assert not (await card(asker, later))["restricted"]
    await owner.delete(f"{path}/{entered}")
    assert said(await decide(owner, before, "day")) == "200", "whose it is may always answer"
    assert before not in await waiting(told)


@pytest.mark.parametrize("event", ["voided", "given away", "given to the asker", "deleted"])
async def test_what_happens_meanwhile_leaves_one_outcome(shared: House, event: str) -> None:
    boss, owner, asker, next_owner = [
        await enter(shared, one) for one in (BOSS, SELLER, OUTSIDER, SECOND_SELLER)
    ]
    row = await make(boss, owner=owner.id)
    path = f"{CUSTOMERS}/{row['id']}"
    await show(owner, row, asker)
    request = await asked(asker, row)
    if event == "voided":
        await owner.put(f"{path}/void", {"reason": ""})
    elif event == "deleted":
        await owner.put(f"{path}/void", {"reason": ""})
        await boss.http.delete(path)
    else:
        to = next_owner if event == "given away" else asker
        await boss.put(f"{path}/owner", {"owner": to.id, "reason": "", "keep": "none"})
    assert request not in await waiting(owner)
    if event == "given away":
        assert request in await waiting(next_owner)
        assert said(await decide(owner, request, "month")) == "404 not_found"
        await decide(next_owner, request, "team")
        team = (await next_owner.get(f"{path}/team"))["items"]
        assert [(one["person"], one["access"]) for one in team[1:]] == [(asker.id, "read")]
    else:
        late = await decide(owner, request, "month")
        assert said(late) in ("409 wrong_state", "404 not_found")
        assert (
            await shared.company.read(
                lambda conn: conn.execute(
                    select(RecordShare.id).where(RecordShare.record_id == row["id"])
                ).all()
            )
            == []
        )


@pytest.mark.parametrize("choice", ["team", "month"])
async def test_who_was_let_in_a_moment_before_the_answer_keeps_what_they_have(
    shared: House, choice: str
) -> None:
    """Whoever decides waited for the record beside who put the asker on its team: the question was not closed yet."""
    owner, asker = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    row = await make(owner)
    await show(owner, row, asker)
    request = await asked(asker, row)

    def both(work: Work) -> str:
        kinds = kinds_of(shared.company.modules)
        actor = load_actor(work.conn, owner.id)
        assert actor is not None
        desk = desk_of(work.conn, actor, kinds, kinds["customer"])
        team.join(work, desk, row["id"], asker.id, "after_sales", "write")
        try:
            asking.decide(work, kinds, desk, asking.request_of(work.conn, request), choice, "")
        except WrongState as refused:
            return str(refused.extra["reason"])
        return "decided"

    assert (await shared.company.write(both)).value == "asker_can_read"
    members = (await owner.get(f"{CUSTOMERS}/{row['id']}/team"))["items"]
    assert [(one["person"], one["role"], one["access"]) for one in members[1:]] == [
        (asker.id, "after_sales", "write")
    ]
    assert (await owner.get(f"{CUSTOMERS}/{row['id']}/shares"))["items"] == []
    assert request not in await waiting(owner), "and nobody has to answer it any more"


async def test_of_two_who_decide_at_once_one_is_told_that_it_is_done(shared: House) -> None:
    owner, above, asker = [await enter(shared, one) for one in (SELLER, MANAGER, OUTSIDER)]
    for _ in range(3):
        row = await make(owner)
        await show(owner, row, asker)
        first, second = await asyncio.gather(ask(asker, row), ask(asker, row))
        assert first.json()["id"] == second.json()["id"]
        request = first.json()["id"]
        replies = await asyncio.gather(
            decide(owner, request, "day"), decide(above, request, "refused", "不行")
        )
        assert sorted(said(one) for one in replies) == ["200", "409 wrong_state"]
        won = next(one for one in replies if one.is_success).json()["outcome"]
        assert (await card(asker, row))["restricted"] == (won == "refused")


async def test_sending_to_who_does_not_see_it_asks_first(shared: House) -> None:
    owner, blind, sees = [await enter(shared, one) for one in (SELLER, OUTSIDER, MANAGER)]
    row = await make(owner, "转发")
    group = await group_of(owner, blind.id, sees.id)
    path = f"/api/conversations/{group}/messages"
    message = {"client_id": fresh(), "text": "看看", "cards": [ref(row)]}
    refused = await owner.try_post(path, message)
    assert said(refused) == "409 recipients_lack_access"
    [which] = refused.json()["cards"]
    assert which == {**ref(row), "blind": 1, "people": [blind.id], "may_grant": True}
    async with owner.live() as live:
        await live.say(op="send", conversation=group, client_id=fresh(), text="", cards=[ref(row)])
        frame = await live.until(lambda one: one["op"] == "refused")
        assert frame["problem"]["code"] == "recipients_lack_access"
        # Without letting them: it goes, and is closed to them.
        await live.say(
            op="send", conversation=group, client_id=fresh(), text="", cards=[ref(row)], anyway=True
        )
        await live.until(lambda one: one["op"] == "sent")
    assert (await card(blind, row))["restricted"]
    request = await asked(blind, row)
    shared_now = await owner.put(f"{CUSTOMERS}/{row['id']}/shares", {"days": 7, "conversation": group})
    assert shared_now["people"] == 1
    assert request not in await waiting(owner), "letting them in answers who asked"
    assert said(await owner.try_post(path, message)) == "201"
    assert (await card(blind, row))["title"] == "转发"
    assert (await owner.put(f"{CUSTOMERS}/{row['id']}/shares", {"days": 1, "conversation": group}))[
        "people"
    ] == 0
    # Who only reads it lets nobody in.
    told = await blind.try_post(
        f"/api/conversations/{await group_of(blind, (await enter(shared, OTHER_MANAGER)).id)}/messages",
        {**message, "client_id": fresh()},
    )
    assert not told.json()["cards"][0]["may_grant"]
    assert (
        said(await blind.http.put(f"{CUSTOMERS}/{row['id']}/shares", json={"days": 1, "conversation": group}))
        == "403 forbidden"
    )
    for wrong in (
        {"days": 1},
        {"days": 1, "people": [999_999]},
        {"days": 1, "people": [blind.id], "conversation": group},
    ):
        assert said(await owner.http.put(f"{CUSTOMERS}/{row['id']}/shares", json=wrong)) == "422 invalid"
    assert said(await owner.try_post(path, {"client_id": fresh(), "text": "只有字"})) == "201"


async def test_while_composing_it_says_who_misses_what(shared: House) -> None:
    owner, blind, above = [await enter(shared, one) for one in (SELLER, OUTSIDER, MANAGER)]
    row = await make(owner, phone="13911112222")
    audience = {"people": [blind.id, above.id]}
    body = {"audience": audience, "cards": [ref(row)]}
    [told] = (await owner.post("/api/posts/audience-check", body))["cards"]
    assert told == {
        **ref(row), "blind": 1, "people": [blind.id], "partly": [{"class": "contact", "people": 1}], "may_grant": True,
    }  # fmt: skip
    await owner.put(f"{CUSTOMERS}/{row['id']}/shares", {"days": 7, "audience": audience})
    [now] = (await owner.post("/api/posts/audience-check", body))["cards"]
    assert (now["blind"], now["partly"]) == (0, [{"class": "contact", "people": 2}])


async def test_readers_of_a_record_are_exactly_those_whom_it_lets_read(shared: House) -> None:
    """Both directions of the rights, person by person, for everybody in the company."""
    boss, owner, maker, team, writer, friend = [
        await enter(shared, one) for one in (BOSS, SELLER, "1019", "1014", "1012", OUTSIDER)
    ]
    customer = await make(maker, owner=owner.id)
    path = f"{CUSTOMERS}/{customer['id']}"
    await owner.put(f"{path}/team/{team.id}", {"role": "member", "access": "read"})
    await owner.put(f"{path}/team/{writer.id}", {"role": "member", "access": "write"})
    await owner.put(f"{path}/shares", {"days": 1, "people": [friend.id]})
    contact = await make_contact(writer, customer["id"])
    headless = await make(boss, owner=(await enter(shared, HEAD)).id)
    kinds = kinds_of(shared.company.modules)

    def both(conn: Any, row: dict[str, Any]) -> tuple[set[int], set[int]]:
        kind = kinds[row["kind"]]
        readers = Readers(conn, kinds, kind, row["id"])
        found = set(
            conn.execute(select(Person.id).where(readers.reading(), Person.state == "active")).scalars()
        )
        everybody = conn.execute(select(Person.id).where(Person.state == "active")).scalars()
        actors = [actor for one in everybody if (actor := load_actor(conn, one)) is not None]
        return found, {one.id for one in actors if readable_among(conn, one, kinds, kind, [row["id"]])}

    for row in (customer, contact, headless):
        found, expected = await shared.company.read(partial(both, row=row))
        assert found == expected
        assert len(expected) > 1


async def test_a_card_says_what_changed_since_it_was_sent_as_far_as_one_sees_it(shared: House) -> None:
    owner, above, blind = [await enter(shared, one) for one in (SELLER, MANAGER, OUTSIDER)]
    row = await make(owner, "那时", phone="13911112222", level="key")
    await show(owner, row, above, blind)
    path = f"{CUSTOMERS}/{row['id']}/changes/1"
    assert await owner.get(path) == {"known": True, "items": [], "also": []}
    await change(owner, row["id"], 1, name="现在", phone="13933334444", note="不在卡片上")
    await change(owner, row["id"], 2, level="low")
    seen = (await above.get(path))["items"]
    assert {one["field"]: (one["from"], one["to"]) for one in seen} == {
        "name": ("那时", "现在"),
        "level": ("key", "low"),
        "phone": ({"masked": "139****2222"}, {"masked": "139****4444"}),
    }
    mine = {one["field"]: one["to"] for one in (await owner.get(path))["items"]}
    assert mine["phone"] == "+8613933334444"
    assert said(await blind.http.get(path)) == "404 not_found"
    assert not (await owner.get(path[:-1] + "2"))["known"], "no card of that version was sent"


async def test_a_share_ends_at_its_moment_whatever_happens_to_the_job(house: House) -> None:
    owner, asker, left = [await enter(house, one) for one in (SELLER, OUTSIDER, OTHER_MANAGER)]
    boss = await enter(house, BOSS)
    row, orphan = await make(owner), await make(left)
    path = f"{CUSTOMERS}/{row['id']}"
    await owner.put(f"{path}/shares", {"days": 1, "people": [asker.id]})
    await owner.put(f"{path}/shares", {"days": 30, "people": [left.id]})
    async with asker.live() as screen:
        await house.company.write(lambda work: move_clock(work.conn, DAY))
        house.company.clock.offset = DAY
        # Whether the job ran or not: it is over.
        assert said(await asker.http.get(path)) == "404 not_found"
        assert (await card(asker, row))["restricted"]
        await set_clock(boss, DAY + timedelta(minutes=1))
        await moved(screen)
        args = {"kind": "customer", "id": row["id"]}
        await asyncio.gather(*[sharing.end(house.company, args) for _ in range(3)])
    assert (await acts(owner, row))[:3] == ["share_expired", "shared", "shared"]
    assert [one["person"] for one in (await owner.get(f"{path}/shares"))["items"]] == [left.id]
    assert (await left.get(path))["item"]["id"] == row["id"]
    # The owner has left: the manager above answers; who asked has left: nobody has to.
    await show(left, orphan, asker)
    request = await asked(asker, orphan)
    await boss.put(f"/api/people/{left.id}/resignation", {"reason": "", "pass_reports_up": True})
    [now] = [one for one in (boss, await enter(house, HEAD)) if request in await waiting(one)]
    await boss.put(f"/api/people/{asker.id}/resignation", {"reason": "", "pass_reports_up": True})
    assert request not in await waiting(now)
    assert said(await decide(now, request, "day")) == "409 wrong_state"


async def test_who_begins_to_watch_hears_how_new_it_is_by_then(shared: House) -> None:
    """A card may have been fetched before; what changed until the watch began is no event any more."""
    owner = await enter(shared, SELLER)
    row = await make(owner, "先取卡片再关注")
    await change(owner, row["id"], 1, name="先取卡片再关注 二")
    async with owner.live() as screen:
        await screen.say(op="watch", ref=ref(row))
        began = await screen.until(lambda frame: frame["op"] == "watching")
        (told,) = began["changes"]
        assert (told["kind"], told["id"]) == ("record/customer", row["id"])
        assert told["data"] == {"version": 2, "gone": False}


async def test_a_comment_carries_cards_like_a_post_and_lets_its_readers_ask(shared: House) -> None:
    owner, blind = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    row = await make(owner, "评论里的卡片", level="key")
    body = {"kind": "share", "text": "见评论", "audience": {"people": [blind.id]}}
    post = await owner.post("/api/posts", body)
    path = f"/api/posts/{post['id']}/comments"
    wanted = {"text": "", "client_id": "card-1", "cards": [ref(row)]}
    written = await owner.post(path, wanted)
    assert written["cards"] == [{**ref(row), "version": 1}]
    unseen = await blind.try_post(path, {"text": "x", "cards": [ref(row)]})
    assert errors(unseen) == {"cards[0]": "not_found"}, "nobody hands on what they do not see"
    shown = (await blind.get(path))["items"]
    assert [one["cards"] for one in shown] == [[{**ref(row), "version": 1}]]
    stub = await card(blind, row)
    assert (stub["restricted"], stub["title"]) == (True, "")
    await change(owner, row["id"], 1, level="low")
    since = await owner.get(f"{CUSTOMERS}/{row['id']}/changes/1")
    assert [(one["field"], one["to"]) for one in since["items"]] == [("level", "low")], "kept as a post's are"
    assert (await asked(blind, row)) > 0, "who has it before their eyes may ask"
    traces = (await owner.get(f"/api/links/customer/{row['id']}"))["items"]
    assert ("comment", written["id"]) in [(one["source"]["kind"], one["source"]["id"]) for one in traces]
    assert (await owner.http.delete(f"/api/comments/{written['id']}")).status_code == 204
    assert (await blind.get(path))["items"][0]["cards"] == []
    traces = (await owner.get(f"/api/links/customer/{row['id']}"))["items"]
    assert not [one for one in traces if one["source"]["kind"] == "comment"]
