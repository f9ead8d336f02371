"""Small office files with something to read in them, and some that want to do harm to whoever reads."""

import datetime
import io

import openpyxl
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tests.server.files.sending import zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = {"[Content_Types].xml": b"<Types/>"}
_STYLES = f"""<w:styles {_W}><w:style w:styleId="1"><w:name w:val="heading 2"/></w:style></w:styles>"""


def word(body: str) -> bytes:
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return zipped({**_TYPES, "word/document.xml": document.encode(), "word/styles.xml": _STYLES.encode()})


def said(words: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def cell(words: str) -> str:
    return f"<w:tc>{said(words)}</w:tc>"


LETTER = word(
    said("付款条件", '<w:pStyle w:val="1"/>')
    + "<w:p><w:r><w:t>三十</w:t></w:r><w:del><w:r><w:delText>六十</w:delText></w:r></w:del><w:r><w:t>天 &lt;内&gt;</w:t></w:r></w:p>"
    + said("先付三成", "<w:numPr/>")
    + f"<w:tbl><w:tr>{cell('货号')}{cell('数量')}</w:tr><w:tr>{cell('A1')}{cell('2')}</w:tr></w:tbl>"
    + said("谢谢")
)


def book(rows: int = 1) -> bytes:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "报价"
    first.append(["货号", "数量", "日期"])
    for number in range(rows):
        first.append([f"A{number}", 2.5, datetime.date(2026, 1, 2)])
    made.create_sheet("备注").append(["=1+1", "<b>不粗</b>"])
    hidden = made.create_sheet("底价")
    hidden.append(["机密"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def talk() -> bytes:
    links = '<Relationship Id="r{0}" Type="slide" Target="slides/slide{0}.xml"/>'
    relations = f"<Relationships>{''.join(links.format(one) for one in (1, 2))}</Relationships>"
    slides = '<p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/>'
    order = f'<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>{slides}</p:sldIdLst></p:presentation>'

    def slide(title: str, words: str) -> bytes:
        text = "<p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody>"
        head = f'<p:sp><p:nvPr><p:ph type="title"/></p:nvPr>{text.format(title)}</p:sp>'
        return f'<p:sld xmlns:p="p" xmlns:a="a">{head}<p:sp>{text.format(words)}</p:sp></p:sld>'.encode()

    return zipped(
        {
            **_TYPES,
            "ppt/presentation.xml": order.encode(),
            "ppt/_rels/presentation.xml.rels": relations.encode(),
            "ppt/slides/slide1.xml": slide("第二页", "后来"),
            "ppt/slides/slide2.xml": slide("第一页", "起初"),
        }
    )


def paper(pages: int = 2, size: tuple[float, float] = (595, 842)) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

HOSTILE: dict[str, bytes] = {
    "laughs.docx": zipped({**_TYPES, "word/document.xml": f"{_LAUGHS}<l>&b;</l>".encode()}),
    "cut.docx": zipped({**_TYPES, "word/document.xml": b"<w:document><w:p>"}),
    "deep.docx": word("<w:tbl><w:tr><w:tc>" * 50_000),
    "deep-closed.docx": word("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000),
    "long.docx": word(said("字" * 1_000) * 2_000),
    "wide.docx": word(f"<w:tbl><w:tr>{cell('x') * 5_000}</w:tr></w:tbl>"),
    "rows.docx": word("<w:tbl>" + f"<w:tr>{cell('x')}</w:tr>" * 5_000 + "</w:tbl>"),
    "corner.xlsx": zipped(
        {
            **_TYPES,
            "xl/workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Target="worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>',
        }
    ),
    "lost.xlsx": zipped({**_TYPES, "xl/workbook.xml": b'<w><sheet name="a" id="nowhere"/></w>'}),
    "round.pptx": zipped(
        {
            **_TYPES,
            "ppt/presentation.xml": b'<p xmlns:r="r">' + b'<sldId r:id="r1"/>' * 20_000 + b"</p>",
            "ppt/_rels/presentation.xml.rels": b'<R><Relationship Id="r1" Target="../../../etc/passwd"/></R>',
        }
    ),
    "huge.pdf": paper(1, (14_000, 14_000)),
    "thin.pdf": paper(1, (1, 14_000)),
    "many.pdf": paper(1_000),
    "broken.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 100,
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF",
    "quotes.csv": b'"' * 500_000,
    "long.csv": b"a," * 400_000,
    "long.md": "# 字\n".encode() * 200_000,
    "cut.txt": "收".encode() * 300_000,
}
