"""Staff imports as the administrator sees them: uploading, looking, handing out links. `import_run` carries them out."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.api.uploads import Upload
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.kit.problems import NotFound, WrongState
from server.org.models import Person
from server.people.import_present import (
    ROWS_KEPT,
    ImportLink,
    ImportLinks,
    ImportRowView,
    StaffImportView,
    import_row,
    staff_import,
)
from server.people.invitations import invite, link
from server.people.inviting import mail_links
from server.people.models import StaffImport, StaffImportMissing, StaffImportRow
from server.people.present import PersonView, persons
from server.permissions.actor import Actor
from server.work import idempotency
from server.work.company import Company
from server.work.work import Work

JOB = "import_staff"
FORGET_JOB = "forget_import_rows"

# Not the file and not the plan.
SHOWN = (
    StaffImport.id,
    StaffImport.state,
    StaffImport.dry_run,
    StaffImport.file_name,
    StaffImport.total,
    StaffImport.created,
    StaffImport.updated,
    StaffImport.unchanged,
    StaffImport.refused,
    StaffImport.problem,
    StaffImport.links_shown_at,
    StaffImport.created_by,
    StaffImport.created_at,
    StaffImport.makes_departments,
    StaffImport.new_departments,
    StaffImport.new_department_count,
    StaffImport.missing,
)


@dataclass(frozen=True)
class Accepted:
    id: int
    seq: int


async def accept(
    company: Company,
    actor: Actor,
    upload: Upload,
    *,
    dry_run: bool,
    key: str,
    makes_departments: bool = True,
) -> Accepted:
    """Key, import and job in one commit (P3). The same key again answers the same import; with another file it is refused."""
    route = f"import?dry_run={dry_run}&departments={makes_departments}"
    hashed = await asyncio.to_thread(lambda: hashlib.sha256(upload.data).hexdigest())

    def turn(work: Work) -> Accepted:
        earlier = idempotency.find(work.conn, actor.id, key, route, hashed)
        if earlier is not None:
            return Accepted(earlier.ref_id, earlier.seq)
        import_id = _queue(work, actor, upload, dry_run, makes_departments)
        idempotency.keep(work, actor.id, key, route, hashed, 202, ("staff_import", import_id))
        return Accepted(import_id, 0)

    try:
        done = await company.write(turn)
    except IntegrityError:
        # A twin of this request won between our look and our insert; the second look finds what it made.
        done = await company.write(turn)
    return Accepted(done.value.id, done.value.seq or done.seq)


def _queue(work: Work, actor: Actor, upload: Upload, dry_run: bool, makes_departments: bool) -> int:
    import_id = work.conn.execute(
        insert(StaffImport)
        .values(
            file_name=upload.file_name,
            data=upload.data,
            dry_run=dry_run,
            makes_departments=makes_departments,
            state="queued",
            created_by=actor.id,
            created_at=work.now,
        )
        .returning(StaffImport.id)
    ).scalar_one()
    work.enqueue(JOB, {"import": import_id}, key=f"{JOB}/{import_id}")
    return import_id


def one(conn: Connection, import_id: int) -> StaffImportView:
    """Raises `NotFound`."""
    row = conn.execute(select(*SHOWN).where(StaffImport.id == import_id)).first()
    if row is None:
        raise NotFound()
    return staff_import(row)


def newest(conn: Connection, limit: int | None, cursor: str) -> tuple[list[StaffImportView], str | None]:
    size = page_size(limit)
    query = select(*SHOWN).order_by(StaffImport.id.desc()).limit(size + 1)
    before = decode_cursor(cursor, int)
    if before is not None:
        query = query.where(StaffImport.id < before[0])
    rows = conn.execute(query).all()
    following = encode_cursor(rows[size - 1].id) if len(rows) > size else None
    return [staff_import(row) for row in rows[:size]], following


def rows(
    conn: Connection, import_id: int, outcome: str | None, limit: int | None, cursor: str
) -> tuple[list[ImportRowView], str | None]:
    """The lines dealt with so far, in the order of the sheet. Raises `NotFound`."""
    one(conn, import_id)
    size = page_size(limit)
    query = select(StaffImportRow.__table__).where(StaffImportRow.import_id == import_id)
    if outcome is not None:
        query = query.where(StaffImportRow.outcome == outcome)
    after = decode_cursor(cursor, int)
    if after is not None:
        query = query.where(StaffImportRow.line > after[0])
    found = conn.execute(query.order_by(StaffImportRow.line).limit(size + 1)).all()
    following = encode_cursor(found[size - 1].line) if len(found) > size else None
    return [import_row(row) for row in found[:size]], following


def missing(
    conn: Connection, import_id: int, limit: int | None, cursor: str
) -> tuple[list[PersonView], str | None]:
    """The employees whom no row was about, as they are now. Raises `NotFound`."""
    one(conn, import_id)
    size = page_size(limit)
    query = select(StaffImportMissing.person_id).where(StaffImportMissing.import_id == import_id)
    after = decode_cursor(cursor, int)
    if after is not None:
        query = query.where(StaffImportMissing.person_id > after[0])
    found = list(conn.execute(query.order_by(StaffImportMissing.person_id).limit(size + 1)).scalars())
    following = encode_cursor(found[size - 1]) if len(found) > size else None
    return persons(conn, found[:size]), following


async def forget(company: Company, args: dict[str, Any]) -> None:
    """Job: names in old results are personal data that have served. The sums of each import stay."""

    def turn(work: Work) -> None:
        old = select(StaffImport.id).where(StaffImport.created_at < work.now - ROWS_KEPT)
        work.conn.execute(delete(StaffImportRow).where(StaffImportRow.import_id.in_(old)))
        work.conn.execute(delete(StaffImportMissing).where(StaffImportMissing.import_id.in_(old)))

    await company.write(turn)


def links(work: Work, actor: Actor, import_id: int, *, replace: bool, mail: bool = False) -> ImportLinks:
    """Fresh single-use links for the people whom this import made and who have no password yet.

    Shown once: raises `WrongState` the second time unless `replace`, which makes the earlier ones useless. `mail` also sends each
    to its person's address.
    """
    view = one(work.conn, import_id)
    if view.dry_run:
        raise WrongState("A dry run makes nobody.", next_step="import")
    if view.state in ("queued", "running"):
        raise WrongState("The import is not finished yet.", next_step="wait")
    showing = update(StaffImport).where(StaffImport.id == import_id).values(links_shown_at=work.now)
    if not replace:
        showing = showing.where(StaffImport.links_shown_at.is_(None))
    if work.conn.execute(showing).rowcount != 1:
        raise WrongState(
            "The links were shown already; new ones make those useless.",
            reason="links_shown",
            next_step="replace",
        )
    people = work.conn.execute(
        select(Person.id, Person.name, Person.staff_number)
        .join(StaffImportRow, StaffImportRow.person_id == Person.id)
        .where(
            StaffImportRow.import_id == import_id,
            StaffImportRow.outcome == "created",
            Person.state == "invited",
        )
        .order_by(StaffImportRow.line)
        .with_for_update(of=Person.__table__)
    ).all()
    tokens, expires = invite(work, actor.id, [person.id for person in people])
    work.audit("import.links_made", ("staff_import", import_id), people=len(tokens), replaced=replace)
    base = work.company.settings.public_url
    mailed = set(mail_links(work, tokens, expires)) if mail else set()
    return ImportLinks(
        [
            ImportLink(
                person.id,
                person.name,
                person.staff_number or "",
                link(base, tokens[person.id]),
                person.id in mailed,
            )
            for person in people
        ],
        expires,
    )
