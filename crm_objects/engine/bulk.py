"""One act on many records: each under the very rules that hold for it alone, in turns of a few, so that nobody else waits long.

What was chosen is written down first, with the versions as they were then: so a request that broke off goes on where it was, twice is
once, and what somebody else changed meanwhile is refused, not written over.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import Connection, delete, insert, select, update

from crm_objects.engine import changing, owning, stars, team, voiding
from crm_objects.engine.filling import parsed
from crm_objects.engine.filters import Asked
from crm_objects.engine.holding import must_be_owner
from crm_objects.engine.listing import Wanted, narrowed
from crm_objects.engine.models import RecordBulk
from crm_objects.engine.reading import Desk, titles_of
from crm_objects.engine.wrong import Wrong
from server.api.inputs import EntityId, Line
from server.db.base import table
from server.kit.problems import Problem, StaleVersion, invalid
from server.kit.text import clean
from server.work.work import Work

_BULK = table(RecordBulk)
MOST, EACH = 1_000, 25
KEPT = timedelta(days=40)  # longer than the keys that name them
SETTABLE = ("choice", "choices", "flag")


class BulkInput(msgspec.Struct, forbid_unknown_fields=True):
    """`ids`, or what `view`, `filter` and `q` match. What else is needed depends on `act`: owner (`owner`, `reason`, `keep`), set
    (`field`, `value`), team (`person`, `role`, `access`), void (`reason`), star, unstar."""

    act: Literal["owner", "set", "team", "void", "star", "unstar"]
    ids: Annotated[list[EntityId], Meta(max_length=MOST)] | None = None
    view: Line = ""
    filter: list[Any] = []
    q: Line = ""
    owner: EntityId | None = None
    reason: Line = ""
    keep: owning.Kept = "none"
    field: Line = ""
    value: Any = None
    person: EntityId | None = None
    role: team.Role = "member"
    access: team.Access = "read"


class BulkRefused(msgspec.Struct, frozen=True):
    """Why one was left as it is: the code that the act alone is refused with, and its `reason` where it has one. `title` is empty where
    I may not read it."""

    id: int
    title: str
    code: str
    reason: str


class BulkDone(msgspec.Struct, frozen=True):
    done: int
    refused: list[BulkRefused]


def begin(work: Work, asked: Asked, wanted: BulkInput) -> int:
    """Writes down what is to be done; the id of that. Raises `Invalid` when the act itself makes no sense, or there are too many."""
    desk = asked.desk
    _check(desk, wanted)
    records = _chosen(asked, wanted)
    me = desk.actor.id
    work.conn.execute(delete(_BULK).where(_BULK.c.person_id == me, _BULK.c.created_at < work.now - KEPT))
    act = msgspec.structs.replace(wanted, ids=None, filter=[], view="", q="")
    made = insert(_BULK).values(
        person_id=me,
        kind=desk.kind.kind,
        created_at=work.now,
        asked=msgspec.json.encode(act).decode(),
        records=msgspec.json.encode(records).decode(),
    )
    return int(work.conn.execute(made.returning(_BULK.c.id)).scalar_one())


def _check(desk: Desk, wanted: BulkInput) -> None:
    """What would refuse all of them is said once."""
    match wanted.act:
        case "owner":
            if wanted.owner is None:
                raise invalid("owner", "required", "To whom?")
            must_be_owner(desk.conn, wanted.owner)
        case "team":
            if wanted.person is None:
                raise invalid("person", "required", "Whom?")
        case "set":
            field = desk.shape.fields.get(wanted.field)
            if field is None or field.type not in SETTABLE or field.is_readonly:
                raise invalid("field", "choice", "A field of choices, or of yes and no.")
            wrong: dict[str, Wrong] = {}
            parsed(desk, {wanted.field: wanted.value}, wrong)
            for one in wrong.values():
                raise invalid("value", one.code, one.detail, **one.params)
    clean(wanted.reason, "reason", limit=owning.MAX_REASON, single_line=True, required=False)


def _chosen(asked: Asked, wanted: BulkInput) -> list[tuple[int, int, int]]:
    """(id, version, owner) of each, in the order of ids: so are they locked (delivery.md §2). What is not mine to read has version 0."""
    t = asked.desk.kind.table
    query: Any = select(t.c.id, t.c.version, t.c.owner_id).order_by(t.c.id)
    if wanted.ids is None:
        text = msgspec.json.encode(wanted.filter).decode()
        where = narrowed(asked, Wanted(wanted.view, text, q=wanted.q)).where
        rows = asked.desk.conn.execute(query.where(*where).limit(MOST + 1)).all()
        if len(rows) > MOST:
            raise invalid("filter", "too_long", f"At most {MOST} records at once.", limit=MOST)
        return [(row.id, row.version, row.owner_id or 0) for row in rows]
    if not wanted.ids:
        raise invalid("ids", "required", "Choose at least one record.")
    readable = query.where(t.c.id.in_(wanted.ids), asked.desk.rights.readable())
    there = {row.id: (row.id, row.version, row.owner_id or 0) for row in asked.desk.conn.execute(readable)}
    return [there.get(one, (one, 0, 0)) for one in sorted(set(wanted.ids))]


def go_on(work: Work, desk: Desk, bulk_id: int) -> bool:
    """The next few; answers whether there are more."""
    mine = (_BULK.c.id == bulk_id, _BULK.c.person_id == desk.actor.id)
    row = work.conn.execute(select(_BULK).where(*mine).with_for_update()).one()
    records = msgspec.json.decode(row.records, type=list[tuple[int, int, int]])
    part = records[row.done : row.done + EACH]
    wanted = msgspec.json.decode(row.asked, type=BulkInput)
    refused = msgspec.json.decode(row.refused)
    owners = _locked(work.conn, desk, [one[0] for one in part])
    for record_id, version, owner in part:
        try:
            # Of what was not mine to read (version 0) not even that it has an owner is told.
            if wanted.act == "owner" and version and owners.get(record_id, owner) != owner:
                raise StaleVersion()
            work.attempt(lambda one=record_id, at=version: _act(work, desk, wanted, one, at))  # type: ignore[misc]
        except Problem as problem:
            refused.append([record_id, *_why(problem)])
    done = int(row.done) + len(part)
    values = {"done": done, "refused": msgspec.json.encode(refused).decode()}
    work.conn.execute(update(_BULK).where(*mine).values(**values))
    return done < len(records)


def _locked(conn: Connection, desk: Desk, ids: Sequence[int]) -> dict[int, int]:
    """Their owners, now that nobody else changes them."""
    t = desk.kind.table
    query = select(t.c.id, t.c.owner_id).where(t.c.id.in_(ids)).order_by(t.c.id).with_for_update()
    return {row.id: row.owner_id or 0 for row in conn.execute(query)}


def _act(work: Work, desk: Desk, wanted: BulkInput, record_id: int, version: int) -> None:
    match wanted.act:
        case "owner":
            assert wanted.owner is not None
            owning.change_owner(work, desk, record_id, wanted.owner, wanted.reason, wanted.keep)
        case "set":
            changing.change(work, desk, record_id, version, {wanted.field: wanted.value})
        case "team":
            assert wanted.person is not None
            team.join(work, desk, record_id, wanted.person, wanted.role, wanted.access)
        case "void":
            voiding.void(work, desk, record_id, wanted.reason)
        case _:
            stars.mark(work, desk, record_id, wanted.act == "star")


def _why(problem: Problem) -> tuple[str, str]:
    """The code, of a wrong field the field's own; the reason that a wrong state names."""
    code = problem.errors[0].code if problem.code == "invalid" and problem.errors else problem.code
    return code, str(problem.extra.get("reason", ""))


def answer(desk: Desk, bulk_id: int) -> BulkDone:
    """How it ended, with the titles as I may read them today."""
    row = desk.conn.execute(
        select(_BULK).where(_BULK.c.id == bulk_id, _BULK.c.person_id == desk.actor.id)
    ).one()
    refused: list[tuple[int, str, str]] = [tuple(one) for one in msgspec.json.decode(row.refused)]
    titles = titles_of(desk, desk.kind, [one for one, _, _ in refused]) if refused else {}
    return BulkDone(
        row.done - len(refused), [BulkRefused(one, titles.get(one, ""), *why) for one, *why in refused]
    )
