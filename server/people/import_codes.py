"""Every refusal of a staff import, as a code and an English sentence. The client translates `import.error.CODE`.

`SheetRefused` refuses a whole file, a `RowError` refuses one row. Params hold only what the person who uploaded
the file may see: line numbers, limits, their own headings, and names along a reporting line.
"""

from collections.abc import Mapping
from typing import Final

from server.kit.problems import FieldError

# The same shape as every other field error on the wire; `field` is a `Column` or, for the whole row, ROW.
RowError = FieldError
ROW: Final = "row"

Param = str | int

FILE_SENTENCES: Final[dict[str, str]] = {
    "empty_file": "The file is empty.",
    "file_too_large": "The file is larger than {limit_mb} MB.",
    "wrong_kind": "The file is of the kind {kind}. Save the staff list as .xlsx or .csv.",
    "old_excel": "This is an old Excel file (.xls). Open it and save it as .xlsx.",
    "encrypted": "The file is protected by a password. Save it without one.",
    "macros": "The workbook holds macros. Save it as .xlsx, without macros.",
    "too_many_parts": "The workbook is packed from more than {limit} parts. Copy the list into a new workbook.",
    "unpacks_too_large": "The workbook unpacks to more than {limit_mb} MB. Copy the list into a new workbook.",
    "suspicious_compression": "The workbook is packed more tightly than {limit} to 1, as only harmful files are.",
    "damaged_workbook": "The workbook is damaged at {part}. Open it and save it again as .xlsx.",
    "unsafe_xml": "The workbook declares XML entities at {part}, which no spreadsheet program writes.",
    "sheet_too_full": "The sheet holds too many cells. Delete empty rows and columns that only carry a format.",
    "unknown_encoding": "The characters cannot be read. Save the file as CSV UTF-8 or as .xlsx.",
    "binary_file": "The file is neither text nor a workbook.",
    "broken_quotes": "A quotation mark in the row that begins at line {line} has no counterpart.",
    "not_a_table": "The file has no columns: there is no comma, semicolon or tab between values.",
    "no_header": "None of the first {limit} rows holds headings such as 姓名 / Name, 手机 / Mobile, 工号 / Staff number.",
    "no_name_column": "There is no column 姓名 / Name. The headings found are: {found}.",
    "no_identifier_column": "One of 工号 / Staff number, 手机 / Mobile, 邮箱 / E-mail must be a column. "
    "The headings found are: {found}.",
    "duplicate_heading": "The headings «{first}» and «{second}» mean the same. Keep one of them.",
    "too_many_columns": "The table has more than {limit} columns.",
    "merged_header": "The headings in row {line} have merged cells ({cells}). Give each column one heading in one row.",
    "no_rows": "There are no rows below the headings in row {line}.",
    "too_many_rows": "The list has more than {limit} rows. Import it in parts.",
}

# The file could be read, but the import as a whole cannot be carried out.
RUN_SENTENCES: Final[dict[str, str]] = {
    "too_slow": "Reading the file took more than {limit} seconds. Copy the list into a new workbook.",
    "too_many_new_departments": "The list would create {count} departments, more than {limit}. "
    "Is the right column called 部门 / Department?",
    "interrupted": "The import was interrupted again and again. The rows below were carried out; "
    "upload the list once more for the rest.",
}

ROW_SENTENCES: Final[dict[str, str]] = {
    "extra_cells": "The row has {found} cells, the headings have {expected}. "
    "A value with a comma needs quotation marks around it.",
    "cell_error": "The cell shows the error {value}.",
    "cell_is_date": "The cell is a date ({value}). Format the column as text and type the value again.",
    "formula_without_value": "The formula has no stored value. Open the file in a spreadsheet program and save it.",
    "merged_cells": "The cell is merged with the one in row {line}. Unmerge them and fill in each.",
    "control_characters": "The text holds line breaks or invisible control characters.",
    "too_long": "At most {limit} characters.",
    "name_missing": "The name is missing.",
    "identifier_missing": "A staff number, a mobile number or an e-mail address is needed.",
    "phone_invalid": "This is not a mobile number: 11 digits beginning with 1, or + and the country code.",
    "number_shortened": "A spreadsheet program shortened the number. Format the column as text and type it again.",
    "email_invalid": "This is not an e-mail address.",
    "too_many_departments": "At most {limit} departments for one person.",
    "department_too_deep": "At most {limit} levels of departments.",
    "department_empty_level": "A level between two separators has no name.",
    "department_name_too_long": "The name of a department has at most {limit} characters.",
    "duplicate_in_file": "This already stands in row {line}.",
    "same_person_twice": "Row {line} is already about this person.",
    "identifiers_disagree": "This belongs to another person than the staff number or mobile number in the row.",
    "sign_in_name_taken": "Another person already signs in with this.",
    "belongs_to_another": "This belongs to a person with another name and another staff number or mobile number.",
    "person_left": "This person has left the company.",
    "manager_unknown": "Nobody with this staff number, mobile number, e-mail address or name is known.",
    "manager_ambiguous": "{people} people have this name. Write the staff number instead.",
    "manager_self": "Nobody reports to themselves.",
    "manager_left": "This manager has left the company.",
    "manager_refused": "The manager's own row {line} is refused.",
    "manager_cycle": "The reporting line runs in a circle: {chain}.",
    "department_unknown": "There is no department {department}, and this import makes none.",
    "head_without_department": "Nobody heads a department without sitting in one.",
    "heads_do_not_match": "There are {found} answers for {expected} departments.",
    "head_elsewhere": "{department} is none of this person's departments.",
    "head_ambiguous": "More than one of this person's departments is called {department}. Write the whole path.",
    "head_is_external": "Somebody from outside heads no department.",
    "kind_unknown": "Write employee or external.",
    "oneself": "Nobody makes an outsider of themselves.",
    "protected": "Only somebody who may edit roles changes how this person signs in.",
    "changed_meanwhile": "This person was changed while the list was being imported. Import the list again.",
}


class SheetRefused(Exception):
    """The whole file is refused. `code` is a key of `FILE_SENTENCES` or `RUN_SENTENCES`."""

    def __init__(self, code: str, **params: Param) -> None:
        self.code = code
        self.params = _encodable(params)
        self.detail = (FILE_SENTENCES | RUN_SENTENCES)[code].format(**self.params)
        super().__init__(self.detail)


def row_error(field: str, code: str, **params: Param) -> RowError:
    """One reason to refuse a row. `code` is a key of `ROW_SENTENCES`."""
    said = _encodable(params)
    return RowError(field, code, ROW_SENTENCES[code].format(**said), dict(said))


def _encodable(params: Mapping[str, Param]) -> dict[str, Param]:
    """A workbook may quote half a character (`_xD800_`), which no answer can carry."""
    return {
        name: value if isinstance(value, int) else value.encode("utf-8", "replace").decode()
        for name, value in params.items()
    }
