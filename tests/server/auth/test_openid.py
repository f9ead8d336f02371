"""Signing in through the company's account provider: by its subject or its verified e-mail, and by nothing that is not in order."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import oidc_provider_mock  # type: ignore[import-untyped]
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import delete, func, select, update
from starlette.responses import JSONResponse, RedirectResponse, Response

from server.auth.models import OpenIdName, SignInDelay
from server.config.settings import Settings
from server.org.models import Person
from tests.conftest import SettingsMaker
from tests.house import House, serve
from tests.server.api.people import enter, make_person, person_id
from tests.server.auth.nasty_provider import CLIENT, SECRET, NastyProvider, serving
from tests.server.auth.test_second_factor import acts, enrolled


@pytest.fixture(scope="module")
async def provider() -> AsyncIterator[NastyProvider]:
    async with serving() as served:
        yield served


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings, provider: NastyProvider) -> AsyncIterator[House]:
    settings = replace(
        shared_settings,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="公司账号",
        allowed_private_hosts=("127.0.0.1",),
    )
    async with serve(settings) as house:
        yield house


@pytest.fixture(autouse=True)
async def good_manners(provider: NastyProvider, request: pytest.FixtureRequest) -> None:
    """The provider behaves again, nobody is linked, and no address is slowed."""
    provider.behave()
    if "shared" in request.fixturenames:
        house: House = request.getfixturevalue("shared")

        def forget(work: Any) -> None:
            work.conn.execute(delete(OpenIdName))
            work.conn.execute(delete(SignInDelay))

        await house.company.write(forget)


def browser(house: House) -> httpx2.AsyncClient:
    """The address people open is `localhost`; the cookies are its."""
    http = httpx2.AsyncClient(base_url=house.settings.public_url, timeout=10, verify=False)
    house.clients.append(http)
    return http


async def through(house: House, http: httpx2.AsyncClient, **changed: str) -> str:
    """There, to the provider and back; answers what the client is told. `changed` replaces what comes back with the browser."""
    there = await http.get("/api/session/openid/start")
    if there.status_code == 303:
        return told_by(there)
    async with httpx2.AsyncClient(verify=False) as outside:
        back = await outside.get(there.headers["location"])
    url = httpx2.URL(back.headers["location"]).copy_merge_params(changed)
    return told_by(await http.get(url))


def told_by(answer: httpx2.Response) -> str:
    assert answer.status_code == 303, answer.text
    return httpx2.URL(answer.headers["location"]).params["sign_in"]


async def test_the_sign_in_page_knows_the_providers_name(shared: House) -> None:
    assert await shared.anonymous().get("/api/session/openid") == {"name": "公司账号"}


async def test_a_verified_address_lets_its_person_in_and_from_then_on_the_subject_does(
    shared: House, provider: NastyProvider
) -> None:
    someone = await person_id(shared, "1002")
    http = browser(shared)
    assert await through(shared, http) == "done"
    me = (await http.get("/api/me")).json()
    assert me["person"]["id"] == someone
    device = (await http.get("/api/me/devices")).json()["items"][0]
    assert device["how"] == "openid"
    assert (await acts(shared, someone))[-1] == "openid.linked"
    provider.person = {"sub": "s-1", "email": "renamed@farbridge.example", "email_verified": False}
    again = browser(shared)
    assert await through(shared, again) == "done"
    assert (await again.get("/api/me")).json()["person"]["id"] == someone


async def test_our_own_second_factor_is_not_asked_after_the_providers(shared: House) -> None:
    await enrolled(shared, "1002")
    assert await through(shared, browser(shared)) == "done"


async def test_keys_that_were_changed_meanwhile_are_known_at_once(
    shared: House, provider: NastyProvider
) -> None:
    assert await through(shared, browser(shared)) == "done"
    provider.rotate()
    assert await through(shared, browser(shared)) == "done"


async def test_nobody_is_made_up(shared: House, provider: NastyProvider) -> None:
    count = select(func.count(Person.id))
    before = await shared.company.read(lambda conn: conn.execute(count).scalar())
    for person, said in (
        ({"sub": "s", "email": "nobody@farbridge.example", "email_verified": True}, "unknown"),
        ({"sub": "s", "email": "limin@farbridge.example", "email_verified": False}, "unverified"),
        ({"sub": "s", "email": "limin@farbridge.example", "email_verified": "true"}, "unverified"),
        ({"sub": "s", "email": "limin@farbridge.example"}, "unverified"),
        ({"sub": "s"}, "unknown"),
        ({"email": "limin@farbridge.example", "email_verified": True}, "refused"),
        ({"sub": "", "email": "limin@farbridge.example", "email_verified": True}, "refused"),
        ({"sub": 7, "email": "limin@farbridge.example", "email_verified": True}, "refused"),
    ):
        provider.person = dict(person)
        http = browser(shared)
        assert await through(shared, http) == said, person
        assert (await http.get("/api/me")).status_code == 401
    assert await shared.company.read(lambda conn: conn.execute(count).scalar()) == before
    assert not await shared.company.read(lambda conn: conn.execute(select(OpenIdName.subject)).all())


async def test_an_address_that_was_given_on_to_somebody_else_opens_nothing(
    shared: House, provider: NastyProvider
) -> None:
    assert await through(shared, browser(shared)) == "done"
    provider.person["sub"] = "s-2"
    assert await through(shared, browser(shared)) == "unknown"


async def test_who_left_stays_out_and_who_was_invited_comes_in(
    shared: House, provider: NastyProvider
) -> None:
    someone = await make_person(shared, "7100")

    async def is_now(**values: str | None) -> None:
        change = update(Person).where(Person.id == someone).values(**values)
        await shared.company.write(lambda work: work.conn.execute(change))

    provider.person = {"sub": "new", "email": "New@Farbridge.example", "email_verified": True}
    await is_now(email="new@farbridge.example", state="left")
    assert await through(shared, browser(shared)) == "left"
    await is_now(state="invited", password_hash=None)
    http = browser(shared)
    async with (await enter(shared, "1001")).live() as live:
        assert await through(shared, http) == "done"
        assert (await live.event("person.changed", id=someone))["changes"][0]["data"]["state"] == "active"
    assert await (await enter(shared, "1001")).get(f"/api/people/{someone}")
    assert (await http.get("/api/session/step-up")).json() == {"password": False, "code": False}
    await is_now(state="left")
    assert await through(shared, browser(shared)) == "left"


WRONG: dict[str, Any] = {
    "another nonce": lambda claims: {**claims, "nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "another issuer": lambda claims: {**claims, "iss": "https://elsewhere.example"},
    "another audience": lambda claims: {**claims, "aud": "somebody-else"},
    "also for another": lambda claims: {**claims, "aud": [CLIENT, "somebody-else"]},
    "given to another": lambda claims: {**claims, "azp": "somebody-else"},
    "run out": lambda claims: {**claims, "exp": int(time.time()) - 120},
    "never runs out": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "of a time to come": lambda claims: {**claims, "iat": int(time.time()) + 600},
    "an odd time": lambda claims: {**claims, "exp": "tomorrow"},
}


async def test_a_token_that_is_not_in_order_lets_nobody_in(shared: House, provider: NastyProvider) -> None:
    http = browser(shared)
    for what, change in WRONG.items():
        provider.claims = change
        assert await through(shared, http) == "refused", what
        assert (await http.get("/api/me")).status_code == 401, what


async def test_a_token_that_nobody_or_somebody_else_signed_lets_nobody_in(
    shared: House, provider: NastyProvider
) -> None:
    provider.algorithm = "none"
    assert await through(shared, browser(shared)) == "refused"
    provider.behave()
    provider.signing = RSAKey.generate_key(2048, {"kid": provider.key.kid or ""})
    assert await through(shared, browser(shared)) == "refused"
    provider.behave()
    # The old trick: the public key, which everybody knows, taken for a shared secret.
    provider.algorithm = "HS256"
    assert await through(shared, browser(shared)) == "refused"
    provider.behave()
    provider.answers["/keys"] = JSONResponse({"keys": "none"})
    assert await through(shared, browser(shared)) == "refused"


async def test_only_the_browser_that_began_comes_back(shared: House) -> None:
    assert await through(shared, browser(shared), state="another") == "refused"
    began, other = browser(shared), browser(shared)
    there = await began.get("/api/session/openid/start")
    async with httpx2.AsyncClient(verify=False) as outside:
        back = await outside.get(there.headers["location"])
    stolen = httpx2.URL(back.headers["location"])
    assert told_by(await other.get(stolen)) == "expired"
    await other.get("/api/session/openid/start")
    assert told_by(await other.get(stolen)) == "refused"
    assert told_by(await began.get(stolen)) == "done"
    assert told_by(await began.get(stolen)) == "expired"  # once
    assert await through(shared, browser(shared), iss="https://elsewhere.example") == "refused"
    assert await through(shared, browser(shared), error="access_denied") == "refused"
    assert await through(shared, browser(shared), code="made up") == "refused"


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        (
            "/.well-known/openid-configuration",
            JSONResponse({"issuer": "https://elsewhere.example"}),
            "unavailable",
        ),
        ("/.well-known/openid-configuration", Response("no JSON"), "unavailable"),
        ("/.well-known/openid-configuration", Response(b"x" * (1 << 20) + b"x"), "unavailable"),
        ("/.well-known/openid-configuration", RedirectResponse("http://localhost:1/"), "unavailable"),
        ("/token", Response(status_code=500), "refused"),
        ("/token", RedirectResponse("/elsewhere", 307), "unavailable"),
        ("/token", JSONResponse({"id_token": 7}), "refused"),
        ("/token", JSONResponse({"id_token": "a.b.c"}), "refused"),
        ("/keys", Response(status_code=503), "unavailable"),
    ],
)
async def test_whatever_the_provider_answers_is_told_in_words(
    shared: House, provider: NastyProvider, path: str, answer: Response, said: str
) -> None:
    provider.answers[path] = answer
    assert await through(shared, browser(shared)) == said


async def test_where_no_provider_is_set_there_is_no_such_way(house_settings: SettingsMaker) -> None:
    async with serve(house_settings()) as house:
        client = house.anonymous()
        assert await client.get("/api/session/openid") == {"name": ""}
        for path in ("/api/session/openid/start", "/api/session/openid/callback?code=1&state=2"):
            assert (await client.http.get(path)).status_code == 404


async def test_a_provider_in_the_own_network_is_asked_only_where_it_was_named(
    house_settings: SettingsMaker, provider: NastyProvider
) -> None:
    settings = house_settings(oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    async with serve(settings) as house:
        assert await through(house, browser(house)) == "unavailable"


async def test_the_real_mock_provider_lets_in(house_settings: SettingsMaker) -> None:
    person = oidc_provider_mock.User(
        sub="sub-1", claims={"email": "limin@farbridge.example", "email_verified": True}
    )
    with oidc_provider_mock.run_server_in_thread(user_claims=[person]) as server:
        issuer = f"http://localhost:{server.server_port}"
        settings = house_settings(
            oidc_issuer=issuer,
            oidc_client_id="tenfour",
            oidc_client_secret="secret",
            allowed_private_hosts=("localhost",),
        )
        async with serve(settings) as house:
            http = browser(house)
            there = await http.get("/api/session/openid/start")
            async with httpx2.AsyncClient(verify=False) as outside:
                form = await outside.post(there.headers["location"], data={"sub": "sub-1"})
            assert form.status_code == 302, form.text
            assert told_by(await http.get(form.headers["location"])) == "done"
            assert (await http.get("/api/me")).json()["person"]["name"] == "李敏"
