"""After any sequence of acts on people and departments, and acts at the same time, the derived rows are those of a recount."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from server.kit.problems import Problem
from server.org.models import Department, Person
from server.people import editing, tree
from server.people.founding import NewPerson, make_people
from server.permissions.actor import Actor, load_actor
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.invariants import check_invariants
from tests.server.people.runs import ADMINISTRATOR_ID, opened

ACTS, AT_ONCE, CHECK_EVERY = 144, 4, 24


class Reorganisation:
    """Acts at random through the real use-cases; refusals are part of the game."""

    def __init__(self, company: Company, seed: int) -> None:
        self.company = company
        self.dice = random.Random(seed)
        self.done: dict[str, int] = {}
        self._numbers = iter(range(10_000))

    async def act(self) -> None:
        kinds: list[Callable[[Work, Actor], Any]] = [
            self.create, self.move_department, self.move_department, self.move_department, self.rename,
            self.lead, self.lead, self.remove, self.remove, self.move_people, self.seat, self.seat, self.report, self.report,
            self.turn, self.found,
        ]  # fmt: skip
        chosen = self.dice.choice(kinds)
        with contextlib.suppress(Problem):
            await self.company.write(lambda work: chosen(work, _administrator(work.conn)))
            self.done[chosen.__name__] = self.done.get(chosen.__name__, 0) + 1

    def create(self, work: Work, actor: Actor) -> None:
        tree.create(work, actor, f"部{next(self._numbers)}", self.a_department(work), self.people(work, 1))

    def move_department(self, work: Work, actor: Actor) -> None:
        self.change(work, actor, parent_id=self.a_department(work))

    def rename(self, work: Work, actor: Actor) -> None:
        self.change(work, actor, name=f"改{next(self._numbers)}", position=self.dice.randrange(4))

    def lead(self, work: Work, actor: Actor) -> None:
        self.change(work, actor, heads=self.people(work, self.dice.randrange(3)))

    def change(self, work: Work, actor: Actor, **wanted: Any) -> None:
        one = self.a_department(work)
        version = work.conn.execute(select(Department.version).where(Department.id == one)).scalar_one()
        tree.change(work, actor, one, version, tree.Wanted(**wanted))

    def remove(self, work: Work, actor: Actor) -> None:
        """One with nothing below it, so that it often succeeds."""
        parents = select(Department.parent_id).where(Department.parent_id.is_not(None))
        leaves = select(Department.id).where(Department.removed_at.is_(None), Department.id.not_in(parents))
        one = self.dice.choice(list(work.conn.execute(leaves.order_by(Department.id)).scalars()))
        tree.remove(
            work, actor, one, self.dice.choice([None, self.a_department(work), self.a_department(work)])
        )

    def move_people(self, work: Work, actor: Actor) -> None:
        to, people = self.a_department(work), self.people(work, 5)
        editing.move(work, actor, to, people, as_main=self.dice.random() < 0.7)

    def seat(self, work: Work, actor: Actor) -> None:
        places = [self.a_department(work) for _ in range(self.dice.randrange(3))]
        self.edit(work, actor, department_ids=places)

    def report(self, work: Work, actor: Actor) -> None:
        self.edit(work, actor, manager_id=self.dice.choice([None, *self.people(work, 4)]))

    def turn(self, work: Work, actor: Actor) -> None:
        self.edit(work, actor, kind=self.dice.choice(["employee", "employee", "external"]))

    def edit(self, work: Work, actor: Actor, **fields: Any) -> None:
        [one] = self.people(work, 1)
        version = work.conn.execute(select(Person.version).where(Person.id == one)).scalar_one()
        editing.change(work, actor, one, version, fields)

    def found(self, work: Work, actor: Actor) -> None:
        place = self.a_department(work)
        make_people(
            work,
            [
                NewPerson(
                    "新",
                    f"n{next(self._numbers)}",
                    department_ids=[place],
                    heads=[place][: self.dice.randrange(2)],
                )
            ],
        )

    def a_department(self, work: Work) -> int:
        query = select(Department.id).where(Department.removed_at.is_(None)).order_by(Department.id)
        return self.dice.choice(list(work.conn.execute(query).scalars()))

    def people(self, work: Work, count: int) -> list[int]:
        query = select(Person.id).where(Person.id != ADMINISTRATOR_ID).order_by(Person.id)
        return self.dice.sample(list(work.conn.execute(query).scalars()), count)


def _administrator(conn: Connection) -> Actor:
    actor = load_actor(conn, ADMINISTRATOR_ID)
    assert actor is not None
    return actor


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_tree_its_paths_its_streams_and_its_roles_stay_right(
    house_settings: SettingsMaker, seed: int
) -> None:
    async with opened(house_settings) as company:
        play = Reorganisation(company, seed)
        for _ in range(ACTS // CHECK_EVERY):
            await asyncio.gather(*[
                _several(play, CHECK_EVERY // AT_ONCE) for _ in range(AT_ONCE)
            ])  # fmt: skip
            await company.read(check_invariants)
        assert {"move_department", "lead", "remove", "move_people", "seat", "report", "turn"} <= set(
            play.done
        )


async def _several(play: Reorganisation, count: int) -> None:
    for _ in range(count):
        await play.act()
