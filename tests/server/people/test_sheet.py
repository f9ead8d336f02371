"""A staff list is read whatever its encoding, delimiter or format, and what the reader cannot know it says."""

import datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from server.people.headings import Column, recognise
from server.people.sheet import Sheet, SheetRefused, SheetRow, read_sheet
from tests.server.people import files
from tests.server.people.files import HEADINGS, STAFF, csv, handmade, sheet_xml, text_row, xlsx

COLUMNS = [recognise(heading) for heading in HEADINGS]
EXPECTED = [
    {column: cell for column, cell in zip(COLUMNS, row, strict=True) if column and cell} for row in STAFF
]


def cells(sheet: Sheet) -> list[dict[Column, str]]:
    return [row.cells for row in sheet.rows]


def only(sheet: Sheet) -> SheetRow:
    assert len(sheet.rows) == 1
    return sheet.rows[0]


def errors(row: SheetRow) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in row.errors]


def refusal(data: bytes, name: str = "staff.csv") -> SheetRefused:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data, name)
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_and_delimiter_gives_the_same_rows(encoding: str, delimiter: str) -> None:
    assert cells(read_sheet(csv([HEADINGS, *STAFF], encoding, delimiter), "员工.csv")) == EXPECTED


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_in_both_byte_orders(order: str) -> None:
    assert cells(read_sheet(csv([["\ufeff姓名", *HEADINGS[1:]], *STAFF], order), "a.csv")) == EXPECTED


def test_a_rare_character_of_gb18030_survives() -> None:
    sheet = read_sheet(csv([["姓名", "工号"], ["龙䶮", "7"], ["𠮷田", "8"]], "gb18030"), "a.csv")
    assert [row.cells[Column.NAME] for row in sheet.rows] == ["龙䶮", "𠮷田"]


def test_a_workbook_gives_the_same_rows_as_csv() -> None:
    assert cells(read_sheet(xlsx([HEADINGS, *STAFF]), "员工.xlsx")) == EXPECTED


def test_what_a_file_is_decides_and_not_its_name() -> None:
    assert cells(read_sheet(xlsx([HEADINGS, *STAFF]), "员工.csv")) == EXPECTED
    assert cells(read_sheet(csv([HEADINGS, *STAFF]), "员工.xlsx")) == EXPECTED


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("姓名", Column.NAME),
        (" 姓　名 ", Column.NAME),
        ("*姓名", Column.NAME),
        ("姓名（必填）", Column.NAME),
        ("Name", Column.NAME),
        ("ＮＡＭＥ", Column.NAME),
        ("Full Name", Column.NAME),
        ("手机", Column.PHONE),
        ("手机号 *", Column.PHONE),
        ("电话", Column.PHONE),
        ("MOBILE", Column.PHONE),
        ("Mobile Phone:", Column.PHONE),
        ("邮箱", Column.EMAIL),
        ("电子邮件", Column.EMAIL),
        ("E-mail", Column.EMAIL),
        ("工号", Column.STAFF_NUMBER),
        ("员工编号", Column.STAFF_NUMBER),
        ("Staff number", Column.STAFF_NUMBER),
        ("employee_id", Column.STAFF_NUMBER),
        ("Employee ID (required)", Column.STAFF_NUMBER),
        ("部门", Column.DEPARTMENT),
        ("department", Column.DEPARTMENT),
        ("职位", Column.TITLE),
        ("职务", Column.TITLE),
        ("Position", Column.TITLE),
        ("直属上级", Column.MANAGER),
        ("上级", Column.MANAGER),
        ("Reports to", Column.MANAGER),
        ("身份证号", None),
        ("备注", None),
        ("", None),
        ("*", None),
        ("姓名" * 100, None),
    ],
)
def test_headings_are_recognised_in_both_languages(heading: str, column: Column | None) -> None:
    assert recognise(heading) is column


def test_unknown_columns_are_listed_and_left_out() -> None:
    sheet = read_sheet(
        csv([["姓名", "籍贯", "手机", "备 注"], ["李娜", "浙江", "13900139001", "x"]]), "a.csv"
    )
    assert sheet.ignored_columns == ["籍贯", "备 注"]
    assert sheet.headings == {Column.NAME: "姓名", Column.PHONE: "手机"}
    assert cells(sheet) == [{Column.NAME: "李娜", Column.PHONE: "13900139001"}]


def test_a_title_and_notes_may_stand_above_the_headings() -> None:
    rows = [
        ["某某贸易有限公司员工花名册", ""],
        ["", ""],
        ["填表日期：2026年6月", ""],
        ["姓名", "工号"],
        ["李娜", "2"],
    ]
    sheet = read_sheet(csv(rows), "a.csv")
    assert sheet.header_line == 4
    assert only(sheet).line == 5


def test_lines_count_as_a_spreadsheet_program_counts_them() -> None:
    text = '姓名,工号,职位\r\n\r\n"李娜",2,"总监\r\n兼财务"\r\n,,\r\n张伟,12,经理\r\n'
    sheet = read_sheet(text.encode(), "a.csv")
    assert [row.line for row in sheet.rows] == [3, 5]
    assert sheet.rows[0].cells[Column.TITLE] == "总监\r\n兼财务"


def test_quotes_hold_commas_quotes_and_line_breaks() -> None:
    sheet = read_sheet(b'name,phone,title\n"Li, Na",13900139001,"the ""boss""\nof all"\n', "a.csv")
    assert only(sheet).cells == {
        Column.NAME: "Li, Na",
        Column.PHONE: "13900139001",
        Column.TITLE: 'the "boss"\nof all',
    }


def test_excels_separator_hint_is_followed() -> None:
    sheet = read_sheet("sep=;\r\n姓名;工号\r\n李娜;2\r\n".encode(), "a.csv")
    assert only(sheet).line == 2
    assert only(sheet).cells[Column.STAFF_NUMBER] == "2"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str) -> None:
    assert len(read_sheet(f"姓名,工号{end}李娜,2{end}张伟,3".encode(), "a.csv").rows) == 2


def test_a_row_with_too_many_cells_is_refused_and_the_others_are_not() -> None:
    sheet = read_sheet("姓名,工号\n李娜,2,13900139001\n张伟,3\n王五,4,,\n".encode(), "a.csv")
    assert [errors(row) for row in sheet.rows] == [[("row", "extra_cells")], [], []]
    assert sheet.rows[0].errors[0].params == {"found": 3, "expected": 2}


def test_a_row_with_too_few_cells_lacks_the_last_ones() -> None:
    assert only(read_sheet("姓名,工号,手机\n李娜,2\n".encode(), "a.csv")).cells == {
        Column.NAME: "李娜",
        Column.STAFF_NUMBER: "2",
    }


def test_text_stays_as_it_was_typed() -> None:
    rows = [["姓名", "工号", "职位"], [" 李　娜 ", "=1+1", "@SUM(A1)"], ["张伟", "+12", "'经理"]]
    for data in (csv(rows), handmade(sheet_xml("".join(text_row(n + 1, row) for n, row in enumerate(rows))))):
        sheet = read_sheet(data, "a")
        assert list(sheet.rows[0].cells.values()) == rows[1]
        assert list(sheet.rows[1].cells.values()) == rows[2]


def test_numbers_in_a_workbook_come_out_whole() -> None:
    sheet = read_sheet(
        xlsx([["姓名", "手机", "工号"], ["李娜", 13800138000, 12], ["张伟", 1.3800138e10, "0012"]]), "a"
    )
    assert cells(sheet) == [
        {Column.NAME: "李娜", Column.PHONE: "13800138000", Column.STAFF_NUMBER: "12"},
        {Column.NAME: "张伟", Column.PHONE: "13800138000", Column.STAFF_NUMBER: "0012"},
    ]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("13800138000", "13800138000"),
        ("1.3800138E10", "13800138000"),
        ("1.3800138000E+10", "13800138000"),
        ("13800138000.0", "13800138000"),
        ("0.30000000000000004", "0.3"),
        ("110101199003070000", "110101199003070000"),
        ("-5", "-5"),
        ("1E400", "1E400"),
        ("1E-400", "1E-400"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("twelve", "twelve"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_every_spelling_of_a_number_is_read_or_left_alone(raw: str, text: str) -> None:
    rows = text_row(1, ["姓名", "工号"]) + f'<row r="2"><c r="B2"><v>{raw}</v></c></row>'
    assert only(read_sheet(handmade(sheet_xml(rows)), "a")).cells[Column.STAFF_NUMBER] == text


def test_zeros_that_a_number_format_shows_are_kept() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "工号"])
    page.append(["李娜", 12])
    page["B2"].number_format = "0000"
    assert only(read_sheet(files.saved(book), "a")).cells[Column.STAFF_NUMBER] == "0012"


def test_a_date_is_told_where_a_number_was_typed_and_kept_where_it_does_no_harm() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "工号", "职位"])
    page.append(["李娜", datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30)])  # noqa: DTZ001
    row = only(read_sheet(files.saved(book), "a"))
    assert errors(row) == [("staff_number", "cell_is_date")]
    assert row.errors[0].params == {"value": "2026-03-01"}
    assert row.cells == {Column.NAME: "李娜", Column.TITLE: "2026-03-01 09:30:00"}


def test_a_formula_counts_with_the_value_that_was_stored() -> None:
    rows = text_row(1, ["姓名", "工号", "职位"]) + (
        '<row r="2"><c r="A2" t="str"><f>B9&amp;C9</f><v>李娜</v></c>'
        '<c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="str"><f>""</f><v></v></c></row>'
    )
    assert only(read_sheet(handmade(sheet_xml(rows)), "a")).cells == {
        Column.NAME: "李娜",
        Column.STAFF_NUMBER: "2",
    }


def test_a_formula_without_a_stored_value_refuses_its_row() -> None:
    row = only(read_sheet(xlsx([["姓名", "工号", "上级"], ["李娜", "2", "=B9"]]), "a"))
    assert errors(row) == [("manager", "formula_without_value")]


def test_an_error_in_a_cell_refuses_its_row() -> None:
    rows = text_row(1, ["姓名", "工号"]) + (
        '<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><v>2</v></c></row>'
    )
    row = only(read_sheet(handmade(sheet_xml(rows)), "a"))
    assert errors(row) == [("name", "cell_error")]
    assert row.errors[0].detail == "The cell shows the error #N/A."


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="C2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="C2" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="C2" t="str"><v>a_x000D_b_x005F_x000D_</v></c>', "a\rb_x000D_"),
        ('<c r="C2" t="d"><v>2026-03-01T00:00:00</v></c>', "2026-03-01T00:00:00"),
        ('<c r="C2" t="inlineStr"><is><t>东</t><rPh><t>dong</t></rPh></is></c>', "东"),
        ('<c r="C2" s="1"><v>46082</v></c>', "2026-03-01"),
        ('<c r="C2" s="1"><v>46082.4375</v></c>', "2026-03-01 10:30:00"),
        ('<c r="C2" s="1"><v>0.75</v></c>', "18:00:00"),
        ('<c r="C2" s="1"><v>-1</v></c>', "-1"),
        ('<c r="C2" s="1"><v>9999999999</v></c>', "9999999999"),
        ('<c r="C2" s="2"><v>46082</v></c>', "2026-03-01"),
        ('<c r="C2" s="3"><v>7</v></c>', "007"),
        ('<c r="C2" s="4"><v>7</v></c>', "7"),
        ('<c r="C2" s="5"><v>7</v></c>', "7"),
        ('<c r="C2" s="99"><v>7</v></c>', "7"),
        ('<c r="C2" s="x"><v>7</v></c>', "7"),
    ],
)
def test_cells_of_every_type_become_the_text_that_people_see(cell: str, text: str) -> None:
    styles = (
        "<styleSheet><numFmts>"
        """<numFmt numFmtId="164" formatCode='yyyy"年"m"月"d"日"'/><numFmt numFmtId="165" formatCode="000"/>"""
        """<numFmt numFmtId="166" formatCode='[Red]0.0"days"'/></numFmts>"""
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="x"/></cellXfs></styleSheet>'
    )
    rows = text_row(1, ["姓名", "工号", "职位"]) + f'<row r="2">{cell}</row>'
    assert only(read_sheet(handmade(sheet_xml(rows), styles=styles), "a")).cells == {Column.TITLE: text}


def test_a_workbook_that_counts_from_1904_shows_the_same_dates() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="22"/></cellXfs></styleSheet>'
    rows = text_row(1, ["姓名", "工号", "职位"]) + '<row r="2"><c r="C2" s="0"><v>44620</v></c></row>'
    data = handmade(sheet_xml(rows), styles=styles, workbook_more='<workbookPr date1904="1"/>')
    assert only(read_sheet(data, "a")).cells == {Column.TITLE: "2026-03-01"}


def test_formatted_text_is_joined_and_readings_are_left_out() -> None:
    strings = (
        "<sst><si><t>姓名</t></si><si><t>工号</t></si>"
        "<si><r><t>李</t></r><r><rPr><b/></rPr><t>娜</t></r><rPh sb='0' eb='1'><t>li na</t></rPh></si></sst>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>7</v></c></row>'
    )
    assert only(read_sheet(handmade(sheet_xml(rows), strings=strings), "a")).cells[Column.NAME] == "李娜"


def test_a_writer_that_uses_prefixes_and_leaves_out_references_is_understood() -> None:
    rows = "".join(
        "<x:row>"
        + "".join(f'<x:c t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c>' for text in row)
        + "</x:row>"
        for row in (["姓名", "工号"], ["李娜", "0002"])
    )
    xml = f'<x:worksheet xmlns:x="urn:main"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert only(read_sheet(handmade(xml), "a")).cells == {Column.NAME: "李娜", Column.STAFF_NUMBER: "0002"}


def test_the_first_visible_sheet_with_something_in_it_is_read() -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.append(["选项"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空白")
    for title, name in (("花名册", "李娜"), ("离职", "张伟")):
        page = book.create_sheet(title)
        page.append(["姓名", "工号"])
        page.append([name, "2"])
    assert only(read_sheet(files.saved(book), "a")).cells[Column.NAME] == "李娜"


def test_formatted_but_empty_rows_and_a_lonely_cell_far_away_do_no_harm() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "工号"])
    page.append(["李娜", "2"])
    for number in range(3, 300):
        page.cell(number, 1).fill = PatternFill("solid", fgColor="FFFF00")
    page["XFD1048576"] = "x"
    assert cells(read_sheet(files.saved(book), "a")) == [{Column.NAME: "李娜", Column.STAFF_NUMBER: "2"}]


def test_a_department_merged_over_several_people_counts_for_each() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["某某公司", None, None],
        ["姓名", "工号", "部门"],
        ["李娜", "2", "华东"],
        ["张伟", "3"],
        ["王五", "4", "华北"],
    ):
        page.append(row)
    page.merge_cells("A1:C1")
    page.merge_cells("C3:C4")
    sheet = read_sheet(files.saved(book), "a")
    assert [row.cells[Column.DEPARTMENT] for row in sheet.rows] == ["华东", "华东", "华北"]


def test_merged_names_and_numbers_are_refused_and_name_the_row() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["姓名", "工号", "部门"],
        ["李娜", "2", "华东"],
        [None, "3", "华东"],
        ["以下为实习生", None, None],
    ):
        page.append(row)
    page.merge_cells("A2:A3")
    page.merge_cells("A4:C4")
    sheet = read_sheet(files.saved(book), "a")
    assert [errors(row) for row in sheet.rows] == [
        [],
        [("name", "merged_cells")],
        [("staff_number", "merged_cells"), ("department", "merged_cells")],
    ]
    assert sheet.rows[1].errors[0].params == {"line": 2}


def test_merged_headings_are_refused_and_named() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["姓名", "联系方式", None], [None, "手机", "邮箱"], ["李娜", "13900139001", "a@b.cn"]):
        page.append(row)
    page.merge_cells("A1:A2")
    page.merge_cells("B1:C1")
    problem = refusal(files.saved(book))
    assert (problem.code, problem.params) == ("merged_header", {"line": 2, "cells": "A1:A2"})


def test_a_row_that_says_nothing_in_any_known_column_is_no_row() -> None:
    assert len(read_sheet("姓名,工号,备注\n李娜,2,\n,,合计1人\n".encode(), "a.csv").rows) == 1


def test_twenty_thousand_rows_are_read_and_one_more_is_refused() -> None:
    rows = [["姓名", "工号"], *(["李娜", str(number)] for number in range(20_000))]
    assert len(read_sheet(csv(rows), "a.csv").rows) == 20_000
    assert refusal(csv([*rows, ["张伟", "x"]])).code == "too_many_rows"


def test_a_refusal_says_in_words_what_was_found() -> None:
    problem = refusal(csv([["姓名", "性别", "备注"], ["李娜", "女", ""]]))
    assert problem.code == "no_identifier_column"
    assert problem.detail.endswith("The headings found are: 姓名, 性别, 备注.")
