"""Whether every file is still what was kept (SEC-08), by its length and the SHA-256 in its row; copying files, each checked on its way."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from server.files.forms import PICTURES
from server.files.models import File
from server.files.storage import LocalFolder, Storage, pieces

KEPT = ("ready", "attached")
AT_ONCE = 1_000


@dataclass(frozen=True)
class Kept:
    """What a row says of a file that must be there."""

    id: int
    state: str
    form: str
    key: str
    size: int
    sha256: str

    @property
    def sizes(self) -> tuple[str, ...]:
        """What lies there under its key."""
        return ("full", "large", "thumb") if self.form in PICTURES else ("full",)


def kept_files(conn: Connection) -> Iterator[Kept]:
    """Every file that is ready or hangs on something, by id."""
    after = 0
    columns = (File.id, File.state, File.form, File.key, File.size, File.sha256)
    while rows := conn.execute(
        select(*columns).where(File.id > after, File.state.in_(KEPT)).order_by(File.id).limit(AT_ONCE)
    ).all():
        yield from (Kept(*row) for row in rows)
        after = rows[-1].id


def fault(storage: Storage, file: Kept, *, whole: bool = True) -> str:
    """missing | cut | changed, or nothing. `whole` reads the content, else only lengths are asked. Raises `Unavailable`."""
    lengths = [storage.length(file.key, size) for size in file.sizes]
    if None in lengths:
        return "missing"
    if lengths[0] != file.size:
        return "cut"
    try:
        right = not whole or fingerprint(pieces(storage, file.key, "full", 0, file.size)) == file.sha256
    except FileNotFoundError:  # taken away meanwhile
        return "missing"
    return "" if right else "changed"


def fingerprint(content: Iterable[bytes]) -> str:
    hashed = hashlib.sha256()
    for piece in content:
        hashed.update(piece)
    return hashed.hexdigest()


def copy_out(storage: Storage, file: Kept, folder: Path) -> str:
    """A copy of its own in `folder`, laid out as in the data folder. What is there in full length stays. Answers as `fault`."""
    there = LocalFolder(folder)
    for size in file.sizes:
        length = storage.length(file.key, size)
        if length is None:
            return "missing"
        if there.length(file.key, size) == length:
            continue
        beside = folder / f"{file.key}.{secrets.token_hex(4)}.part"
        try:
            if size == "full" and length != file.size:
                return "cut"
            digest = _write(beside, pieces(storage, file.key, size, 0, length))
            if size == "full" and digest != file.sha256:
                return "changed"
            there.keep(file.key, size, beside)
        finally:
            beside.unlink(missing_ok=True)
    return ""


def put_back(storage: Storage, file: Kept, folder: Path) -> str:
    """From such a folder into the storage, where it is not there yet. Answers what is still wrong, as `fault`."""
    if not fault(storage, file):
        return ""
    wrong = fault(LocalFolder(folder), file)
    for size in () if wrong else file.sizes:
        source = LocalFolder(folder).path(file.key, size)
        if source is not None:
            storage.keep(file.key, size, source)
    return wrong


def _write(to: Path, content: Iterable[bytes]) -> str:
    """Answers the SHA-256 of what is on the disk then."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = hashlib.sha256()
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for piece in content:
            out.write(piece)
            hashed.update(piece)
        out.flush()
        os.fsync(out.fileno())
    return hashed.hexdigest()
