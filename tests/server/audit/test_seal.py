"""The chain: whatever is done to a sealed entry, the first broken one is named; sealing is safe with two runners and when cut."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection, text

from server.audit import seal
from server.kit.clock import real_now
from server.operating import door
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.house import House
from tests.server.realtime.crowd import running


@pytest.fixture
async def company(house_settings: SettingsMaker) -> AsyncIterator[Company]:
    """Started, without the runner that would seal beside us."""
    async with running(house_settings()) as started:
        yield started


async def write(company: Company, count: int, act: str = "cake.baked") -> None:
    for number in range(count):
        await company.write(lambda work, number=number: work.audit(act, ("cake", number + 1), layers=number))  # type: ignore[misc]


async def seal_all(company: Company) -> seal.Head:
    while (await company.write(lambda work: seal.seal(work.conn, real_now()))).value is not None:
        pass
    return await company.read(seal.newest)


async def tamper(company: Company, statement: str) -> None:
    await company.write(lambda work: work.conn.execute(text(statement)))


async def verified(company: Company, expected: seal.Head | None = None) -> seal.Head | seal.Broken:
    return await company.read(lambda conn: seal.verify(conn, expected))


async def test_an_untouched_log_holds_however_often_it_is_sealed(company: Company) -> None:
    assert await verified(company) == seal.Head()
    await write(company, 7)
    first = await seal_all(company)
    assert first.number == 7
    await write(company, 5)
    assert await verified(company) == first
    second = await seal_all(company)
    assert await verified(company, first) == second
    assert (second.number, await seal_all(company)) == (12, second)


TAMPERED = [
    # what somebody with the database in hand does, the number that is named, what is said
    ("UPDATE audit_entry SET actor_id = 5 WHERE sealed = 4", 4, "changed"),
    ("UPDATE audit_entry SET details = '{\"layers\": 9}' WHERE sealed = 1", 1, "changed"),
    ("UPDATE audit_entry SET reason = 'x' WHERE sealed = 9", 9, "changed"),
    ("UPDATE audit_entry SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE sealed = 3", 3, "changed"),
    ("DELETE FROM audit_entry WHERE sealed = 6", 6, "missing"),
    ("DELETE FROM audit_entry WHERE sealed <= 2", 1, "missing"),
    ("DELETE FROM audit_entry WHERE sealed >= 8", 8, "end_cut_off"),
    ("DELETE FROM audit_entry", 1, "end_cut_off"),
    ("DELETE FROM audit_entry WHERE sealed = 5; UPDATE audit_entry SET sealed = 5 WHERE sealed = 9", 5, "changed"),
    ("UPDATE audit_entry SET sealed = 99 WHERE sealed = 2; UPDATE audit_entry SET sealed = 2 WHERE sealed = 3; "
     "UPDATE audit_entry SET sealed = 3 WHERE sealed = 99", 2, "changed"),
    ("INSERT INTO audit_entry (at, act, object_kind, object_id, seq, sealed, hash) "
     "SELECT at, 'cake.eaten', 'cake', 1, seq, 10, hash FROM audit_entry WHERE sealed = 9", 10, "changed"),
    ("INSERT INTO audit_entry (at, act, object_kind, object_id, seq) "
     "SELECT at, 'cake.eaten', 'cake', 1, seq - 1 FROM audit_entry WHERE sealed = 1", 10, "put_in_between"),
    ("UPDATE audit_seal SET number = 4", 9, "differs_from_seal"),
    ("DELETE FROM audit_seal", 9, "differs_from_seal"),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "number", "what"), TAMPERED)
async def test_every_way_of_tampering_is_found_and_the_first_broken_entry_is_named(
    company: Company, statements: str, number: int, what: str
) -> None:
    await write(company, 9)
    await seal_all(company)
    for statement in statements.split("; "):
        await tamper(company, statement)
    found = await verified(company)
    assert isinstance(found, seal.Broken)
    assert (found.number, found.what) == (number, what)


async def test_a_chain_made_anew_is_betrayed_by_the_copy_that_was_kept(company: Company) -> None:
    await write(company, 9)
    kept = await seal_all(company)
    await tamper(company, "UPDATE audit_entry SET actor_id = 5 WHERE sealed = 4")
    await tamper(company, "UPDATE audit_entry SET sealed = NULL, hash = NULL")
    await tamper(company, "DELETE FROM audit_seal")
    forged = await seal_all(company)
    assert await verified(company) == forged
    assert await verified(company, kept) == seal.Broken(9, (await ids(company))[-1], "differs_from_copy")
    await tamper(company, "DELETE FROM audit_entry WHERE sealed = 9")
    await tamper(
        company, "UPDATE audit_seal SET number = 8, hash = (SELECT hash FROM audit_entry WHERE sealed = 8)"
    )
    assert await verified(company, kept) == seal.Broken(9, None, "end_cut_off")


async def ids(company: Company) -> list[int]:
    query = text("SELECT id FROM audit_entry ORDER BY sealed")
    return await company.read(lambda conn: list(conn.execute(query).scalars()))


async def test_two_that_seal_at_once_make_one_chain(company: Company) -> None:
    await write(company, 30)

    async def one() -> None:
        await seal_all(company)

    await asyncio.gather(one(), write(company, 20, "cake.cut"), one(), one())
    last = await seal_all(company)
    assert last.number == 50
    assert await verified(company) == last


async def test_a_sealing_that_is_cut_leaves_a_chain_that_the_next_one_goes_on_with(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(company, 9)
    monkeypatch.setattr(seal, "AT_ONCE", 4)
    await company.write(lambda work: seal.seal(work.conn, real_now()))

    def cut(work: Work) -> None:
        seal.seal(work.conn, real_now())
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        await company.write(cut)
    assert (await company.read(seal.newest)).number == 4
    last = await seal_all(company)
    assert (last.number, await verified(company)) == (9, last)


async def test_entries_are_sealed_in_the_order_of_the_log(company: Company) -> None:
    def slow(conn: Connection) -> list[int]:
        return list(conn.execute(text("SELECT seq FROM audit_entry ORDER BY sealed")).scalars())

    await asyncio.gather(*[write(company, 5, f"cake.{name}") for name in ("a", "b", "c", "d")])
    await seal_all(company)
    found = await company.read(slow)
    assert found == sorted(found)


async def test_the_command_line_verifies_beside_the_running_server_and_names_what_is_broken(
    house: House,
) -> None:
    await write(house.company, 3)
    head = await seal_all(house.company)

    def asked(expect: str = "") -> str:
        return door.ask(house.company.data, "verify-audit", {"expect": expect})

    assert str(head) in await asyncio.to_thread(asked)
    assert "holds" in await asyncio.to_thread(asked, str(head))
    with pytest.raises(door.ActRefused, match="NUMBER:HASH"):
        await asyncio.to_thread(asked, "7")
    await tamper(house.company, "UPDATE audit_entry SET actor_id = 5 WHERE sealed = 2")
    with pytest.raises(door.ActRefused, match=r"entry 2 .* is not what it was"):
        await asyncio.to_thread(asked)
