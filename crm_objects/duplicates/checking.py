"""Before a record is saved: what is like it and hard refuses, what is soft asks first (W15). A refusal tells that something is there, so
it is counted and audited like a question (W16), although nothing was saved."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from crm_objects.duplicates import hashes, in_turn, verdicts
from crm_objects.duplicates.hashes import keys_by_field
from crm_objects.duplicates.matching import Match, matches
from crm_objects.duplicates.telling import told
from crm_objects.duplicates.verdicts import DuplicateAnswer, Kept
from crm_objects.engine.allowances import must_be_left, spend, today
from crm_objects.engine.reading import Desk
from server.kit.problems import Duplicate, FieldError
from server.work.work import Work

_TOLD = "duplicates_told"


def must_be_new(
    work: Work,
    desk: Desk,
    stored: Mapping[str, Any],
    changed: Collection[str],
    record_id: int | None,
    answers: Sequence[DuplicateAnswer],
) -> Kept:
    """What is saved in spite of a likeness, for `verdicts.keep`. `stored`: all values as they are to be; `changed`: the fields to look at.

    Raises `Duplicate` with `matches` and `also`, as far as the actor may know; `Invalid` on a reason; `RateLimited` for who was told too
    often today.
    """
    fields = set(keys_by_field(desk.shape)) & {name for name in changed if stored.get(name) is not None}
    if not fields:
        return []
    said = verdicts.cleaned(answers)
    me, limit = desk.actor.id, work.company.settings.duplicate_checks_a_day
    many = hashes.questions(desk.shape, stored, fields)
    must_be_left(work.conn, me, _TOLD, *today(work.company), limit, many)
    hard = in_turn.hold(desk, work.company.secrets, stored, fields=fields)
    found = matches(desk, work.company.secrets, stored, fields, record_id, hard)
    if not found:
        return []
    kept = verdicts.answered(found, said)
    if len(kept) < len(found):
        raise _refusal(desk, found, [match for match, _ in kept], many)
    _count(work, desk.actor.id, desk.kind.kind, sorted({one.field for one in found}), many)
    return kept


def _refusal(desk: Desk, found: Sequence[Match], settled: Collection[Match], many: int) -> Duplicate:
    """Tells of all, so that the question can be asked whole; the errors name what is still to be answered."""
    shown = told(desk, found)
    open_fields = dict.fromkeys(one.field for one in found if one not in settled)
    errors = tuple(
        FieldError(f"fields.{name}", "duplicate", "There is something like it already.")
        for name in open_fields
    )
    refusal = Duplicate(
        "There may be such a record already.", errors=errors, matches=shown.items, also=shown.also
    )
    refusal.leaves = partial(
        _count,
        person_id=desk.actor.id,
        kind=desk.kind.kind,
        fields=sorted({one.field for one in found}),
        many=many,
    )
    return refusal


def _count(work: Work, person_id: int, kind: str, fields: Sequence[str], many: int) -> None:
    limit = work.company.settings.duplicate_checks_a_day
    spend(work, person_id, _TOLD, *today(work.company), limit, many)
    work.audit("record.duplicate_told", ("person", person_id), kind=kind, fields=list(fields))
