"""One row on its way through the plan: its cells made comparable, and what is wrong with them. Called by `staff_plan`."""

from dataclasses import dataclass, field

from server.people import cell_values as values
from server.people.cell_values import DepartmentPath, is_storable, optional, sign_in_key, tidy
from server.people.headings import IDENTIFIERS, Column
from server.people.import_codes import Param, RowError, row_error
from server.people.sheet import SheetRow
from server.people.snapshot import DirectoryPerson


@dataclass(slots=True)
class Draft:
    """Empty texts stand for empty cells; `keys` are the row's sign-in names in comparable form.

    `node` names the person throughout the plan: an existing person's id, or the line of somebody new as a negative
    number. `repeats` is an earlier row about the same new person; `manager` is the manager's node. `heads` is what the
    cell says, `headed` the departments it means (None: it says nothing).
    """

    line: int
    name: str = ""
    staff_number: str = ""
    phone: str = ""
    email: str = ""
    title: str = ""
    departments: tuple[DepartmentPath, ...] = ()
    manager_text: str = ""
    kind: str = ""
    heads: bool | list[bool] | list[DepartmentPath] | None = None
    headed: tuple[DepartmentPath, ...] | None = None
    keys: dict[Column, str] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    person: DirectoryPerson | None = None
    repeats: "Draft | None" = None
    manager: int | None = None

    @property
    def node(self) -> int:
        if self.repeats is not None:
            return self.repeats.node
        return self.person.id if self.person is not None else -self.line

    @property
    def own_node(self) -> int:
        """The row itself, whoever it is about."""
        return -self.line

    @property
    def is_refused(self) -> bool:
        return bool(self.errors)

    def refuse(self, column: Column, code: str, **params: Param) -> None:
        self.errors.append(row_error(column, code, **params))

    def has_error(self, column: Column) -> bool:
        return any(error.field == column for error in self.errors)


def read_draft(row: SheetRow) -> Draft:
    """The row's values with every error that the row shows by itself."""
    draft = Draft(row.line, errors=list(row.errors))
    cells = row.cells
    _read_name(draft, cells.get(Column.NAME, ""))
    _read_staff_number(draft, optional(cells.get(Column.STAFF_NUMBER, "")))
    _read_phone(draft, optional(cells.get(Column.PHONE, "")))
    _read_email(draft, optional(cells.get(Column.EMAIL, "")))
    _read_departments(draft, optional(cells.get(Column.DEPARTMENT, "")))
    _read_heads(draft, optional(cells.get(Column.HEADS, "")))
    _read_kind(draft, optional(cells.get(Column.KIND, "")))
    draft.title = _line_of_text(draft, Column.TITLE, optional(cells.get(Column.TITLE, "")), values.MAX_TITLE)
    draft.manager_text = _line_of_text(
        draft, Column.MANAGER, optional(cells.get(Column.MANAGER, "")), values.MAX_EMAIL
    )
    if not draft.keys and not any(draft.has_error(column) for column in IDENTIFIERS):
        draft.refuse(Column.STAFF_NUMBER, "identifier_missing")
    return draft


def _read_name(draft: Draft, cell: str) -> None:
    draft.name = _line_of_text(draft, Column.NAME, tidy(cell), values.MAX_NAME)
    if not draft.name and not draft.has_error(Column.NAME):
        draft.refuse(Column.NAME, "name_missing")


def _read_staff_number(draft: Draft, cell: str) -> None:
    if values.is_shortened(cell):
        draft.refuse(Column.STAFF_NUMBER, "number_shortened")
        return
    draft.staff_number = _line_of_text(
        draft, Column.STAFF_NUMBER, values.staff_number(cell), values.MAX_STAFF_NUMBER
    )
    if draft.staff_number:
        draft.keys[Column.STAFF_NUMBER] = sign_in_key(draft.staff_number)


def _read_phone(draft: Draft, cell: str) -> None:
    if not cell:
        return
    number = values.phone(cell)
    if number is None:
        draft.refuse(Column.PHONE, "number_shortened" if values.is_shortened(cell) else "phone_invalid")
        return
    draft.phone = draft.keys[Column.PHONE] = number


def _read_email(draft: Draft, cell: str) -> None:
    if not cell:
        return
    address = values.email(cell)
    if address is None:
        draft.refuse(Column.EMAIL, "email_invalid")
        return
    draft.email = draft.keys[Column.EMAIL] = address


def _read_heads(draft: Draft, cell: str) -> None:
    """Which departments the words name is found when all departments are known (`department_heads`)."""
    if not cell:
        return
    if is_storable(cell.replace("\n", ";")):
        draft.heads = values.heads(cell)
    else:
        draft.refuse(Column.HEADS, "control_characters")


def _read_kind(draft: Draft, cell: str) -> None:
    kind = values.kind(cell) if cell else ""
    if kind is None:
        draft.refuse(Column.KIND, "kind_unknown")
    draft.kind = kind or ""


def _read_departments(draft: Draft, cell: str) -> None:
    paths = values.department_paths(cell)
    if len(paths) > values.MAX_DEPARTMENTS:
        draft.refuse(Column.DEPARTMENT, "too_many_departments", limit=values.MAX_DEPARTMENTS)
        return
    levels = [level for path in paths for level in path]
    if any(len(path) > values.MAX_LEVELS for path in paths):
        draft.refuse(Column.DEPARTMENT, "department_too_deep", limit=values.MAX_LEVELS)
    elif not all(levels):
        draft.refuse(Column.DEPARTMENT, "department_empty_level")
    elif any(len(level) > values.MAX_DEPARTMENT_NAME for level in levels):
        draft.refuse(Column.DEPARTMENT, "department_name_too_long", limit=values.MAX_DEPARTMENT_NAME)
    elif not all(map(is_storable, levels)):
        draft.refuse(Column.DEPARTMENT, "control_characters")
    else:
        draft.departments = tuple(paths)


def _line_of_text(draft: Draft, column: Column, text: str, limit: int) -> str:
    """The text, or an error and nothing."""
    if not is_storable(text):
        draft.refuse(column, "control_characters")
        return ""
    if len(text) > limit:
        draft.refuse(column, "too_long", limit=limit)
        return ""
    return text
