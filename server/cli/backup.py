"""`tenfour backup` and `tenfour restore`: one portable file, from and into either database."""

import time
from datetime import datetime
from pathlib import Path

from server.backup.archive import Archive
from server.backup.refusal import Refusal
from server.cli.findings import missing_keys
from server.cli.words import Commands, Refused, Words, add_data, command, settings_of
from server.opening import back_up_company, reading_engine, restore_company


def add(commands: Commands) -> None:
    parser = command(
        commands, "backup", back_up, "write the whole company into one file, while it is served or not"
    )
    parser.add_argument(
        "--to", type=Path, required=True, help="the file to write, or a folder that gets a dated one"
    )
    add_data(parser)
    parser = command(
        commands, "restore", restore, "put a backup back into an empty data folder or PostgreSQL database"
    )
    parser.add_argument("file", type=Path, help="what `backup` wrote")
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
    return 0


def restore(given: Words) -> int:
    settings, begun = settings_of(given), time.monotonic()
    try:
        with Archive(given.file) as archive:
            if given.fingerprint and given.fingerprint.lower() != archive.fingerprint:
                raise Refusal(f"This is not that backup: its fingerprint is {archive.fingerprint}.")
            restore_company(settings, archive)
            manifest = archive.manifest
    except Refusal as refusal:
        raise Refused(f"Nothing was restored. {refusal}") from refusal
    print(
        f"Restored {manifest.rows:,} rows of {manifest.company or 'a company'} as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC,"
        f" log number {manifest.seq}, in {time.monotonic() - begun:.1f} s. Every table, reference and invariant was checked."
    )
    engine = reading_engine(settings)
    with engine.connect() as conn, conn.begin():
        missing = missing_keys(conn, settings)
    engine.dispose()
    if missing:
        print(f"Before you serve it: {missing}")
    return 0
