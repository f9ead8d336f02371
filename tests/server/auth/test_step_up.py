"""A dangerous act asks again who is there; ending everything leaves nothing open."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from server.auth import sessions
from server.auth.ending import end_everything
from server.auth.models import Session
from server.kit.problems import ByHandOnly, SecondFactorRequired, StepUpRequired
from server.org.models import Person
from server.people.invitations import invite
from server.permissions.actor import Actor
from server.permissions.rules import Rule
from server.work.work import Work
from tests.house import House
from tests.server.api.people import enter, enter_as, make_person, person_id
from tests.server.auth.door import RealTime

DANGEROUS = Rule("danger", "For a test.", step_up=True)


def test_a_rule_that_asks_for_a_fresh_confirmation_refuses_all_others() -> None:
    DANGEROUS.admit(Actor(1, "employee", "A", 1, is_confirmed=True))
    with pytest.raises(StepUpRequired):
        DANGEROUS.admit(Actor(1, "employee", "A", 1))
    with pytest.raises(ByHandOnly):
        DANGEROUS.admit(Actor(1, "bot", "A", 1, is_confirmed=True, token_scopes=frozenset({"danger"})))
    with pytest.raises(SecondFactorRequired):
        Rule("plain", "For a test.").admit(Actor(1, "employee", "A", 1, must_enrol=True))
    Rule("door", "For a test.", enrolling=True).admit(Actor(1, "employee", "A", 1, must_enrol=True))


async def test_a_confirmation_lasts_ten_minutes_and_is_one_sessions_own(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = RealTime(monkeypatch)
    someone = await shared.sign_in("1002")
    other = await shared.sign_in("1002")

    async def is_fresh() -> list[bool]:
        def look(conn: Connection) -> list[bool]:
            found = []
            for client in (someone, other):
                cookie = "; ".join(f"{name}={value}" for name, value in client.http.cookies.items())
                actor = sessions.authenticate(conn, {"cookie": cookie}, False)
                assert actor is not None
                found.append(actor.is_confirmed)
            return found

        return await shared.company.read(look)

    assert await is_fresh() == [True, True]
    time.offset = timedelta(minutes=10, seconds=1)
    assert await is_fresh() == [False, False]
    assert await someone.get("/api/session/step-up") == {"password": True, "code": False}
    wrong = await someone.http.put("/api/session/step-up", json={"password": "not this one"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_credentials")
    assert await is_fresh() == [False, False]
    await someone.put("/api/session/step-up", {"password": "shoudao-2026"})
    assert await is_fresh() == [True, False]
    for nothing in ({}, {"password": "a", "code": "1"}):
        refused = await someone.http.put("/api/session/step-up", json=nothing)
        assert refused.status_code == 422


async def test_confirming_cannot_be_guessed_any_faster_than_a_sign_in(shared: House) -> None:
    someone = await enter(shared, "1004")
    answers = [await someone.http.put("/api/session/step-up", json={"password": "guess"}) for _ in range(6)]
    assert [answer.status_code for answer in answers][:5] == [401] * 5
    assert answers[5].status_code == 429
    right = await someone.http.put("/api/session/step-up", json={"password": "shoudao-2026"})
    assert right.status_code == 429


async def test_ending_everything_signs_a_person_out_everywhere_at_once(shared: House) -> None:
    someone = await person_id(shared, "1006")
    desk, phone = await enter_as(shared, someone), await enter_as(shared, someone)
    bystander = await enter(shared, "1007")
    async with desk.live() as at_desk, phone.live() as on_phone, bystander.live() as elsewhere:
        await shared.company.write(lambda work: end_everything(work, someone))
        for live in (at_desk, on_phone):
            await live.connection.wait_closed()
            assert live.connection.close_code == 4401
        assert elsewhere.connection.close_code is None
    for client in (desk, phone):
        assert (await client.http.get("/api/me")).status_code == 401
    await bystander.get("/api/me")
    left = select(Session.id).where(Session.person_id == someone)
    assert not await shared.company.read(lambda conn: conn.execute(left).all())


async def test_ending_everything_takes_back_links_that_nobody_used(shared: House) -> None:
    someone = await make_person(shared, "7070")

    def turn(work: Work) -> str:
        work.conn.execute(update(Person).where(Person.id == someone).values(state="invited"))
        tokens, _ = invite(work, someone, [someone])
        end_everything(work, someone)
        return tokens[someone]

    token = (await shared.company.write(turn)).value
    assert (await shared.anonymous().http.get(f"/api/invitations/{token}")).status_code == 404
