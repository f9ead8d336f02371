"""Whatever bytes are uploaded, the reader answers with rows or with a refusal in words: quickly, and in little memory."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.people.import_codes import FILE_SENTENCES, SheetRefused
from server.people.sheet import MAX_BYTES, read_sheet
from server.people.spreadsheet.worksheet import parse_reference
from tests.server.people.files import (
    HEADINGS,
    STAFF,
    csv,
    csv_text,
    handmade,
    packed,
    sheet_xml,
    text_row,
    workbook_parts,
    xlsx,
)

HEADER = text_row(1, ["姓名", "工号"])
GOOD = sheet_xml(HEADER + text_row(2, ["李娜", "2"]))
WHOLE = xlsx([HEADINGS, *STAFF])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def with_part(name: str, content: str | bytes, sheet: str = GOOD) -> bytes:
    return packed({**workbook_parts(sheet), name: content})


def without_part(name: str) -> bytes:
    parts = workbook_parts(GOOD)
    del parts[name]
    return packed(parts)


def with_two_of_a_name() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in workbook_parts(GOOD).items():
            package.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("xl/worksheets/sheet1.xml", GOOD)
    return out.getvalue()


def patched(data: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """Overwrites a field of every record that begins with `mark`."""
    out, at = bytearray(data), data.find(mark)
    while at >= 0:
        out[at + offset : at + offset + len(value)] = value
        at = data.find(mark, at + 1)
    return bytes(out)


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return handmade(
        sheet_xml(text_row(1, ["姓名"]), before=f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>').replace(
            "姓名", "&l9;"
        )
    )


def external_entity() -> bytes:
    return handmade(
        sheet_xml(HEADER, before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace(
            "姓名", "&e;"
        )
    )


def damaged_utf8() -> bytes:
    return csv([["name", "phone"], *([row[0], row[1]] for row in STAFF)]).replace(
        "李".encode(), "李".encode()[:2]
    )


def row(cells: str, number: int = 2) -> str:
    return f'{HEADER}<row r="{number}">{cells}</row>'


def many(cells: list[str], count: int) -> str:
    """Rows of cells in no order, so that they do not pack suspiciously well."""
    chosen = random.Random(5).choices(cells, k=count)
    return "".join(f"<row>{''.join(chosen[at : at + 10_000])}</row>" for at in range(0, count, 10_000))


HOSTILE: list[tuple[str, str, Callable[[], bytes]]] = [
    ("nothing at all", "empty_file", lambda: b""),
    ("only blanks and a mark", "empty_file", lambda: b"\xef\xbb\xbf\r\n  \r\n"),
    ("only zeros", "empty_file", lambda: bytes(5000)),
    ("too many bytes", "file_too_large", lambda: b"a" * (MAX_BYTES + 1)),
    ("a PDF", "wrong_kind", lambda: b"%PDF-1.7\n1 0 obj"),
    ("a picture", "wrong_kind", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ("a web page called .xls", "wrong_kind", lambda: b"<html><table><tr><td>name</td></tr></table></html>"),
    ("XML", "wrong_kind", lambda: b"<?xml version='1.0'?><staff/>"),
    ("JSON", "wrong_kind", lambda: b'[{"name": "x", "phone": 1}]'),
    ("a Word document renamed", "wrong_kind", lambda: packed({"word/document.xml": "<w/>"})),
    ("a binary workbook", "wrong_kind", lambda: with_part("xl/workbook.bin", b"x")),
    ("an OpenDocument sheet", "wrong_kind", lambda: packed({"mimetype": "x", "content.xml": "<x/>"})),
    ("some other zip", "wrong_kind", lambda: packed({"readme.txt": "hello"})),
    ("an empty zip", "wrong_kind", lambda: packed({})),
    ("an old Excel file", "old_excel", lambda: OLE + "Workbook".encode("utf-16-le")),
    ("an old Word file", "wrong_kind", lambda: OLE + "WordDocument".encode("utf-16-le")),
    ("a workbook with a password", "encrypted", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    ("a zip with a password", "encrypted", lambda: patched(handmade(GOOD), b"PK\x01\x02", 8, b"\x01\x00")),
    ("macros", "macros", lambda: with_part("xl/vbaProject.bin", b"x")),
    ("old macro sheets", "macros", lambda: with_part("xl/macrosheets/sheet1.xml", "<x/>")),
    ("noise", "binary_file", lambda: random.Random(7).randbytes(20_000)),
    (
        "a program",
        "binary_file",
        lambda: b"\x7fELF\x02\x01\x01" + bytes(200) + random.Random(1).randbytes(500),
    ),
    ("UTF-16 without a mark", "unknown_encoding", lambda: csv([HEADINGS, *STAFF], "utf-16-le")),
    ("UTF-32", "unknown_encoding", lambda: csv([HEADINGS, *STAFF], "utf-32")),
    (
        "half a UTF-16 character",
        "unknown_encoding",
        lambda: csv([HEADINGS, *STAFF], "utf-16")[:-1] + b"\xd8\x00\xd8",
    ),
    ("UTF-8 with a byte missing", "unknown_encoding", damaged_utf8),
    (
        "a mark and then other bytes",
        "unknown_encoding",
        lambda: b"\xef\xbb\xbf" + csv([HEADINGS, *STAFF], "gb18030"),
    ),
    ("prose", "not_a_table", lambda: "王总您好！\n附件是花名册。\n".encode()),
    ("a table of something else", "no_header", lambda: b"sku,price\nA1,3\n"),
    ("rows without headings", "no_header", lambda: csv(STAFF)),
    ("no names", "no_name_column", lambda: csv([["手机", "部门"], ["13900139001", "华东"]])),
    ("only names", "no_identifier_column", lambda: csv([["姓名"], ["李娜"]])),
    ("a heading twice", "duplicate_heading", lambda: csv([["姓名", "手机", "电话"], ["李娜", "1", "2"]])),
    ("headings and nothing below", "no_rows", lambda: csv([HEADINGS])),
    ("headings and blanks below", "no_rows", lambda: csv([HEADINGS, ["　"] * 7, [" "] * 7])),
    ("a quotation mark left open", "broken_quotes", lambda: '姓名,工号\n李娜,"2\n张伟,3\n'.encode()),
    ("text behind a quotation", "broken_quotes", lambda: '姓名,工号\n李娜,"2"x\n'.encode()),
    ("one endless cell", "broken_quotes", lambda: ("姓名,工号\n李娜," + "x" * 200_000).encode()),
    ("a million columns", "too_many_columns", lambda: b"name,phone," + b"x," * 1_000_000),
    ("a million delimiters", "not_a_table", lambda: b'"' + b"," * 1_000_000),
    ("a cut-off workbook", "damaged_workbook", lambda: handmade(GOOD)[:-40]),
    ("a zip's first bytes", "damaged_workbook", lambda: b"PK\x03\x04" + bytes(60)),
    ("a part missing", "damaged_workbook", lambda: without_part("xl/worksheets/sheet1.xml")),
    ("no sheets", "empty_file", lambda: with_part("xl/workbook.xml", "<workbook/>")),
    ("an empty sheet", "empty_file", lambda: handmade(sheet_xml(""))),
    ("a part twice", "damaged_workbook", with_two_of_a_name),
    ("a wrong checksum", "damaged_workbook", lambda: patched(handmade(GOOD), b"PK\x01\x02", 16, b"\0\0\0\0")),
    ("an unusual compression", "damaged_workbook", lambda: packed(workbook_parts(GOOD), zipfile.ZIP_LZMA)),
    (
        "a size that lies low",
        "damaged_workbook",
        lambda: patched(handmade(GOOD), b"PK\x01\x02", 24, b"\x05\0\0\0"),
    ),
    (
        "a size that lies high",
        "unpacks_too_large",
        lambda: patched(handmade(GOOD), b"PK\x01\x02", 24, struct.pack("<I", 2**31)),
    ),
    ("unclosed XML", "damaged_workbook", lambda: handmade(GOOD.replace("</sheetData>", ""))),
    (
        "an unknown XML encoding",
        "damaged_workbook",
        lambda: handmade("<?xml version='1.0' encoding='x-no'?>" + GOOD),
    ),
    ("a zip bomb", "suspicious_compression", lambda: with_part("xl/media/a.xml", bytes(30_000_000))),
    (
        "a zip bomb in pieces",
        "unpacks_too_large",
        lambda: packed({f"x/{n}": bytes(1_000_000) for n in range(70)}),
    ),
    ("thousands of parts", "too_many_parts", lambda: packed({f"x/{n}": b"" for n in range(1_001)})),
    ("a billion laughs", "unsafe_xml", billion_laughs),
    ("an external entity", "unsafe_xml", external_entity),
    (
        "an external entity in the strings",
        "unsafe_xml",
        lambda: handmade(GOOD, strings='<!DOCTYPE sst SYSTEM "http://localhost/x.dtd"><sst/>'),
    ),
    (
        "a string that is not there",
        "damaged_workbook",
        lambda: handmade(sheet_xml(row('<c r="A2" t="s"><v>9</v></c>'))),
    ),
    (
        "a string below zero",
        "damaged_workbook",
        lambda: handmade(sheet_xml(row('<c r="A2" t="s"><v>-1</v></c>'))),
    ),
    (
        "a cell beyond the last column",
        "damaged_workbook",
        lambda: handmade(sheet_xml(row('<c r="XFE2"><v>1</v></c>'))),
    ),
    ("a cell of another row", "damaged_workbook", lambda: handmade(sheet_xml(row('<c r="A3"><v>1</v></c>')))),
    ("a cell outside rows", "damaged_workbook", lambda: handmade(sheet_xml('<c r="A1"><v>1</v></c>'))),
    ("row nought", "damaged_workbook", lambda: handmade(sheet_xml(row("", number=0)))),
    ("rows backwards", "damaged_workbook", lambda: handmade(sheet_xml(row("", number=1)))),
    ("a row far beyond the last", "damaged_workbook", lambda: handmade(sheet_xml(row("", number=10**30)))),
    (
        "merged ranges over each other",
        "damaged_workbook",
        lambda: handmade(sheet_xml(HEADER + text_row(2, ["李娜", "2"]), '<mergeCell ref="A2:B9"/>' * 2)),
    ),
    ("a merged nonsense", "damaged_workbook", lambda: handmade(sheet_xml(HEADER, '<mergeCell ref="A1:?"/>'))),
    (
        "a million cells",
        "sheet_too_full",
        lambda: handmade(
            sheet_xml(HEADER + many([f"<c><v>{digit}</v></c>" for digit in range(10)], 600_001))
        ),
    ),
    (
        "a million and a half empty cells",
        "sheet_too_full",
        lambda: handmade(
            sheet_xml(HEADER + many(["<c/>", '<c s="1"/>', '<c t="n"/>', '<c s="2"/>'], 1_600_000))
        ),
    ),
    ("five million blank lines", "too_many_rows", lambda: "姓名,工号\n李娜,2\n".encode() + b"\n" * 5_000_000),
    (
        "thirty thousand rows",
        "too_many_rows",
        lambda: xlsx([["姓名", "工号"], *[["李娜", str(number)] for number in range(20_010)]]),
    ),
]


@pytest.mark.parametrize(("code", "make"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_bad_file_is_refused_in_words(code: str, make: Callable[[], bytes]) -> None:
    data = make()
    began = time.process_time()
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data, "花名册.csv")
    assert refused.value.code == code
    assert "{" not in refused.value.detail
    assert time.process_time() - began < 10


def test_the_reasons_above_are_all_there_are() -> None:
    assert {code for _, code, _ in HOSTILE} | {"merged_header"} == set(FILE_SENTENCES)


def test_a_broken_workbook_called_xlsx_is_told_to_be_damaged() -> None:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(random.Random(3).randbytes(9_000), "花名册.XLSX")
    assert refused.value.code == "damaged_workbook"


def test_one_cell_in_each_far_corner_takes_no_memory() -> None:
    """Laid out as a grid, this sheet of a few hundred bytes would take 550 GB."""
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    data = handmade(sheet_xml(HEADER + text_row(2, ["李娜", "2"]) + far))
    tracemalloc.start()
    try:
        assert len(read_sheet(data, "a.xlsx").rows) == 1
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_control_characters_reach_the_row_and_not_the_file() -> None:
    text = csv_text([["姓名", "工号"], ["李\0娜", "2"], *(["张伟", str(number)] for number in range(50))])
    assert read_sheet(text.encode(), "a.csv").rows[0].cells


@pytest.mark.parametrize(
    ("reference", "position"),
    [
        ("A1", (1, 0)),
        ("Z9", (9, 25)),
        ("AA10", (10, 26)),
        ("XFD1048576", (1_048_576, 16_383)),
        ("$B$7", (7, 1)),
    ],
)
def test_references_count_columns_from_nought(reference: str, position: tuple[int, int]) -> None:
    assert parse_reference(reference) == position


@pytest.mark.parametrize("reference", ["", "A", "1", "A0", "a1", "XFE1", "A1048577", "AAAA1", "A1:B2", "Ａ1"])
def test_what_is_no_reference_is_none(reference: str) -> None:
    assert parse_reference(reference) is None


def reads_or_refuses(data: bytes, name: str = "a.csv") -> None:
    try:
        sheet = read_sheet(data, name)
    except SheetRefused:  # its code has a sentence, or it could not have been raised
        return
    assert sheet.rows


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    reads_or_refuses(data, name)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text_below_headings_is_read_or_refused(text: str, encoding: str) -> None:
    reads_or_refuses(("姓名,工号,手机\n" + text).encode(encoding, "ignore"))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reads_or_refuses(bytes(whole))


_PIECES = """<row>|</row>|<row r="2">|<row r="x">|<c>|</c>|<c r="B2" t="s">|<c t="inlineStr">|<v>|</v>|1|１|姓名|工号|<is><t>|\
</t></is>|<f/>|<rPh>|</rPh>|_x0000_|&#10;|1e5|<mergeCell ref="A1:B2"/>|<c s="9"><v>45000</v></c>|<c t="e"><v>#REF!</v></c>|\
</sheetData>"""
_XML = st.lists(st.sampled_from(_PIECES.split("|")), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(_XML)
def test_any_sheet_inside_a_workbook_is_read_or_refused(rows: str) -> None:
    reads_or_refuses(handmade(sheet_xml(HEADER + rows)))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(workbook_parts(GOOD, styles="x", strings="x"))), st.binary(max_size=60))
def test_any_part_may_be_rubbish(name: str, content: bytes) -> None:
    reads_or_refuses(packed({**workbook_parts(GOOD, styles="<x/>", strings="<x/>"), name: content}))
