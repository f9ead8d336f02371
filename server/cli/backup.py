"""`tenfour backup` and `tenfour restore`: one portable file, from and into either database."""

import time
from datetime import datetime
from pathlib import Path

from server.backup.archive import Archive
from server.backup.refusal import Refusal
from server.cli.file_findings import brought_back, copied, files_in, told
from server.cli.findings import missing_keys
from server.cli.words import Commands, Refused, Words, add_data, command, settings_of
from server.config.settings import Settings
from server.kit.problems import Unavailable
from server.opening import back_up_company, reading_engine, restore_company


def add(commands: Commands) -> None:
    parser = command(
        commands, "backup", back_up, "write the whole company into one file, while it is served or not"
    )
    parser.add_argument(
        "--to", type=Path, required=True, help="the file to write, or a folder that gets a dated one"
    )
    parser.add_argument(
        "--files",
        type=Path,
        help="a folder that gets a checked copy of every file, those that are there already left out",
    )
    add_data(parser)
    parser = command(
        commands, "restore", restore, "put a backup back into an empty data folder or PostgreSQL database"
    )
    parser.add_argument("file", type=Path, help="what `backup` wrote")
    parser.add_argument("--files", type=Path, help="the folder that `backup --files` filled")
    parser.add_argument("--fingerprint", help="refuse any file but the one for which `backup` printed this")
    add_data(parser)


def back_up(given: Words) -> int:
    settings, to, begun = settings_of(given), given.to, time.monotonic()
    if to.is_dir():
        to = to / f"tenfour-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
    try:
        manifest, fingerprint = back_up_company(settings, to)
    except Refusal as refusal:
        raise Refused(f"No backup was made. {refusal}") from refusal
    print(
        f"{to}: {manifest.rows:,} rows of {manifest.company or 'a company'}, {to.stat().st_size:,} bytes,"
        f" up to log number {manifest.seq}, in {time.monotonic() - begun:.1f} s\nfingerprint {fingerprint}\n"
        "The keys of what is sealed (DATA/secret.key or TENFOUR_SECRET_KEY) are not in it: keep a copy of them in another place."
    )
    return _copy_files(settings, to, given.files)


def _copy_files(settings: Settings, backup: Path, folder: Path | None) -> int:
    """What hangs on posts and messages: copied, or the operator is told that it is not in the backup."""
    with Archive(backup) as archive:
        if folder is None:
            files = files_in(archive)
            if files:
                print(
                    f"Its {len(files):,} files ({sum(file.size for file in files):,} bytes) are named in it with their fingerprints,"
                    " but lie elsewhere: --files FOLDER copies them too."
                )
            return 0
        try:
            count, faults = copied(settings, archive, folder)
        except (Unavailable, OSError) as error:
            raise Refused(
                f"The backup was made, but its files were not all copied: {_reason(error)}"
            ) from error
    if faults:
        raise Refused(f"The backup was made, but of its files {told(faults)}")
    print(f"{folder}: all its {count:,} files, each with its fingerprint.")
    return 0


def _reason(error: Exception) -> str:
    return error.detail if isinstance(error, Unavailable) else str(error)


def restore(given: Words) -> int:
    settings, begun = settings_of(given), time.monotonic()
    try:
        with Archive(given.file) as archive:
            if given.fingerprint and given.fingerprint.lower() != archive.fingerprint:
                raise Refusal(f"This is not that backup: its fingerprint is {archive.fingerprint}.")
            restore_company(settings, archive)
            manifest = archive.manifest
            said = _files_said(settings, archive, given.files)
    except Refusal as refusal:
        raise Refused(f"Nothing was restored. {refusal}") from refusal
    print(
        f"Restored {manifest.rows:,} rows of {manifest.company or 'a company'} as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC,"
        f" log number {manifest.seq}, in {time.monotonic() - begun:.1f} s. Every table, reference and invariant was checked."
        f"{said}"
    )
    engine = reading_engine(settings)
    with engine.connect() as conn, conn.begin():
        missing = missing_keys(conn, settings)
    engine.dispose()
    if missing:
        print(f"Before you serve it: {missing}")
    return 0


def _files_said(settings: Settings, archive: Archive, folder: Path | None) -> str:
    """What became of the files, in a line: the company stands already, and files may still be copied in."""
    try:
        count, faults = brought_back(settings, archive, folder)
    except (Unavailable, OSError) as error:
        return f"\nWhether its files are there could not be seen: {_reason(error)}"
    if faults:
        return f"\nOf its {count:,} files, {told(faults)}\nPut them where they belong and say `tenfour check --all-files`."
    return f"\nAll its {count:,} files are there, each with its fingerprint." if count else ""
