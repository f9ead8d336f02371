"""The demo company's prepared tables, in both languages, and two posts that carry one: filled in by its author, and by colleagues."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from feed import publishing
from feed.inputs import AudienceInput, NewPost
from feed.table import library, rows
from feed.table.inputs import ColumnInput, ColumnType, NewPreparedTable, TableInput
from server.demo.company import Cast, actor
from server.people.founding import make_departments
from server.work.company import Company
from server.work.work import Work

Says = tuple[str, str]


class Column(NamedTuple):
    title: Says
    type: ColumnType
    required: bool = False
    choices: Sequence[Says] = ()
    unit: Says = ("", "")


class Prepared(NamedTuple):
    name: Says
    note: Says
    columns: Sequence[Column]


class Carried(NamedTuple):
    """`to`: departments by their Chinese paths. `mine` its author filled in, `theirs` colleagues; `@1005` is a person."""

    author: str
    to: tuple[str, ...]
    table: int
    text: Says
    mine: Sequence[Sequence[Says]] = ()
    theirs: Sequence[tuple[str, Sequence[Says]]] = ()


def _same(text: str) -> Says:
    return (text, text)


LIBRARY = [
    Prepared(
        ("采购申请", "Purchase request"),
        ("每周三下单", "Ordered every Wednesday"),
        [
            Column(("品名", "Item"), "text", True),
            Column(("数量", "Quantity"), "number", True),
            Column(("预算", "Budget"), "number", unit=("元", "CNY")),
            Column(("急不急", "How soon"), "choice", choices=[("急用", "urgent"), ("不急", "can wait")]),
        ],
    ),
    Prepared(
        ("参会登记", "Coming to the meeting"),
        ("", ""),
        [
            Column(("到场日期", "Arrives on"), "date", True),
            Column(("需要住宿", "Needs a room"), "yes_no", True),
            Column(("饮食要求", "Food"), "text"),
        ],
    ),
    Prepared(
        ("客户跟进", "Customer follow-up"),
        ("周会前更新", "Brought up to date before the weekly meeting"),
        [
            Column(("客户", "Customer"), "text", True),
            Column(("负责人", "Responsible"), "person", True),
            Column(("预计金额", "Expected amount"), "number", unit=("万元", "10k CNY")),
            Column(("下次联系", "Next contact"), "date"),
        ],
    ),
]
CARRIED = [
    Carried(
        "1004",
        ("华东/销售一部",),
        2,
        (
            "周会要过的三家客户，有变化请直接告诉我。",
            "The three customers for the weekly meeting. Tell me what has changed.",
        ),
        [
            [("衡远轴承", "Hengyuan Bearings"), _same("@1005"), _same("48"), _same("")],
            [("嘉禾食品", "Jiahe Foods"), _same("@1006"), _same("12.5"), _same("")],
            [("东城医院", "Dongcheng Hospital"), _same("@1005"), _same("96"), _same("")],
        ],
    ),
    Carried(
        "1025",
        (),
        0,
        (
            "本月办公用品统一采购，需要什么自己填一行，周三中午截止。",
            "This month's office supplies: add a line for what you need until Wednesday noon.",
        ),
        [[("A4 打印纸", "A4 paper"), _same("20"), _same("460"), ("不急", "can wait")]],
        [
            ("1005", [("显示器支架", "Monitor arm"), _same("1"), _same("189"), ("不急", "can wait")]),
            ("1008", [("标签打印机", "Label printer"), _same("1"), _same("699"), ("急用", "urgent")]),
        ],
    ),
]


def live_through_tables(company: Company, cast: Cast) -> None:
    made = [company.write_now(partial(_prepare, cast=cast, one=one)) for one in LIBRARY]
    for one in CARRIED:
        post = company.write_now(partial(_post, cast=cast, one=one, table=made[one.table]))
        for who, cells in one.theirs:
            company.write_now(partial(_fill, cast=cast, post=post, who=who, cells=cells))


def _prepare(work: Work, cast: Cast, one: Prepared) -> int:
    says = cast.script.says
    columns = [
        ColumnInput(
            says(*column.title),
            column.type,
            column.required,
            [says(*choice) for choice in column.choices],
            says(*column.unit),
        )
        for column in one.columns
    ]
    new = NewPreparedTable(says(*one.name), columns, says(*one.note))
    return library.prepare(work, actor(work, cast.ids["1002"]), new).id


def _post(work: Work, cast: Cast, one: Carried, table: int) -> int:
    departments = make_departments(work, [cast.script.path(path) for path in one.to])
    to = AudienceInput(not one.to, [departments[cast.script.path(path)] for path in one.to])
    carried = TableInput(table, 1, [_cells(cast, row) for row in one.mine], bool(one.theirs))
    new = NewPost("share", cast.script.says(*one.text), to, table=carried)
    return publishing.publish(work, actor(work, cast.ids[one.author]), new).id


def _fill(work: Work, cast: Cast, post: int, who: str, cells: Sequence[Says]) -> None:
    rows.add(work, actor(work, cast.ids[who]), post, _cells(cast, cells))


def _cells(cast: Cast, row: Sequence[Says]) -> list[str]:
    said = [cast.script.says(*cell) for cell in row]
    return [str(cast.ids[one[1:]]) if one.startswith("@") else one for one in said]
