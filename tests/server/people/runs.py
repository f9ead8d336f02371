"""Carrying imports out by hand, without a runner, so that a test can cut them where it likes."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, select

from server.api.uploads import Upload
from server.events import log
from server.opening import open_company
from server.org.models import Department, Person, PersonDepartment
from server.people import import_run, imports
from server.people.import_present import ImportRowView, StaffImportView
from server.permissions.actor import load_actor
from server.work.company import Company
from server.work.work import Done, Work
from tests.conftest import SettingsMaker
from tests.invariants import check_invariants
from tests.server.people.imports import staff_list

ADMINISTRATOR_ID = 2


class Killed(BaseException):
    """The process is gone."""


@asynccontextmanager
async def opened(make_settings: SettingsMaker) -> AsyncIterator[Company]:
    """The demo company without doors: nobody works jobs off."""
    company = open_company(make_settings())
    await company.start()
    try:
        yield company
        await company.read(check_invariants)
    finally:
        await company.stop()


async def queued(company: Company, rows: Sequence[Sequence[str]], *, dry_run: bool = False) -> int:
    actor = await company.read(lambda conn: load_actor(conn, ADMINISTRATOR_ID))
    assert actor is not None
    upload = Upload("花名册.csv", staff_list(rows))
    key = f"{rows!r}"[:60].encode().hex()[:100]
    return (await imports.accept(company, actor, upload, dry_run=dry_run, key=key)).id


async def carried_out(company: Company, import_id: int) -> None:
    await import_run.run(company, {"import": import_id})


async def killed_at(
    company: Company, monkeypatch: pytest.MonkeyPatch, import_id: int, turn: int, *, committed: bool
) -> bool:
    """Runs until its `turn`-th turn, which still commits or does not; answers whether it came that far."""
    write, count = company.write, 0

    async def counted(fn: Callable[[Work], Any]) -> Done[Any]:
        nonlocal count
        count += 1
        if count == turn:
            if committed:
                await write(fn)
            raise Killed
        return await write(fn)

    with monkeypatch.context() as patch:
        patch.setattr(company, "write", counted)
        try:
            await carried_out(company, import_id)
        except Killed:
            return True
    return False


@dataclass(frozen=True)
class Seen:
    """What an import left behind."""

    view: StaffImportView
    rows: list[ImportRowView]

    @property
    def sums(self) -> tuple[int, int, int, int]:
        return (self.view.created, self.view.updated, self.view.unchanged, self.view.refused)

    @property
    def errors(self) -> dict[int, list[tuple[str, str]]]:
        return {
            row.row: [(error.field, error.code) for error in row.errors] for row in self.rows if row.errors
        }


async def seen(company: Company, import_id: int) -> Seen:
    return await company.read(
        lambda conn: Seen(imports.one(conn, import_id), imports.rows(conn, import_id, None, 100, "")[0])
    )


def staff(conn: Connection) -> dict[str, tuple[str, str, str, str | None, list[str]]]:
    """Staff number → name, title, phone, manager's number, department paths (the main one first)."""
    people = {row.id: row for row in conn.execute(select(Person.__table__))}
    paths: dict[int, list[str]] = {person_id: [] for person_id in people}
    for row in conn.execute(
        select(PersonDepartment.person_id, Department.path)
        .join(Department, Department.id == PersonDepartment.department_id)
        .order_by(PersonDepartment.is_main.desc(), PersonDepartment.position)
    ):
        paths[row.person_id].append(row.path)
    return {
        one.staff_number: (
            one.name,
            one.title,
            one.phone or "",
            people[one.manager_id].staff_number if one.manager_id else None,
            paths[one.id],
        )
        for one in people.values()
    }


async def head(company: Company) -> int:
    return await company.read(log.head)
