"""Whom a list makes head of what: 是, 否 or department names against the departments of the row. Called by `staff_plan`."""

from collections.abc import Sequence

from server.people.cell_values import DepartmentPath, department_key
from server.people.departments import DepartmentTree
from server.people.drafts import Draft
from server.people.headings import Column


def assign_heads(drafts: Sequence[Draft], tree: DepartmentTree) -> None:
    """Refuses what names no department of the row, and outsiders who would head one."""
    for draft in drafts:
        if draft.heads is not None:
            _assign(draft, tree)


def _assign(draft: Draft, tree: DepartmentTree) -> None:
    departments = list(draft.departments) or _present(draft, tree)
    headed: list[DepartmentPath] | None
    match draft.heads:
        case False:
            headed = []
        case True:
            headed = departments[:1]
            if not headed:
                draft.refuse(Column.HEADS, "head_without_department")
        case list(said) if said and all(isinstance(one, bool) for one in said):
            headed = [path for path, heads in zip(departments, said, strict=False) if heads]
            if len(said) != len(departments):
                draft.refuse(Column.HEADS, "heads_do_not_match", found=len(said), expected=len(departments))
        case said:
            headed = _named(draft, said, departments)  # type: ignore[arg-type]
    if headed and _kind_of(draft) == "external":
        draft.refuse(Column.HEADS, "head_is_external")
    draft.headed = tuple(headed)


def _present(draft: Draft, tree: DepartmentTree) -> list[DepartmentPath]:
    return [tree.path_of(one) for one in draft.person.department_ids] if draft.person is not None else []


def _kind_of(draft: Draft) -> str:
    return draft.kind or (draft.person.kind if draft.person is not None else "employee")


def _named(
    draft: Draft, said: Sequence[DepartmentPath], departments: Sequence[DepartmentPath]
) -> list[DepartmentPath]:
    """By the whole path or its end: 销售一部 is 华东/销售一部, where only one of the row's departments ends so."""
    headed = []
    for path in said:
        keys = tuple(map(department_key, path))
        fitting = [one for one in departments if tuple(map(department_key, one))[-len(keys) :] == keys]
        exact = [one for one in fitting if len(one) == len(keys)]
        if len(fitting) == 1 or len(exact) == 1:
            headed += exact or fitting
        else:
            code = "head_ambiguous" if fitting else "head_elsewhere"
            draft.refuse(Column.HEADS, code, department="/".join(path)[:100])
    return headed
