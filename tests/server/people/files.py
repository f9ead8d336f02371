"""Makes the files that people upload, good and bad, in code: nothing binary is kept in the repository."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook

HEADINGS = ["姓名", "手机", "邮箱", "工号", "部门", "职位", "直属上级"]

# A small company: one boss, two regions, and two people called 张伟.
STAFF = [
    ["王建国", "13800138000", "wang@tenfour.cn", "0001", "总经办", "总经理", ""],
    ["李娜", "13900139001", "lina@tenfour.cn", "0002", "华东", "大区总监", "0001"],
    ["张伟", "13700137002", "", "0012", "华东/销售一部", "销售经理", "李娜"],
    ["张伟", "13600136003", "", "0013", "华东/销售二部", "销售经理", "13900139001"],
    ["欧阳修远", "", "ouyang@tenfour.cn", "", "华东/销售一部", "销售代表", "0012"],
]

Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    def quoted(cell: str) -> str:
        return (
            '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in f'{delimiter}"\r\n') else cell
        )

    return "".join(delimiter.join(map(quoted, row)) + "\r\n" for row in rows)


def csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return csv_text(rows, delimiter).encode(encoding)


def xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    """As openpyxl writes it: shared strings, numbers as numbers."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return f'{before}<worksheet xmlns="urn:main"><sheetData>{rows}</sheetData>{after}</worksheet>'


def text_row(number: int, texts: Sequence[str]) -> str:
    """A row of inline strings."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def workbook_parts(
    sheet: str, *, styles: str = "", strings: str = "", workbook_more: str = ""
) -> dict[str, str | bytes]:
    """The least that makes a workbook, with `sheet` as its only sheet."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{kind}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns:r="{kind}">{workbook_more}<sheets>'
        '<sheet name="花名册" sheetId="1" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="s1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="s2" Type="{kind}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="s3" Type="{kind}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if styles:
        parts["xl/styles.xml"] = styles
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return parts


def packed(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def handmade(sheet: str, *, styles: str = "", strings: str = "", workbook_more: str = "") -> bytes:
    return packed(workbook_parts(sheet, styles=styles, strings=strings, workbook_more=workbook_more))
