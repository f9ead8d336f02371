"""A second factor: the password alone lets nobody in, a code counts once, and who lost the phone is not lost."""

import asyncio
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select, text, update

from server.audit.models import AuditEntry
from server.auth.models import RecoveryCode, SecondFactor, SignInDelay
from server.demo.people import PASSWORD
from server.work.company import CompanyRow
from tests.house import Client, House
from tests.server.api.people import enter, everything, person_id
from tests.server.auth.door import RealTime


async def enrolled(house: House, number: str) -> tuple[Client, pyotp.TOTP, list[str]]:
    """Somebody whose second factor is on, their authenticator and recovery codes."""
    someone = await enter(house, number)
    made = await someone.post("/api/me/second-factor")
    totp = pyotp.TOTP(made["secret"])
    answer = await someone.put("/api/me/second-factor", {"code": totp.now()})
    return someone, totp, answer["recovery_codes"]


async def first_step(house: House, number: str) -> dict[str, Any]:
    reply = await house.anonymous().try_post("/api/session", {"login": number, "password": PASSWORD})
    assert (reply.status_code, reply.json()["code"]) == (401, "second_factor_needed")
    assert "set-cookie" not in reply.headers
    return dict(reply.json())


async def second_step(house: House, step: str, code: str) -> Any:
    client = house.anonymous()
    return client, await client.http.post("/api/session/second", json={"step": step, "code": code})


async def acts(house: House, person: int) -> list[str]:
    query = select(AuditEntry.act).where(AuditEntry.object_id == person).order_by(AuditEntry.id)
    return await house.company.read(lambda conn: list(conn.execute(query).scalars()))


async def calm(house: House) -> None:
    """Forgets failures, which all come from one address here."""
    await house.company.write(lambda work: work.conn.execute(SignInDelay.__table__.delete()))  # type: ignore[attr-defined]


async def test_the_password_alone_lets_nobody_in_and_a_code_counts_once(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone, totp, codes = await enrolled(shared, "1003")
    assert len(set(codes)) == 10
    view = await someone.get("/api/me/second-factor")
    assert (view["is_on"], view["recovery_codes_left"], view["required"]) == (True, 10, False)

    step = (await first_step(shared, "1003"))["step"]
    _, reused = await second_step(shared, step, totp.now())
    assert reused.status_code == 401  # the code that switched it on was used by that
    time = RealTime(monkeypatch)
    time.offset = timedelta(seconds=60)
    fresh = totp.at(time.now())
    client, answer = await second_step(shared, step, fresh)
    assert answer.status_code == 200
    assert (await client.get("/api/me"))["person"]["id"] == someone.id
    again = (await first_step(shared, "1003"))["step"]
    assert (await second_step(shared, again, fresh))[1].status_code == 401
    _, over = await second_step(shared, step, totp.at(time.now() + timedelta(seconds=30)))
    assert (over.status_code, over.json()["reason"]) == (409, "step_over")
    await calm(shared)


async def test_of_two_who_use_one_code_at_once_one_gets_in(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, totp, codes = await enrolled(shared, "1005")
    time = RealTime(monkeypatch)
    time.offset = timedelta(minutes=2)
    for code in (totp.at(time.now()), codes[0]):
        steps = [(await first_step(shared, "1005"))["step"] for _ in range(3)]
        answers = await asyncio.gather(*(second_step(shared, step, code) for step in steps))
        assert sorted(answer.status_code for _, answer in answers) == [200, 401, 401], code
    await calm(shared)


async def test_a_recovery_code_stands_in_once_and_is_written_nowhere(shared: House) -> None:
    someone, totp, codes = await enrolled(shared, "1006")
    typed = codes[3].upper().replace("-", " ")
    step = (await first_step(shared, "1006"))["step"]
    assert (await second_step(shared, step, typed))[1].status_code == 200
    step = (await first_step(shared, "1006"))["step"]
    assert (await second_step(shared, step, codes[3]))[1].status_code == 401
    assert (await someone.get("/api/me/second-factor"))["recovery_codes_left"] == 9
    stored = repr(await everything(shared))
    assert totp.secret not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)

    renewed = (await someone.post("/api/me/second-factor/recovery-codes"))["recovery_codes"]
    assert not set(renewed) & set(codes)
    step = (await first_step(shared, "1006"))["step"]
    assert (await second_step(shared, step, codes[4]))[1].status_code == 401
    assert (await second_step(shared, step, renewed[4]))[1].status_code == 200
    await calm(shared)


async def test_codes_cannot_be_tried_for_long_whatever_the_password_step_says(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, totp, _ = await enrolled(shared, "1007")
    time = RealTime(monkeypatch)
    time.offset = timedelta(minutes=2)
    statuses = []
    for _ in range(7):
        step = (await first_step(shared, "1007"))["step"]  # a right password does not forgive wrong codes
        statuses.append((await second_step(shared, step, "000000"))[1].status_code)
    assert statuses[:6] == [401] * 6
    assert statuses[6] == 429
    step = (await first_step(shared, "1007"))["step"]
    delayed = await second_step(shared, step, totp.at(time.now()))
    assert delayed[1].status_code == 429  # … and the right code is not looked at meanwhile
    time.offset += timedelta(seconds=10)
    assert (await second_step(shared, step, totp.at(time.now())))[1].status_code == 200
    await calm(shared)


async def test_an_enrolment_is_nothing_before_it_is_confirmed(shared: House) -> None:
    someone = await enter(shared, "1008")
    first = await someone.post("/api/me/second-factor")
    second = await someone.post("/api/me/second-factor")
    assert first["secret"] != second["secret"]
    assert second["qr"].startswith("data:image/svg+xml")
    assert "secret=" in second["uri"]
    stale = await someone.http.put("/api/me/second-factor", json={"code": pyotp.TOTP(first["secret"]).now()})
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (422, "wrong_code")
    assert (await shared.sign_in("1008")).id == someone.id
    await someone.put("/api/me/second-factor", {"code": pyotp.TOTP(second["secret"]).now()})
    twice = await someone.http.post("/api/me/second-factor")
    assert (twice.status_code, twice.json()["reason"]) == (409, "second_factor_on")


async def test_a_secret_copied_to_another_person_opens_nothing(shared: House) -> None:
    _, totp, _ = await enrolled(shared, "1009")
    await enrolled(shared, "1010")
    thief, owner = await person_id(shared, "1010"), await person_id(shared, "1009")
    stolen = select(SecondFactor.secret).where(SecondFactor.person_id == owner).scalar_subquery()
    copy = update(SecondFactor).where(SecondFactor.person_id == thief).values(secret=stolen)
    await shared.company.write(lambda work: work.conn.execute(copy))
    step = (await first_step(shared, "1010"))["step"]
    answer = (await second_step(shared, step, totp.now()))[1]
    assert answer.status_code == 401
    await calm(shared)


async def test_taking_a_factor_away_needs_a_fresh_confirmation_and_is_written_down(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone, totp, _ = await enrolled(shared, "1012")
    time = RealTime(monkeypatch)
    time.offset = timedelta(minutes=11)
    refused = await someone.http.delete("/api/me/second-factor")
    assert (refused.status_code, refused.json()["code"]) == (403, "step_up_required")
    assert await someone.get("/api/session/step-up") == {"password": True, "code": True}
    await someone.put("/api/session/step-up", {"code": totp.at(time.now())})
    await someone.delete("/api/me/second-factor")
    assert (await shared.sign_in("1012")).id == someone.id
    assert await acts(shared, someone.id) == ["second_factor.enabled", "second_factor.disabled"]
    codes = select(RecoveryCode.code_hash).where(RecoveryCode.person_id == someone.id)
    assert not await shared.company.read(lambda conn: conn.execute(codes).all())


async def test_an_administrator_helps_who_lost_the_phone_and_nobody_else_may(shared: House) -> None:
    someone, _, _ = await enrolled(shared, "1013")
    path = f"/api/people/{someone.id}/second-factor"
    assert (await (await enter(shared, "1012")).http.delete(path)).status_code == 403
    administrator = await enter(shared, "1002")
    assert (await administrator.get(f"/api/people/{someone.id}/access"))["second_factor"] is True
    await administrator.delete(path)
    assert (await shared.sign_in("1013")).id == someone.id
    assert (await acts(shared, someone.id))[-1] == "second_factor.reset"
    nothing = await administrator.http.delete(path)
    assert (nothing.status_code, nothing.json()["reason"]) == (409, "second_factor_off")


async def test_who_must_have_one_is_led_to_it_before_anything_else(shared: House) -> None:
    boss = await enter(shared, "1001")
    early = await boss.http.put("/api/company/sign-in", json={"second_factor": "administrators"})
    assert (early.status_code, early.json()["reason"]) == (409, "enrol_first")
    boss, _, _ = await enrolled(shared, "1001")
    other = await enter(shared, "1002")
    async with other.live() as live:
        await boss.put("/api/company/sign-in", {"second_factor": "administrators"})
        await live.connection.wait_closed()
        assert live.connection.close_code == 4401
    assert (await other.http.get("/api/me")).status_code == 401

    anew = await shared.sign_in("1002")
    assert anew.me["must_enrol"] is True
    for path in ("/api/bootstrap", "/api/posts", "/api/people", "/api/me/devices"):
        refused = await anew.http.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_required"), path
    async with anew.raw_socket() as raw:
        await raw.connection.wait_closed()
        assert raw.connection.close_code == 4401
    made = await anew.post("/api/me/second-factor")
    await anew.put("/api/me/second-factor", {"code": pyotp.TOTP(made["secret"]).now()})
    await anew.bootstrap()
    assert (await shared.sign_in("1014")).me["must_enrol"] is False  # no administrator

    await anew.delete("/api/me/second-factor")
    assert (await anew.get("/api/me"))["must_enrol"] is True
    await boss.put("/api/company/sign-in", {"second_factor": "nobody"})
    assert (await anew.get("/api/me"))["must_enrol"] is False
    wanted = await shared.company.read(lambda conn: conn.execute(select(CompanyRow.second_factor)).scalar())
    assert wanted == "nobody"
    company = text("SELECT count(*) FROM audit_entry WHERE act = 'second_factor.required'")
    assert await shared.company.read(lambda conn: conn.execute(company).scalar()) == 2
