"""Does this exist already? Asked while a form is filled in: limited per person and day, audited, found or not (W16). The values asked for
are kept nowhere."""

from collections.abc import Mapping
from typing import Any

from crm_objects.duplicates import hashes
from crm_objects.duplicates.hashes import keys_by_field
from crm_objects.duplicates.matching import matches
from crm_objects.duplicates.settings import hard_keys
from crm_objects.duplicates.telling import Duplicates, told
from crm_objects.engine.allowances import spend, today
from crm_objects.engine.filling import parsed
from crm_objects.engine.reading import Desk, must_find
from crm_objects.engine.wrong import Wrong, gathered
from server.work.work import Work


def ask(work: Work, desk: Desk, fields: Mapping[str, Any], beside: int | None) -> Duplicates:
    """`fields`: of keys, and the link that the record follows. `beside`: the record itself, which is not its own like.

    Raises `Invalid` naming every wrong field, `NotFound` for a `beside` that I may not read, `RateLimited`.
    """
    if beside is not None:
        must_find(desk, beside)
    keys = keys_by_field(desk.shape)
    wrong: dict[str, Wrong] = {}
    values = parsed(desk, fields, wrong)
    for name in values:
        if name not in keys and name != desk.kind.follows:
            wrong[name] = Wrong("unknown", "Nothing is recognised by this field.")
    if wrong:
        raise gathered(wrong)
    asked = sorted(set(values) & set(keys))
    spend(
        work,
        desk.actor.id,
        "duplicates_asked",
        *today(work.company),
        work.company.settings.duplicate_checks_a_day,
        hashes.questions(desk.shape, values, asked),
    )
    hard = hard_keys(work.conn, desk.kind)
    found = matches(desk, work.company.secrets, values, asked, beside, hard)
    work.audit(
        "record.duplicate_asked",
        ("person", desk.actor.id),
        kind=desk.kind.kind,
        fields=asked,
        found=len(found),
    )
    return told(desk, found)
