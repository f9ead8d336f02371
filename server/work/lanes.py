"""How turns and batches of small acts become transactions. Runs on the writing threads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from server.db.database import was_taken_back
from server.kit.problems import Problem
from server.work.work import Done, Numbered, Work

if TYPE_CHECKING:
    from server.work.company import Company


@dataclass(frozen=True)
class SmallAct:
    """A frequent act done set-based: `run` gets all that wait, answers one outcome per act in order (a `Problem` refuses one act).

    `order` follows the lock order of delivery.md §2 (post before conversation).
    """

    kind: str
    order: int
    run: Callable[[Work, Sequence[Any]], Sequence[Any]]


class WorkLanes:
    """Lane B is `turn`, lane A is `batch`; both number, commit, then tell the relay."""

    def __init__(self, company: "Company", acts: Sequence[SmallAct]) -> None:
        self._company = company
        self._acts = {act.kind: act for act in acts}
        self.batches = [0] * 65  # how many batches held so many acts; the largest stands for larger ones

    def turn(self, engine: Engine, fn: Callable[[Work], Any]) -> Done[Any]:
        try:
            return self._turn(engine, fn)
        except IntegrityError:
            # A twin won a race on a unique key between our look and our insert: the second look finds what it made.
            return self._turn(engine, fn)

    def _turn(self, engine: Engine, fn: Callable[[Work], Any]) -> Done[Any]:
        with engine.connect() as conn:
            with conn.begin():
                work = Work(conn, self._company)
                value = fn(work)
                numbered = work.finish()
                seq = work.seq
            self._announce(work, numbered)
        return Done(value, seq)

    def batch(self, engine: Engine, acts: list[tuple[str, Any]]) -> list[Any]:
        self.batches[min(len(acts), 64)] += 1
        try:
            return self._batch(engine, acts)
        except Exception as error:
            if len(acts) == 1 and not (isinstance(error, IntegrityError) or was_taken_back(error)):
                return [error]
            # One act poisoned the set, or it lost a race: each gets its own transaction and looks again.
            return [self._alone(engine, act) for act in acts]

    def _alone(self, engine: Engine, act: tuple[str, Any]) -> Any:
        try:
            return self._batch(engine, [act])[0]
        except Exception as error:
            return error

    def _batch(self, engine: Engine, acts: list[tuple[str, Any]]) -> list[Any]:
        outcomes: list[Any] = [None] * len(acts)
        with engine.connect() as conn:
            with conn.begin():
                work = Work(conn, self._company)
                for kind in sorted({kind for kind, _ in acts}, key=lambda kind: self._acts[kind].order):
                    places = [place for place, (its_kind, _) in enumerate(acts) if its_kind == kind]
                    results = self._acts[kind].run(work, [acts[place][1] for place in places])
                    for place, result in zip(places, results, strict=True):
                        outcomes[place] = result
                numbered = work.finish()
                seq = work.seq
            self._announce(work, numbered)
        return [outcome if isinstance(outcome, Problem) else Done(outcome, seq) for outcome in outcomes]

    def _announce(self, work: Work, numbered: Numbered | None) -> None:
        if numbered is not None:
            self._company.relay.committed(numbered.before, numbered.rows)
        if work.has_jobs:
            self._company.wake_jobs()
