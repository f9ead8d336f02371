"""The rest of what a staff list says: heads, kinds, new departments or none, who is missing; and the result as a file."""

import csv as csv_reader
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from server.people import imports
from server.people.departments import DepartmentTree
from server.people.import_codes import ROW_SENTENCES
from server.people.import_file import escaped
from server.people.import_words import COLUMNS, OUTCOMES, SENTENCES
from server.people.models import StaffImport, StaffImportMissing, StaffImportRow
from server.people.snapshot import Directory, DirectoryDepartment, DirectoryPerson
from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import ADMINISTRATOR, department_id, enter, person_id
from tests.server.people.companies import codes, plan_rows
from tests.server.people.files import csv
from tests.server.people.imports import ended, imported, rows_of, sums, told

__all__ = ["shared", "shared_settings"]

WEB = Path(__file__).parents[3] / "web" / "src" / "people"
HEADINGS = ["姓名", "工号", "部门", "是否部门主管", "人员类型"]
EAST = Directory(
    (
        DirectoryPerson(7, "李娜", "0002", department_ids=(1, 2), heads=(2,)),
        DirectoryPerson(8, "外人", "0003", department_ids=(1,), kind="external"),
    ),
    (DirectoryDepartment(1, "华东"), DirectoryDepartment(2, "销售一部", 1), DirectoryDepartment(3, "华南")),
)


def heads_of(cell: str, departments: str = "华东；华东/销售一部") -> Any:
    [row] = plan_rows([["新人", "N1", departments, cell, ""]], EAST, HEADINGS)
    return codes(row) or row.values.heads


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("是", (("华东",),)), ("Y", (("华东",),)), ("否", ()), ("n", ()), ("", None), ("—", None),
        ("否；是", (("华东", "销售一部"),)), ("是;是", (("华东",), ("华东", "销售一部"))),
        ("销售一部", (("华东", "销售一部"),)), ("华东", (("华东",),)), ("华东/销售一部；华东", (("华东", "销售一部"), ("华东",))),
        ("是;是;是", [("heads", "heads_do_not_match")]), ("华南", [("heads", "head_elsewhere")]),
    ],
)  # fmt: skip
def test_a_head_is_said_by_yes_by_a_row_of_yes_and_no_or_by_name(cell: str, expected: Any) -> None:
    assert heads_of(cell) == expected


def test_nobody_heads_without_a_place_or_from_outside() -> None:
    assert heads_of("是", "") == [("heads", "head_without_department")]
    [row] = plan_rows([["外人", "0003", "", "是", ""]], EAST, HEADINGS)
    assert codes(row) == [("heads", "head_is_external")]
    [row] = plan_rows([["新外人", "N2", "华东", "是", "外部"]], EAST, HEADINGS)
    assert codes(row) == [("heads", "head_is_external")]


def test_what_one_heads_already_is_no_change_and_an_empty_cell_leaves_it() -> None:
    for cells, outcome, changed in (
        (["李娜", "0002", "", "否；是", ""], "unchanged", ()),
        (["李娜", "0002", "", "", ""], "unchanged", ()),
        (["李娜", "0002", "", "否", "员工"], "updated", ("heads",)),
        (["李娜", "0002", "华东", "否", ""], "updated", ("department",)),
        (["李娜", "0002", "", "", "外部"], "updated", ("kind",)),
    ):
        [row] = plan_rows([cells], EAST, HEADINGS)
        assert (row.outcome, row.changed) == (outcome, changed), cells


def test_an_unknown_kind_is_refused() -> None:
    [row] = plan_rows([["新人", "N1", "", "", "火星人"]], EAST, HEADINGS)
    assert codes(row) == [("kind", "kind_unknown")]


def test_a_tree_knows_the_paths_of_its_departments() -> None:
    assert DepartmentTree(EAST).path_of(2) == ("华东", "销售一部")


async def view(client: Client, import_id: int) -> Any:
    return await client.get(f"/api/people/imports/{import_id}")


async def upload(client: Client, rows: list[list[str]], **params: str) -> Any:
    """With the query as given; waits for the end."""
    answer = await client.http.post(
        "/api/people/imports",
        params=params,
        files={"file": ("花名册.csv", csv([HEADINGS, *rows]))},
        headers={"Idempotency-Key": f"complete-{params}-{hash(str(rows))}"},
    )
    assert answer.status_code == 202, answer.text
    return await ended(client, answer.json()["id"])


async def test_a_list_names_heads_and_outsiders(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    rows = [
        ["马头", "H1", "新区/一部；新区/二部", "二部", ""],
        ["来客", "H2", "新区", "", "外部联系人"],
        ["马超", "1016", "", "是", ""],
    ]
    done = await upload(admin, rows)
    assert sums(done) == (2, 1, 0, 0)
    assert done["new_departments"] == ["新区", "新区/一部", "新区/二部"]
    departments = {one["path"]: one for one in (await admin.get("/api/departments"))["items"]}
    head, guest, existing = [row["person_id"] for row in await rows_of(admin, done["id"])]
    assert departments["新区/二部"]["heads"] == [head]
    assert departments["新区/一部"]["heads"] == []
    assert existing in departments["华南/广州办"]["heads"]
    assert (await admin.get(f"/api/people/{guest}"))["kind"] == "external"
    assert "post.announce" in (await (await enter(shared, "1016")).get("/api/me"))["capabilities"]
    # The same list again changes nothing; «否» takes the headship and the role.
    assert sums(await upload(admin, rows, dry_run="true")) == (0, 0, 3, 0)
    assert sums(await upload(admin, [["马超", "1016", "", "否", ""]])) == (0, 1, 0, 0)
    assert "post.announce" not in (await (await enter(shared, "1016")).get("/api/me"))["capabilities"]


async def test_an_import_may_refuse_to_make_departments(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    rows = [["守旧", "R1", "华东", "", ""], ["越界", "R2", "华东/没有这个部", "", ""]]
    done = await upload(admin, rows, departments="refuse")
    assert (sums(done), done["departments"], done["new_department_count"]) == ((1, 0, 0, 1), "refuse", 0)
    assert [told(row) for row in await rows_of(admin, done["id"])] == [
        [],
        [("department", "department_unknown")],
    ]
    dry = await upload(admin, rows, dry_run="true")
    assert (sums(dry), dry["new_departments"], dry["new_department_count"]) == (
        (1, 0, 1, 0),
        ["华东/没有这个部"],
        1,
    )
    paths = [one["path"] for one in (await admin.get("/api/departments"))["items"]]
    assert "华东/没有这个部" not in paths


async def test_who_is_not_in_the_list_is_named_and_left_alone(house: House) -> None:
    admin = await enter(house, ADMINISTRATOR)
    listed = [["李敏", "1002", "", "", ""], ["", "1005", "", "", ""]]
    done = await upload(admin, listed)
    assert (sums(done), done["missing"]) == ((0, 0, 1, 1), 24)
    names: list[int] = []
    cursor = ""
    while True:
        page = await admin.get(f"/api/people/imports/{done['id']}/missing", limit=10, cursor=cursor)
        names += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert len(names) == 24
    assert await person_id(house, "1005") not in names, "a refused row is about somebody too"
    assert (await admin.get(f"/api/people/{names[0]}"))["state"] == "active"


async def result(client: Client, import_id: int, language: str) -> list[list[str]]:
    answer = await client.http.get(f"/api/people/imports/{import_id}/result", params={"language": language})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv_reader.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_the_result_is_a_file_in_the_readers_language(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    done = await upload(
        admin,
        [
            ["=HYPERLINK(1)", "F1", "", "", ""],
            ["无名部", "F2", "华东", "华南", ""],
            ["刘洋", "1005", "", "", "员工"],
        ],
    )
    chinese = await result(admin, done["id"], "zh-Hans")
    assert chinese[:4] == [
        ["行", "结果", "姓名", "工号", "更新", "说明"],
        ["2", "新增", "'=HYPERLINK(1)", "F1", "", ""],
        ["3", "拒绝", "无名部", "F2", "", "部门负责人: 「华南」不是这个人的部门。"],
        ["4", "不变", "刘洋", "1005", "", ""],
    ]
    missing = [row[2:4] for row in chinese if row[1] == "名单里没有"]
    assert ["张伟", "1004"] in missing
    assert ["张伟", "1011"] in missing
    english = await result(admin, done["id"], "en")
    assert english[2][1] == "Refused"
    assert english[2][5] == "Department head: 华南 is none of this person's departments."
    seller = await enter(shared, "1005")
    assert (await seller.http.get(f"/api/people/imports/{done['id']}/result")).status_code == 403


def test_a_cell_that_begins_like_a_formula_stays_text() -> None:
    for cell in ("=1", "+86", "-x", "@SUM", "\tx"):
        assert escaped(cell) == f"'{cell}"
    assert escaped("张伟 = 经理") == "张伟 = 经理"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_file_and_the_page_say_the_same(language: str) -> None:
    page: dict[str, str] = json.loads((WEB / f"{language}.json").read_text())
    for code in ROW_SENTENCES:
        said = page[f"import.error.{code}"].replace("{{", "{").replace("}}", "}")
        if language == "zh-Hans":
            assert SENTENCES["zh-Hans"][code] == said
    assert COLUMNS[language] == {column: page[f"people.column_{column}"] for column in COLUMNS[language]}
    assert OUTCOMES[language] == {
        outcome: page[f"people.outcome_{outcome}"] for outcome in OUTCOMES[language]
    }


async def test_names_in_old_results_are_forgotten_the_sums_stay(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    done = await upload(admin, [["刘洋", "1005", "", "", "员工"]])
    fresh = await upload(admin, [["吴昊", "1009", "", "", "员工"]])

    def age(work: Any) -> None:
        work.conn.execute(
            update(StaffImport)
            .where(StaffImport.id == done["id"])
            .values(created_at=work.now - timedelta(days=91))
        )

    await shared.company.write(age)
    await imports.forget(shared.company, {})
    assert await rows_of(admin, done["id"]) == []
    assert len(await rows_of(admin, fresh["id"])) == 1
    assert (await view(admin, done["id"]))["unchanged"] == 1

    def left(conn: Any) -> list[int]:
        return [
            conn.execute(
                select(func.count()).select_from(model).where(model.import_id == done["id"])
            ).scalar()
            for model in (StaffImportRow, StaffImportMissing)
        ]

    assert await shared.company.read(left) == [0, 0]


async def test_an_administrator_does_not_import_themselves_out_of_the_company(shared: House) -> None:
    admin = await enter(shared, ADMINISTRATOR)
    done = await upload(admin, [["李敏", "1002", "", "", "外部"]])
    assert told((await rows_of(admin, done["id"]))[0]) == [("kind", "oneself")]
    assert (await admin.http.get("/api/people")).status_code == 200
    assert (
        await department_id(shared, "总部/行政部")
        in (await admin.get(f"/api/people/{admin.id}"))["department_ids"]
    )
    assert (await imported(admin, csv([["姓名", "工号"], ["李敏", "1002"]])))["state"] == "done"
