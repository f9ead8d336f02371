"""What `check`, `backup` and `restore` say about files: whether their place can be written, whether each is what it was."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from server.backup.archive import Archive
from server.cli.findings import Finding, good, wrong
from server.cli.words import Refused
from server.config.settings import Settings
from server.db.migrate import head, revision
from server.files.fingerprints import KEPT, Kept, copy_out, fault, kept_files, put_back
from server.files.storage import storage_of
from server.kit.problems import Unavailable
from server.opening import reading_engine

LONGEST_REASON = 200
# Without being told to read all, this much is read of the files.
MOST_FILES, MOST_BYTES = 100, 256 << 20
NAMED = 10


def storage(settings: Settings) -> Iterator[Finding]:
    """Of a bucket: written, read and removed again. The data folder has its own finding."""
    if not settings.s3_bucket:
        return
    place = f"The bucket {settings.s3_bucket} at {settings.s3_endpoint or f'Amazon S3, {settings.s3_region}'}"
    try:
        storage_of(settings).probe()
    except Exception as error:  # whatever the library, the network or the settings bring
        reason = " ".join(str(error).split("Debug source")[0].split())[:LONGEST_REASON]
        yield wrong(f"{place} cannot be written: {reason}")
    else:
        yield good(f"{place} can be written, read and deleted from.")


def contents(settings: Settings, *, every: bool) -> Iterator[Finding]:
    """Files against their fingerprints: all of them, or some that chance chooses (then the lengths of all)."""
    try:
        engine = reading_engine(settings)
    except FileNotFoundError:
        return
    try:
        with engine.connect() as conn, conn.begin():
            if revision(conn) != head():
                return
            files = list(kept_files(conn))
    except DBAPIError:
        return  # said by the finding about the database
    finally:
        engine.dispose()
    if files:
        yield _compared(settings, files, every=every)


def _compared(settings: Settings, files: Sequence[Kept], *, every: bool) -> Finding:
    read = {file.id for file in (files if every else _some(files))}
    there = storage_of(settings)
    try:
        faults = faults_of(files, lambda file: fault(there, file, whole=file.id in read))
    except Unavailable as problem:
        return wrong(f"The files cannot be compared with their fingerprints: {problem.detail}")
    if faults:
        return wrong(
            f"Of {len(files):,} files, {told(faults)} Put a copy back with `restore`, or from `backup --files`."
        )
    said = "all were read" if every else f"{len(read):,} were read, `check --all-files` reads them all"
    return good(f"{len(files):,} files are there in full length; of their fingerprints {said}.")


def _some(files: Sequence[Kept]) -> Iterator[Kept]:
    left = MOST_BYTES
    for file in random.sample(files, min(MOST_FILES, len(files))):
        left -= file.size
        if left < 0:
            return
        yield file


def faults_of(files: Iterable[Kept], look: Callable[[Kept], str]) -> list[tuple[Kept, str]]:
    """Those that are not right. What hangs on nothing may be swept meanwhile: it is not missed."""
    found = ((file, look(file)) for file in files)
    return [(file, what) for file, what in found if what and (file.state, what) != ("ready", "missing")]


def told(faults: Sequence[tuple[Kept, str]]) -> str:
    """«3 are not what they were: 2 missing, 1 changed (file 12: files/ab/cd/…)»."""
    counts = ", ".join(f"{count:,} {what}" for what, count in Counter(what for _, what in faults).items())
    named = "; ".join(
        f"file {file.id} {what} ({file.key[:2]}/{file.key[2:4]}/{file.key})" for file, what in faults[:NAMED]
    )
    more = "; …" if len(faults) > NAMED else ""
    return f"{len(faults):,} are not what they were: {counts}: {named}{more}."


def files_in(archive: Archive) -> list[Kept]:
    """The files that a backup speaks of, with their fingerprints."""
    for table in archive.manifest.tables:
        if table.name == "file":
            at = {column.name: place for place, column in enumerate(table.columns)}
            rows = (
                Kept(*(row[at[name]] for name in Kept.__dataclass_fields__)) for row in archive.rows(table)
            )
            return [file for file in rows if file.state in KEPT]
    return []


def copied(settings: Settings, archive: Archive, folder: Path) -> tuple[int, list[tuple[Kept, str]]]:
    """Every file of the backup copied into `folder`: how many, and those that could not be. Raises `Unavailable`, `OSError`."""
    if folder.resolve() == (settings.data / "files").resolve():
        raise Refused("--files must be another folder than the one in which the files lie.")
    files, there = files_in(archive), storage_of(settings)
    return len(files), faults_of(files, lambda file: copy_out(there, file, folder))


def brought_back(
    settings: Settings, archive: Archive, folder: Path | None
) -> tuple[int, list[tuple[Kept, str]]]:
    """How many files the restored company has, and those that its storage does not hold. Raises `Unavailable`, `OSError`."""
    files, there = files_in(archive), storage_of(settings)
    if folder is None:
        return len(files), faults_of(files, lambda file: fault(there, file))
    return len(files), faults_of(files, lambda file: put_back(there, file, folder))
