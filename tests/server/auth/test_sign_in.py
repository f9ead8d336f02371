"""Signing in: by whatever name people type, told nothing when it fails, slowed when they guess, never locked out by others."""

import asyncio
from datetime import datetime, timedelta

import pytest
from argon2 import Type
from sqlalchemy import func, select, update

from server.auth import delays, passwords
from server.auth.delays import FORGET, keys, place
from server.auth.models import SignInDelay
from server.org.models import Person
from server.work.work import Work
from tests.conftest import REAL_HASHER
from tests.house import House
from tests.server.api.people import make_person, person_id
from tests.server.auth.door import RealTime, knock

SPELLINGS = [
    "13800010004", " 13800010004 ", "138 0001 0004", "138-0001-0004", "+8613800010004", "+86 138 0001 0004", "8613800010004",
    "+86-138-0001-0004", "0086 138 0001 0004", "（138）0001 0004", "１３８０００１０００４", "＋８６ 138 0001 0004",
    "138\u00a00001\u00a00004",
    "\u200b13800010004", "1004", " 1004", "１００４", "zhangwei@farbridge.example", "ZhangWei@FarBridge.Example",
    " ZHANGWEI@FARBRIDGE.EXAMPLE ", "ｚｈａｎｇｗｅｉ@farbridge.example", "zhangwei＠farbridge.example",
]  # fmt: skip


async def test_one_person_signs_in_by_every_spelling_of_every_name(shared: House) -> None:
    zhang = await person_id(shared, "1004")
    replies = await asyncio.gather(*[knock(shared, spelling, source="127.0.0.2") for spelling in SPELLINGS])
    for spelling, reply in zip(SPELLINGS, replies, strict=True):
        assert reply.status == 200, f"{spelling!r}: {reply.body!r}"
        assert reply.json()["person"]["id"] == zhang, spelling


async def test_names_that_only_look_alike_are_nobodys(shared: House) -> None:
    others = (
        "138000100040",
        "+8513800010004",
        "1004.",
        "l004",
        "zhangwei@farbridge.example.",
        "%",
        "zhang_ei@farbridge.example",
        "",
    )
    replies = await asyncio.gather(*[knock(shared, other, source="127.0.0.3") for other in others])
    assert [reply.status for reply in replies] == [401] * len(others)


async def test_a_wrong_password_tells_nothing_about_who_is_here(shared: House) -> None:
    invited = await make_person(shared, "7001")
    gone = await make_person(shared, "7002")

    def change(work: Work) -> None:
        work.conn.execute(
            update(Person).where(Person.id == invited).values(state="invited", password_hash=None)
        )
        work.conn.execute(update(Person).where(Person.id == gone).values(state="left"))

    await shared.company.write(change)
    logins = ("1004", "nobody-at-all", "13999999999", "7001", "7002", "x" * 300)
    replies = [await knock(shared, login, "not the password", source="127.0.0.4") for login in logins]
    told = {
        (reply.status, reply.body, tuple(one for one in reply.headers if one[0] != "date"))
        for reply in replies
    }
    assert len(told) == 1
    assert (replies[0].status, replies[0].json()["code"]) == (401, "wrong_credentials")
    assert not replies[0].header("set-cookie")


async def test_guessing_is_slowed_more_and_more_and_the_answer_says_until_when(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, source = RealTime(monkeypatch), "127.0.0.5"
    for _ in range(5):
        assert (await knock(shared, "1005", "guess", source=source)).status == 401
    waits = []
    for _ in range(4):
        asked_at = time.now()
        early = await knock(shared, "1005", source=source)  # the right one is not even looked at
        assert (early.status, early.json()["code"]) == (429, "too_soon")
        until = early.json()["until"]
        wait = datetime.fromisoformat(until) - asked_at
        assert wait <= timedelta(seconds=int(early.header("retry-after"))) < wait + timedelta(seconds=2)
        waits.append(round(wait.total_seconds()))
        time.move_to(until)
        assert (await knock(shared, "1005", "guess", source=source)).status == 401
    assert waits == [1, 2, 4, 8]


async def test_until_is_honest_and_success_forgets_the_failures(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, source = RealTime(monkeypatch), "127.0.0.6"
    refused = [await knock(shared, "1006", "guess", source=source) for _ in range(6)][-1]
    time.move_to(refused.json()["until"])
    assert (await knock(shared, "1006", source=source)).status == 200
    for _ in range(4):
        assert (await knock(shared, "1006", "guess", source=source)).status == 401
    assert (await knock(shared, "1006", source=source)).status == 200


async def test_who_guesses_at_an_account_does_not_slow_it_elsewhere(shared: House) -> None:
    guesses = [await knock(shared, "1007", "guess", source="127.0.0.7") for _ in range(6)]
    assert guesses[-1].status == 429
    assert (await knock(shared, "1007", source="127.0.0.8")).status == 200


async def test_an_account_guessed_at_from_everywhere_is_slowed_by_seconds_only(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = RealTime(monkeypatch)
    for number in range(18):
        refused = await knock(shared, "1008", "guess", source=f"127.0.1.{number + 1}")
        if refused.status == 429:
            time.move_to(refused.json()["until"])
            assert (await knock(shared, "1008", "guess", source=f"127.0.1.{number + 1}")).status == 401
    refused = await knock(shared, "1008", source="127.0.2.1")
    assert refused.status == 429
    assert datetime.fromisoformat(refused.json()["until"]) - time.now() <= timedelta(seconds=10)
    time.move_to(refused.json()["until"])
    assert (await knock(shared, "1008", source="127.0.2.1")).status == 200


async def test_one_address_that_tries_many_names_is_slowed_and_others_are_not(shared: House) -> None:
    for number in range(31):
        assert (await knock(shared, f"guessed-{number}", "guess", source="127.0.0.9")).status == 401
    assert (await knock(shared, "1009", source="127.0.0.9")).status == 429
    assert (await knock(shared, "1009", source="127.0.0.10")).status == 200


async def test_guessing_in_parallel_gains_nothing(shared: House) -> None:
    guesses = [knock(shared, "1010", f"guess {number}", source="127.0.0.11") for number in range(14)]
    statuses = sorted([reply.status for reply in await asyncio.gather(*guesses)])
    assert statuses == [401] * 5 + [429] * 9
    query = select(SignInDelay.failures).where(SignInDelay.key == keys("1010", "127.0.0.11")[2])
    assert await shared.company.read(lambda conn: conn.execute(query).scalar()) == 5


async def test_a_flood_from_one_address_does_not_queue_before_everybody(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "MAX_WAITING", 2)
    flood = [knock(shared, f"flood-{number}", "guess", source="127.0.0.13") for number in range(25)]
    replies = await asyncio.gather(knock(shared, "1014", source="127.0.0.14"), *flood)
    assert replies[0].status == 200
    refused = [reply for reply in replies if reply.status == 429]
    assert {reply.json()["code"] for reply in refused} <= {"rate_limited", "too_soon"}
    assert {reply.header("retry-after") for reply in refused if reply.json()["code"] == "rate_limited"} == {
        "1"
    }
    assert not passwords._waiting


async def test_first_failures_from_many_devices_at_once_are_all_answered(shared: House) -> None:
    replies = await asyncio.gather(
        *[knock(shared, "1011", "guess", source=f"127.0.3.{number + 1}") for number in range(8)]
    )
    assert {reply.status for reply in replies} == {401}
    query = select(SignInDelay.failures).where(SignInDelay.key == "account:1011")
    assert await shared.company.read(lambda conn: conn.execute(query).scalar()) == 8


async def test_failures_are_forgotten_after_an_hour_and_their_rows_too(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, source = RealTime(monkeypatch), "127.0.0.12"
    for _ in range(6):
        await knock(shared, "1012", "guess", source=source)
    time.offset = FORGET + timedelta(minutes=1)
    assert (await knock(shared, "1012", "guess", source=source)).status == 401
    assert (await knock(shared, "1012", source=source)).status == 200
    time.offset = 3 * FORGET
    await shared.company.write(lambda work: delays.forget(work.conn, time.now()))
    left = select(func.count()).select_from(SignInDelay)
    assert await shared.company.read(lambda conn: conn.execute(left).scalar_one()) == 0


def test_a_delay_has_an_end_however_long_somebody_goes_on() -> None:
    kinds = delays._KINDS
    for name, longest in (("pair", 900), ("address", 900), ("account", 10)):
        assert kinds[name].pause(0) == timedelta(0)
        assert kinds[name].pause(kinds[name].free) == timedelta(0)
        assert kinds[name].pause(kinds[name].free + 1) == timedelta(seconds=1)
        assert kinds[name].pause(10_000) == timedelta(seconds=longest)


def test_a_password_costs_an_attacker_what_the_baseline_says() -> None:
    assert REAL_HASHER.type is Type.ID
    assert REAL_HASHER.memory_cost >= 19 * 1024
    assert REAL_HASHER.time_cost >= 2


def test_a_device_with_many_addresses_is_one_place() -> None:
    assert place("2001:db8:1:2::1") == place("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert place("2001:db8:1:3::1") != place("2001:db8:1:2::1")
    assert place("::ffff:10.0.0.1") == place("10.0.0.1") == "10.0.0.1"
    assert len(max(keys("x" * 300, "y" * 5_000), key=len)) < 400


async def test_a_forwarded_address_of_any_length_is_no_mistake_of_ours(shared: House) -> None:
    for forwarded in ("x" * 5_000, "\xff\xfe", "10.9.8.7, ::1", "[::1", ""):
        reply = await knock(shared, "nobody", "guess", headers=[("X-Forwarded-For", forwarded)])
        assert reply.status in (401, 429), forwarded[:20]
