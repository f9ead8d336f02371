"""An import may be cut anywhere, started again, run twice, and run beside another one."""

import asyncio
import time
from itertools import count

import pytest

from server.people import import_lines, import_rows, import_run
from server.people.models import StaffImport
from tests.conftest import SettingsMaker
from tests.server.people.runs import carried_out, head, killed_at, opened, queued, seen, staff


@pytest.fixture
def small_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows a turn."""
    monkeypatch.setattr(import_rows, "BATCH", 2)
    monkeypatch.setattr(import_lines, "BATCH", 2)


def a_list(mark: str) -> list[list[str]]:
    """Somebody changed, somebody moved, newcomers whose managers stand further down, one refused."""
    return [
        ["刘洋", "", "", "1005", f"新区{mark}/一部", f"职位{mark}", f"{mark}9"],
        [f"甲{mark}", "", "", f"{mark}1", f"新区{mark}/一部", "", f"{mark}2"],
        [f"乙{mark}", "", "", f"{mark}2", f"新区{mark}", "", f"{mark}9"],
        [f"丙{mark}", "", "", f"{mark}3", "", "", "查无此人"],
        [f"丁{mark}", "", "", f"{mark}4", f"新区{mark}/二部", "", f"{mark}2"],
        [f"戊{mark}", "", "", f"{mark}9", "", "", "1001"],
    ]


@pytest.mark.usefixtures("small_turns")
@pytest.mark.timeout(180)
async def test_an_import_cut_at_any_turn_ends_as_if_it_had_not_been(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(house_settings) as company:

        async def outcome(mark: str, turn: int, *, committed: bool) -> tuple[bool, object]:
            start = await head(company)
            import_id = await queued(company, a_list(mark))
            was_killed = await killed_at(company, monkeypatch, import_id, turn, committed=committed)
            await carried_out(company, import_id)
            said = await head(company) - start
            await carried_out(company, import_id)
            assert await head(company) - start == said  # an import that ended is left alone
            after = await seen(company, import_id)
            assert (after.view.state, after.sums, list(after.errors)) == ("done", (4, 1, 0, 1), [5])
            kept = await company.read(
                lambda conn: conn.execute(
                    StaffImport.__table__.select().where(StaffImport.id == import_id)
                ).one()
            )
            assert (kept.data, kept.plan) == (None, None)
            people = await company.read(staff)
            mine = {one.replace(mark, "X"): people[one] for one in sorted(people) if one.startswith(mark)}
            return was_killed, f"{said} {mine} {people['1005']}".replace(mark, "X")

        _, whole = await outcome("P0x", 10_000, committed=True)
        for turn in count(1):
            reached, cut = await outcome(f"A{turn}x", turn, committed=False)
            assert cut == whole
            _, cut = await outcome(f"B{turn}x", turn, committed=True)
            assert cut == whole
            if not reached:
                break
        assert turn > 6


@pytest.mark.usefixtures("small_turns")
async def test_the_same_import_run_twice_at_once_has_one_effect(house_settings: SettingsMaker) -> None:
    async with opened(house_settings) as company:
        start = await head(company)
        once = await queued(company, a_list("P0x"))
        await carried_out(company, once)
        said = await head(company) - start
        twice = await queued(company, a_list("Q0x"))
        await asyncio.gather(*[carried_out(company, twice) for _ in range(3)])
        assert await head(company) - start == 2 * said
        assert (await seen(company, twice)).sums == (4, 1, 0, 1)


async def test_what_another_import_took_meanwhile_is_refused_in_words(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(house_settings) as company:
        slow = await queued(
            company,
            [
                ["甲", "", "", "N1", "", "", ""],
                ["乙", "13500000001", "", "N2", "", "", ""],
                ["刘洋", "13500000002", "", "1005", "", "", ""],
                ["赵婷婷", "", "", "1006", "", "新职位", ""],
                ["丙", "", "", "N7", "新部门X/Sales", "", "N1"],
                ["吴昊", "", "", "1009", "", "", "1010"],
                ["孙磊", "", "", "1007", "", "还是经理", "1010"],
                ["周静", "", "", "1008", "", "", ""],
            ],
        )
        # It has planned when the other comes and goes.
        assert await killed_at(company, monkeypatch, slow, 2, committed=True)
        fast = await queued(
            company,
            [
                ["别人", "", "", "N1", "新部门x/sales", "", ""],
                ["生人", "13500000001", "", "N3", "", "", ""],
                ["来人", "13500000002", "", "N4", "", "", ""],
                ["赵婷婷", "13800010006", "", "9106", "", "", ""],
                ["郑丽华", "", "", "1010", "", "", "1009"],
            ],
        )
        await carried_out(company, fast)
        assert (await seen(company, fast)).sums == (3, 2, 0, 0)
        await carried_out(company, slow)
        after = await seen(company, slow)
        assert after.errors == {
            2: [("staff_number", "sign_in_name_taken")],
            3: [("phone", "sign_in_name_taken")],
            4: [("phone", "sign_in_name_taken")],
            5: [("staff_number", "changed_meanwhile")],
            6: [("manager", "manager_refused")],
            7: [("manager", "manager_cycle")],
        }
        assert [row.outcome for row in after.rows] == [
            *["refused"] * 4,
            "created",  # without the manager, and says so
            "refused",
            "updated",
            "unchanged",
        ]
        assert after.sums == (1, 1, 1, 5)
        people = await company.read(staff)
        assert people["N1"] == ("别人", "", "", None, ["新部门x/sales"])
        assert people["N7"] == ("丙", "", "", None, ["新部门x/sales"])
        assert people["1005"][2] == "13800010005"
        assert (people["1010"][3], people["1009"][3]) == ("1009", "1008")
        assert people["1007"][1:4] == ("还是经理", "13800010007", "1010")


@pytest.mark.usefixtures("small_turns")
async def test_two_imports_of_the_same_people_at_once_make_everyone_once(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(house_settings) as company:
        rows = [[f"新人{at}", f"135{at:08d}", "", f"N{at}", f"区{at % 3}", "", "1001"] for at in range(12)]
        ids = [await queued(company, rows), await queued(company, list(reversed(rows)))]
        for import_id in ids:
            await killed_at(company, monkeypatch, import_id, 2, committed=True)
        await asyncio.gather(*[carried_out(company, import_id) for import_id in ids])
        both = [await seen(company, import_id) for import_id in ids]
        assert [one.view.state for one in both] == ["done", "done"]
        assert sum(one.view.created for one in both) == sum(one.view.refused for one in both) == 12
        codes = {code for one in both for errors in one.errors.values() for _, code in errors}
        assert codes == {"sign_in_name_taken"}
        people = await company.read(staff)
        assert sum(number.startswith("N") for number in people) == 12


async def test_a_dry_run_that_was_cut_still_changes_nobody(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(house_settings) as company:
        before, start = await company.read(staff), await head(company)
        dry = await queued(company, a_list("P0x"), dry_run=True)
        for turn in (1, 2, 3):
            await killed_at(company, monkeypatch, dry, turn, committed=True)
        await carried_out(company, dry)
        assert (await seen(company, dry)).sums == (4, 1, 0, 1)
        assert (await company.read(staff), await head(company)) == (before, start)


async def test_a_list_that_takes_the_server_down_is_given_up_in_the_end(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(house_settings) as company:
        import_id = await queued(company, a_list("P0x"))
        for _ in range(import_run.MAX_TRIES):
            assert await killed_at(company, monkeypatch, import_id, 2, committed=False)
        await carried_out(company, import_id)
        view = (await seen(company, import_id)).view
        assert view.problem is not None
        assert (view.state, view.problem.code, view.done) == ("failed", "interrupted", 0)


async def test_a_file_that_takes_too_long_to_read_is_refused_in_words(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_run, "TIME_LIMIT", 0.05)
    monkeypatch.setattr(import_run, "read_sheet", lambda data, name: time.sleep(0.5))
    async with opened(house_settings) as company:
        import_id = await queued(company, a_list("P0x"))
        await carried_out(company, import_id)
        view = (await seen(company, import_id)).view
        assert view.problem is not None
        assert (view.state, view.problem.code) == ("failed", "too_slow")


async def test_a_column_of_nonsense_does_not_become_ten_thousand_departments(
    house_settings: SettingsMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_run, "MAX_NEW_DEPARTMENTS", 5)
    async with opened(house_settings) as company:
        import_id = await queued(
            company, [[f"甲{at}", "", "", f"N{at}", f"楼{at}", "", ""] for at in range(6)]
        )
        await carried_out(company, import_id)
        view = (await seen(company, import_id)).view
        assert view.problem is not None
        assert (view.problem.code, view.problem.params) == (
            "too_many_new_departments",
            {"count": 6, "limit": 5},
        )
        assert "N0" not in await company.read(staff)
        # Millions of them are not even planned.
        monkeypatch.setattr(import_run, "plan", None)
        many = [[f"甲{at}", "", "", f"N{at}", f"楼{at}/一层/一号", "", ""] for at in range(30)]
        import_id = await queued(company, many)
        await carried_out(company, import_id)
        view = (await seen(company, import_id)).view
        assert view.problem is not None
        assert view.problem.code == "too_many_new_departments"
