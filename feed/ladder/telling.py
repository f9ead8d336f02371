"""What a step says and to whom: the person gets a notice with the post; deputy and manager a to-do and a notice that name the person, and
the post only as far as they may see it."""

from collections.abc import Sequence
from typing import Any

from feed.ladder import events
from feed.ladder.line import Next
from feed.ladder.notices import MISSING, NUDGE
from feed.ladder.present import tally
from feed.ladder.todo import KIND, todos_of
from notifications import deliver
from notifications.declared import Telling
from server.cards.cards import Ref
from server.org.lines import managers_of
from server.work.work import Work


def tell(work: Work, row: Any, steps: Sequence[Next]) -> None:
    """From a row of `climbing`; the steps are written. As many statements for one as for two thousand."""
    nudged = [one.told for one in steps if one.step == "nudge"]
    above = set(work.conn.execute(managers_of(row.asked_by)).scalars()) if nudged else set()
    for people, quietly in (
        ([one for one in nudged if one not in above], False),
        ([one for one in nudged if one in above], True),
    ):
        if people:
            key = f"nudge/{row.id}/{row.round}/{people[0]}"
            about = Ref("post", row.id)
            deliver.tell(
                work,
                NUDGE,
                Telling(people, about, row.asked_by, key, urgent=row.urgent, quietly=quietly),
            )
    told = sorted({one.told for one in steps if one.step != "nudge"})
    if told:
        _tell_others(work, row, told, key=f"missing/{row.id}/{row.round}/{_first(steps)}")
    work.record(events.ladder_climbed(row.author_id, tally(work.conn, row.id)))


def _first(steps: Sequence[Next]) -> str:
    """Names this telling: each step about each person is taken once in a round."""
    one = next(one for one in steps if one.step != "nudge")
    return f"{one.step}/{one.person}"


def _tell_others(work: Work, row: Any, told: Sequence[int], key: str) -> None:
    for person, view in todos_of(work.conn, row.id, told, work.now).items():
        work.record(events.missing_told(person, view))
    about = Ref(KIND, row.id)
    deliver.tell(
        work, MISSING, Telling(told, about, row.asked_by, key, urgent=row.urgent, each_their_own=True)
    )
