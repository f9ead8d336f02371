"""Beginning, asking about and giving up an upload; the room it takes is counted in the same act."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from server.config.settings import Settings
from server.db.base import table
from server.db.upsert import insert_into
from server.files import names
from server.files.inputs import NewFile
from server.files.models import File, FileRoom
from server.files.refused import Refused
from server.files.storage import new_key
from server.kit.problems import NotFound, invalid
from server.permissions.actor import Actor
from server.work.work import Work

COMPANY = 0
CHUNK = 1 << 20
FILES, FILE_ROOM = table(File), table(FileRoom)


def begin(work: Work, actor: Actor, new: NewFile, settings: Settings) -> Any:
    """The row of a new upload. Raises `Invalid` on `size` (`too_large`, `person_full`, `company_full`) or `file` (`empty`)."""
    if new.size == 0:
        raise Refused("empty").as_problem()
    if new.size > settings.file_bytes:
        raise invalid("size", "too_large", f"At most {settings.file_bytes} bytes.", limit=settings.file_bytes)
    _take_room(work, actor.id, new.size, settings.person_file_bytes, "person_full")
    _take_room(work, COMPANY, new.size, settings.company_file_bytes, "company_full")
    return work.conn.execute(
        insert(FILES)
        .values(
            owner_id=actor.id,
            name=names.harmless(new.name),
            form="",
            size=new.size,
            charged=new.size,
            sha256="",
            state="uploading",
            key=new_key(),
            created_at=work.now,
        )
        .returning(FILES)
    ).one()


def _take_room(work: Work, person_id: int, size: int, limit: int, code: str) -> None:
    room = FILE_ROOM.c
    taken = (
        insert_into(work.conn, FILE_ROOM)
        .values(person_id=person_id, used=size)
        .on_conflict_do_update(
            index_elements=[room.person_id], set_={"used": room.used + size}, where=room.used + size <= limit
        )
    )
    if size > limit or work.conn.execute(taken.returning(room.used)).first() is None:
        used = work.conn.execute(select(room.used).where(room.person_id == person_id)).scalar()
        raise invalid("size", code, "There is no room left for this file.", limit=limit, used=used or 0)


def own(conn: Connection, actor: Actor, file_id: int) -> Any:
    """The row of one's own file that is not gone. Raises `NotFound`."""
    row = conn.execute(
        select(FILES).where(File.id == file_id, File.owner_id == actor.id, File.state != "gone")
    ).first()
    if row is None:
        raise NotFound()
    return row


def give_up(work: Work, file_id: int) -> bool:
    """An upload that hangs nowhere is gone and its room free; False when it is attached, or gone already."""
    row = work.conn.execute(
        update(FILES)
        .where(File.id == file_id, File.state.in_(("uploading", "ready")))
        .values(state="gone")
        .returning(FILES)
    ).first()
    if row is None:
        return False
    for one in sorted((COMPANY, row.owner_id), reverse=True):
        work.conn.execute(
            update(FileRoom).where(FileRoom.person_id == one).values(used=FileRoom.used - row.charged)
        )
    return True


def forget_key(work: Work, file_id: int) -> None:
    """Its bytes are away."""
    work.conn.execute(update(FILES).where(File.id == file_id, File.state == "gone").values(key=""))
