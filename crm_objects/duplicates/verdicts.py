"""«The same» or «not the same», and why: what somebody says of a likeness, kept with the record and shown to who leads it (W15)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import Connection, delete, insert, or_, select

from crm_objects.duplicates.matching import Match
from crm_objects.duplicates.models import DuplicateVerdict
from crm_objects.engine import history
from crm_objects.engine.present import title_of
from crm_objects.engine.reading import Desk, found, must_find, titles_of
from server.api.inputs import EntityId, Line
from server.api.route import Items
from server.db.base import table
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.text import clean
from server.people.present import person_puts_for
from server.work.work import Work

_VERDICTS = table(DuplicateVerdict)
MAX_REASON = 200


class DuplicateAnswer(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`record`: of this one; null: of everything that is like it in `field`."""

    field: Line
    verdict: Literal["different", "same"]
    reason: Line
    record: EntityId | None = None


DuplicateAnswers = Annotated[list[DuplicateAnswer], Meta(max_length=100)]
Kept = list[tuple[Match, DuplicateAnswer]]


class DuplicateOther(msgspec.Struct, frozen=True):
    id: int
    title: str


class DuplicateVerdictView(msgspec.Struct, frozen=True):
    """`record` was kept although something is like it in `field`: `other`, null where I may not read it."""

    id: int
    record: DuplicateOther
    field: str
    verdict: Literal["different", "same"]
    reason: str
    at: datetime
    person: int
    other: DuplicateOther | None


def cleaned(answers: Sequence[DuplicateAnswer]) -> list[DuplicateAnswer]:
    """Raises `Invalid` on the reason that is missing."""
    return [
        msgspec.structs.replace(
            one, reason=clean(one.reason, f"duplicates[{at}].reason", limit=MAX_REASON, single_line=True)
        )
        for at, one in enumerate(answers)
    ]


def answered(matches: Sequence[Match], answers: Sequence[DuplicateAnswer]) -> Kept:
    """The likenesses of which something was said, with what was said; nothing that is hard."""
    of_one = {(one.field, one.record): one for one in answers}
    pairs = [
        (match, of_one.get((match.field, match.record_id)) or of_one.get((match.field, None)))
        for match in matches
        if not match.is_hard
    ]
    return [(match, answer) for match, answer in pairs if answer is not None]


def keep(work: Work, desk: Desk, record_id: int, kept: Kept) -> None:
    """With the record, in its history and in the audit."""
    rows = [
        {
            "kind": desk.kind.kind,
            "record_id": record_id,
            "other_id": match.record_id,
            "field": match.field,
            "verdict": answer.verdict,
            "reason": answer.reason,
            "at": work.now,
            "person_id": desk.actor.by or desk.actor.id,
        }
        for match, answer in kept
    ]
    if rows:
        work.conn.execute(insert(_VERDICTS), rows)
    for answer in dict.fromkeys(answer for _, answer in kept):
        changes = [(answer.field, None, None)]
        act = f"kept_as_{answer.verdict}"
        history.write(work, desk.actor, desk.kind, record_id, act, changes, answer.reason)
        about = (desk.kind.kind, record_id)
        work.audit(
            "record.kept_in_spite", about, reason=answer.reason, field=answer.field, verdict=answer.verdict
        )


def page(desk: Desk, record_id: int | None, limit: int | None, cursor: str) -> Items[DuplicateVerdictView]:
    """Newest first: of one record, or of all that I may read. Of a field that I do not see at all nothing. Raises `NotFound`."""
    t, v = desk.kind.table, _VERDICTS.c
    size, before = page_size(limit), decode_cursor(cursor, int)
    query = select(_VERDICTS).where(v.kind == desk.kind.kind)
    if record_id is None:
        query = query.where(v.record_id.in_(select(t.c.id).where(desk.rights.listed())))
    else:
        must_find(desk, record_id)
        query = query.where(v.record_id == record_id)
    if before:
        query = query.where(v.id < before[0])
    rows = desk.conn.execute(query.order_by(v.id.desc()).limit(size + 1)).all()
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    ids = {row.record_id for row in rows}
    mine = {row.id: found(desk, row) for row in desk.conn.execute(desk.readable().where(t.c.id.in_(ids)))}
    others = titles_of(desk, desk.kind, {row.other_id for row in rows})
    shown = []
    for row in rows[:size]:
        field = desk.shape.fields.get(row.field)
        if field is None or mine[row.record_id].rights.sees(field.cls) == "hidden":
            continue
        record = DuplicateOther(row.record_id, title_of(desk.kind, mine[row.record_id].row))
        other = DuplicateOther(row.other_id, others[row.other_id]) if row.other_id in others else None
        said = (row.field, row.verdict, row.reason, row.at, row.person_id)
        shown.append(DuplicateVerdictView(row.id, record, *said, other))
    people = person_puts_for(desk.conn, desk.actor, list({one.person for one in shown}))
    return Items(shown, following, list(people))


def forget(conn: Connection, kind: str, record_id: int) -> None:
    """One of the two is deleted for good."""
    either = or_(_VERDICTS.c.record_id == record_id, _VERDICTS.c.other_id == record_id)
    conn.execute(delete(_VERDICTS).where(_VERDICTS.c.kind == kind, either))
