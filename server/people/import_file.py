"""The result of a staff import as a file to pass on: every row with what became of it, then the employees who are not in the list."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from sqlalchemy import Connection, select

from server.kit.problems import FieldError, NotFound
from server.org.models import Person
from server.people.import_present import import_row
from server.people.import_words import COLUMNS, HEADINGS, OUTCOMES, SENTENCES
from server.people.models import StaffImport, StaffImportMissing, StaffImportRow

Language = Literal["zh-Hans", "en"]
NAMES: Final[dict[Language, str]] = {"zh-Hans": "导入结果.csv", "en": "import-result.csv"}
# A value that begins so is a formula to spreadsheet programs.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def result(conn: Connection, import_id: int, language: Language) -> str:
    """CSV with a byte order mark, without which Excel takes UTF-8 for GBK. Raises `NotFound`."""
    if conn.execute(select(StaffImport.id).where(StaffImport.id == import_id)).first() is None:
        raise NotFound()
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in (HEADINGS[language], *_rows(conn, import_id, language), *_missing(conn, import_id, language)):
        writer.writerow([escaped(cell) for cell in line])
    return out.getvalue()


def escaped(cell: str) -> str:
    """A name that begins like a formula stays a name."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _rows(conn: Connection, import_id: int, language: Language) -> Iterator[tuple[str, ...]]:
    query = select(StaffImportRow.__table__).where(StaffImportRow.import_id == import_id)
    columns = COLUMNS[language]
    for found in conn.execute(query.order_by(StaffImportRow.line)):
        row = import_row(found)
        changed = row.changed if row.outcome == "updated" else []
        yield (
            str(row.row),
            OUTCOMES[language][row.outcome],
            row.name,
            row.staff_number,
            _joined((columns.get(one, one) for one in changed), language),
            _joined((_said(error, language) for error in row.errors), language),
        )


def _missing(conn: Connection, import_id: int, language: Language) -> Iterator[tuple[str, ...]]:
    query = (
        select(Person.name, Person.staff_number)
        .join(StaffImportMissing, StaffImportMissing.person_id == Person.id)
        .where(StaffImportMissing.import_id == import_id)
        .order_by(Person.pinyin, Person.id)
    )
    for row in conn.execute(query):
        yield "", OUTCOMES[language]["missing"], row.name, row.staff_number or "", "", ""


def _said(error: FieldError, language: Language) -> str:
    sentence = SENTENCES[language].get(error.code)
    text = sentence.format(**error.params) if sentence else error.detail or error.code
    column = COLUMNS[language].get(error.field)
    return f"{column}: {text}" if column else text


def _joined(parts: Iterable[str], language: Language) -> str:
    return ("；" if language == "zh-Hans" else "; ").join(parts)
