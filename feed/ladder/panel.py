"""The ladder on the receipts panel: what comes next and what was done, as far as the reader sees names (W21)."""

from typing import Any

from sqlalchemy import Connection, select

from feed.ladder.line import Next, climbing, line_of, missing
from feed.ladder.models import LadderStep
from feed.ladder.present import ComingPerson, ComingView, LadderPanel, StepRow, tally
from feed.models import ReceiptAsk
from feed.policies import receipts_seen_by
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change
from server.kit.problems import Forbidden, NotFound
from server.org.lines import below
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.company import Company

NAMED = 5
MOST_COMING = 20


def panel(
    conn: Connection, company: Company, actor: Actor, post_id: int, limit: int | None, cursor: str
) -> LadderPanel:
    """Raises `NotFound` for who may not read the post or where nothing is asked, `Forbidden` for who sees no names."""
    names = receipts_seen_by(conn, actor, post_id)
    size = page_size(limit, 50)
    before = decode_cursor(cursor, int)
    asked = select(ReceiptAsk.due_at).where(ReceiptAsk.post_id == post_id)
    newest = conn.execute(asked.order_by(ReceiptAsk.version.desc()).limit(1)).first()
    if newest is None:
        raise NotFound("This post asks for no receipts.")
    if names is None or names == "none":
        raise Forbidden("The author sees who was told.", next_step="ask_author")
    row = climbing(conn, post_id)
    counts = tally(conn, post_id)
    if row is None:
        return LadderPanel(False, False, newest.due_at, counts, [], [], None, [])
    line = below(actor.id) if names == "below" else None
    coming = _coming(conn, company, row, line) if row.is_on and row.due_at is not None else []
    found = _steps(conn, row, line, size + 1, int(before[0]) if before else None)
    items = found[:size]
    following = encode_cursor(items[-1].id) if len(found) > size else None
    shown = {one for step in items for one in (step.person_id, step.told_id)}
    shown |= {one for view in coming for pair in view.people for one in (pair.person_id, pair.told_id)}
    also: list[Change] = list(person_puts_for(conn, actor, sorted(shown)))
    return LadderPanel(row.is_on, row.urgent, row.due_at, counts, coming, items, following, also)


def _steps(conn: Connection, row: Any, line: Any, most: int, before: int | None) -> list[StepRow]:
    query = select(LadderStep.id, LadderStep.step, LadderStep.person_id, LadderStep.told_id, LadderStep.at)
    query = query.where(LadderStep.post_id == row.id, LadderStep.round == row.round)
    if line is not None:
        query = query.where(LadderStep.person_id.in_(line))
    if before is not None:
        query = query.where(LadderStep.id < before)
    rows = conn.execute(query.order_by(LadderStep.id.desc()).limit(most))
    return [StepRow(one.id, one.step, one.person_id, one.told_id, one.at) for one in rows]


def _coming(conn: Connection, company: Company, row: Any, people: Any) -> list[ComingView]:
    """Everybody's next step, those of one kind at one moment together."""
    line = line_of(conn, company, row)
    now = company.clock.now()
    steps = [found for one in missing(conn, row, people) if (found := line.next(one)) is not None]
    groups: dict[tuple[Any, str], list[Next]] = {}
    for one in steps:
        at = line.hours.first(one.told, max(one.at, now))
        groups.setdefault((at, one.step), []).append(one)
    return [
        ComingView(
            of_it[0].step, at, len(of_it), [ComingPerson(one.person, one.told) for one in of_it[:NAMED]]
        )
        for (at, _), of_it in sorted(groups.items(), key=lambda item: item[0])[:MOST_COMING]
    ]
