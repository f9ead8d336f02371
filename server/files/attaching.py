"""Files begin to hang on a post or a message, in that thing's own act: its author's, ready, and each only once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from server.files.models import File, FileLink
from server.files.present import FileView, file
from server.files.uploads import FILES, give_up
from server.kit.problems import Invalid, invalid
from server.work.work import Work


def ready(work: Work, ids: Sequence[int]) -> dict[int, tuple[int, FileView]]:
    """Those of the files that can be attached, locked in the order of their ids: id → (owner, view)."""
    rows = work.conn.execute(
        select(FILES)
        .where(File.id.in_(sorted(set(ids))), File.state == "ready")
        .order_by(File.id)
        .with_for_update()
    )
    return {row.id: (row.owner_id, file(row)) for row in rows}


def not_ready(ids: Sequence[int], field: str = "files") -> Invalid:
    return invalid(
        field, "not_ready", "Some of these files are not there, or hang on something already.", ids=ids
    )


def chosen(
    owner_id: int, ids: Sequence[int], found: Mapping[int, tuple[int, FileView]]
) -> list[FileView] | None:
    """The views in the order asked, None when one of them is not the owner's to attach (or named twice)."""
    mine = [found[one][1] for one in ids if one in found and found[one][0] == owner_id]
    return mine if len(mine) == len(ids) == len(set(ids)) else None


def hang(work: Work, kind: str, on: Mapping[int, int]) -> None:
    """`on`: file → the thing's id. Raises `Invalid` when one was taken meanwhile; then the whole act is undone."""
    taken = work.conn.execute(
        update(FILES).where(File.id.in_(sorted(on)), File.state == "ready").values(state="attached")
    )
    if taken.rowcount != len(on):
        raise not_ready(sorted(on))
    rows = [{"file_id": one, "kind": kind, "ref_id": thing} for one, thing in sorted(on.items())]
    work.conn.execute(insert(FileLink), rows)


def rehang(work: Work, kind: str, on: Mapping[int, int]) -> None:
    """They hang on another thing from now on; the caller knows that they hang on one of its own."""
    for one, thing in sorted(on.items()):
        work.conn.execute(update(FileLink).where(FileLink.file_id == one).values(kind=kind, ref_id=thing))


def let_go(work: Work, ids: Sequence[int]) -> None:
    """They hang on nothing any more and are gone; the caller knows that they hung on its own."""
    work.conn.execute(delete(FileLink).where(FileLink.file_id.in_(ids)))
    work.conn.execute(update(FILES).where(File.id.in_(ids), File.state == "attached").values(state="ready"))
    for one in ids:
        give_up(work, one)


def uploaded(conn: Connection, owner_id: int, ids: Sequence[int]) -> dict[int, FileView]:
    """Of somebody's own files that hang on nothing yet."""
    rows = conn.execute(
        select(FILES).where(File.id.in_(ids), File.state == "ready", File.owner_id == owner_id)
    )
    return {row.id: file(row) for row in rows}


def views(conn: Connection, ids: Sequence[int]) -> dict[int, FileView]:
    """Of files that hang on something of the caller's."""
    rows = conn.execute(select(FILES).where(File.id.in_(ids), File.state == "attached"))
    return {row.id: file(row) for row in rows}


def attach(work: Work, owner_id: int, ids: Sequence[int]) -> list[FileView]:
    """For one thing alone: locks and checks. Raises `Invalid` on `files`."""
    if not ids:
        return []
    views = chosen(owner_id, ids, ready(work, ids))
    if views is None:
        raise not_ready(list(ids))
    return views
