"""Giving receipts and noting who has opened the post, set-based (lane A). Reading is not a receipt (RCPT-04).

Rows are per person and post version; `ReceiptAsk` keeps the tally in the same transaction, so it always equals a recount.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from feed import answers, events
from feed.earlier import difference
from feed.models import Post, Receipt, ReceiptAsk
from feed.policies import MAY_CONFIRM, must_read
from feed.present import RECEIPT_COLUMNS, ReceiptView, receipt, tally
from feed.questions import AnswerInput
from server.audit.trace import BY_THE_HOUSE, Trace
from server.db.hot import Hot
from server.kit.problems import (
    Forbidden,
    NotFound,
    NotPending,
    NotRequired,
    Problem,
    StaleVersion,
    invalid,
)
from server.permissions.acting import must_delegate
from server.permissions.actor import load_actor
from server.work.work import Work

_ROW = (
    Receipt.post_id == bindparam("r_post"),
    Receipt.version == bindparam("r_version"),
    Receipt.person_id == bindparam("r_person"),
)
_GIVE = Hot(
    update(Receipt)
    .where(*_ROW, Receipt.state == "open")
    .values(
        state="done", done_at=bindparam("r_at"), by_id=bindparam("r_by"), confirmed=bindparam("r_confirmed")
    )
)
_SEEN = Hot(
    update(Receipt)
    .where(*_ROW, Receipt.state == "open", Receipt.read_at.is_(None))
    .values(read_at=bindparam("r_at"))
)
_COUNT = Hot(
    update(ReceiptAsk)
    .where(ReceiptAsk.post_id == bindparam("r_post"), ReceiptAsk.version == bindparam("r_version"))
    .values(done=ReceiptAsk.done + bindparam("r_done"), read=ReceiptAsk.read + bindparam("r_read"))
)


@dataclass(frozen=True, slots=True)
class Act:
    """A receipt given, or a post read, by one person on one version. `by`: the deputy who presses for them, `trace` from where;
    `answer` where one is asked for (N7)."""

    person_id: int
    post_id: int
    version: int
    by: int = 0
    trace: Trace = BY_THE_HOUSE
    answer: AnswerInput | None = None


def acknowledge_many(work: Work, acts: Sequence[Act]) -> list[ReceiptView | Problem]:
    """Gives receipts. Twice, or from two devices, or by the person and a deputy at once, is one receipt with the first time (RCPT-10)."""
    rows = _locked(work, acts)
    newest = _versions(work, acts)
    outcomes: list[ReceiptView | Problem] = []
    given: dict[tuple[int, int], ReceiptView] = {}
    read_before: dict[tuple[int, int], bool] = {}
    for act in acts:
        key = (act.post_id, act.person_id)
        row = rows.get(key)
        refusal = _refusal(work, act, row, newest) or (_deputy_refusal(work, act, row) if act.by else None)
        if refusal is not None or row is None:
            outcomes.append(refusal or NotRequired())
        elif row.state == "done" or key in given:
            outcomes.append(given.get(key) or receipt(row))
        elif isinstance(answer := answers.taken(work, act, row.question), Problem):
            outcomes.append(answer)
        else:
            given[key] = msgspec.structs.replace(
                receipt(row),
                state="done",
                done_at=work.now,
                by_id=act.by or None,
                confirmed=act.version,
                answer=answer,
            )
            if act.by:
                _note_deputy(work, act)
            read_before[key] = row.read_at is not None
            outcomes.append(given[key])
    if given:
        _GIVE.many(
            work.conn,
            [
                {**_bound(work, view, person), "r_by": view.by_id, "r_confirmed": view.confirmed}
                for (_, person), view in sorted(given.items(), key=lambda item: item[0])
            ],
        )
        answers.keep(work, [(person, view) for (_, person), view in given.items()])
        _recount(work, [(view, 1, -1 if read_before[key] else 0) for key, view in given.items()])
    for (_, person_id), view in given.items():
        work.record(events.receipt_given(person_id, view))
    for post_id, version in dict.fromkeys((view.post_id, view.version) for view in given.values()):
        count(work, post_id, version)
    return outcomes


def read_many(work: Work, acts: Sequence[Act]) -> list[Problem | None]:
    """Notes that a required person has opened the post: the middle column of W21. Says nothing where none is asked."""
    rows = _locked(work, acts)
    newest = _versions(work, acts)
    seen: dict[tuple[int, int], ReceiptView] = {}
    outcomes: list[Problem | None] = []
    for act in acts:
        row = rows.get((act.post_id, act.person_id))
        problem = _refusal(work, act, row, newest) if row is None else None
        outcomes.append(problem if isinstance(problem, NotFound) else None)
        is_unread = row is not None and row.state == "open" and row.read_at is None
        if is_unread and act.version == newest[act.post_id]:
            seen[act.post_id, act.person_id] = receipt(row)
    if seen:
        _SEEN.many(work.conn, [_bound(work, view, person) for (_, person), view in sorted(seen.items())])
        _recount(work, [(view, 0, 1) for view in seen.values()])
    for post_id, version in dict.fromkeys((view.post_id, view.version) for view in seen.values()):
        count(work, post_id, version)
    return outcomes


def _locked(work: Work, acts: Sequence[Act]) -> dict[tuple[int, int], Any]:
    """The newest receipt row of each (post, person), locked in key order."""
    rows = work.conn.execute(
        select(*RECEIPT_COLUMNS)
        .join(ReceiptAsk, (ReceiptAsk.post_id == Receipt.post_id) & (ReceiptAsk.version == Receipt.version))
        .where(
            Receipt.post_id.in_({act.post_id for act in acts}),
            Receipt.person_id.in_({act.person_id for act in acts}),
        )
        .order_by(Receipt.post_id, Receipt.version, Receipt.person_id)
        .with_for_update(of=Receipt)
    )
    return {(row.post_id, row.person_id): row for row in rows}


def _versions(work: Work, acts: Sequence[Act]) -> dict[int, int]:
    """The newest version of each post, looked at once the receipts are held: who has them confirmed again waits for us, or was first."""
    query = select(Post.id, Post.version).where(Post.id.in_({act.post_id for act in acts}))
    return {row.id: row.version for row in work.conn.execute(query)}


def _refusal(work: Work, act: Act, row: Any, newest: Mapping[int, int]) -> Problem | None:
    if row is None:
        actor = load_actor(work.conn, act.person_id)
        try:
            if actor is None:
                return NotFound()
            must_read(work.conn, actor, act.post_id)
        except NotFound as problem:
            return problem
        return NotRequired()
    now = newest[act.post_id]
    if act.version > now:
        return invalid("version", "range", f"The newest version is {now}.", maximum=now)
    if act.version < now and row.state == "open":
        texts = difference(work.conn, act.post_id, act.version, load_actor(work.conn, act.person_id))
        return StaleVersion(
            "The post changed; please look at it again.", version=now, given=act.version, **texts
        )
    if row.state in ("withdrawn", "left"):
        return NotPending("This is no longer asked of you.", reason=row.state)
    return None


def _deputy_refusal(work: Work, act: Act, row: Any) -> Problem | None:
    """A deputy gives it only while the delegation holds, and only where the author said that this counts (W34)."""
    try:
        must_delegate(work.conn, act.person_id, act.by, "receipts", work.company.today())
    except Forbidden as refusal:
        return refusal
    if row is not None and row.state == "open" and not row.by_deputy:
        return Forbidden("The author wants this confirmed in person.", reason="in_person")
    return None


def _note_deputy(work: Work, act: Act) -> None:
    """This act's own trace: a batch holds the acts of many."""
    work.trace, of_the_batch = act.trace, work.trace
    work.audit("delegation.used", ("post", act.post_id), rule=MAY_CONFIRM.name)
    work.trace = of_the_batch


def _bound(work: Work, view: ReceiptView, person_id: int) -> dict[str, Any]:
    return {"r_post": view.post_id, "r_version": view.version, "r_person": person_id, "r_at": work.now}


def _recount(work: Work, moves: Sequence[tuple[ReceiptView, int, int]]) -> None:
    sums: dict[tuple[int, int], tuple[int, int]] = {}
    for view, done, read in moves:
        had = sums.get((view.post_id, view.version), (0, 0))
        sums[view.post_id, view.version] = (had[0] + done, had[1] + read)
    _COUNT.many(
        work.conn,
        [
            {"r_post": post_id, "r_version": version, "r_done": done, "r_read": read}
            for (post_id, version), (done, read) in sorted(sums.items())
        ],
    )


def count(work: Work, post_id: int, version: int) -> None:
    """Tells the author and the watchers the tally."""
    row = work.conn.execute(
        select(ReceiptAsk.__table__).where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == version)
    ).one()
    author = work.conn.execute(select(Post.author_id).where(Post.id == post_id)).scalar_one()
    work.record(events.receipts_counted(author, tally(row)))
