"""`tenfour admin move`: a company from the embedded database to PostgreSQL or back, compared row by row before anybody is served."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url, text

from server.backup.archive import Archive, Manifest
from server.backup.refusal import Refusal
from server.cli.words import Commands, Refused, Words, add_data, command, settings_of
from server.config.settings import Settings
from server.opening import DATABASE_FILE, back_up_company, open_company, restore_company
from server.operating import door

EMBEDDED = "embedded"
# What a restore itself writes: a new epoch, the jobs that make derived tables anew, and who did it.
CHANGED_BY_MOVING = {"log_head", "job", "audit_entry"}


def add(acts: Commands) -> None:
    parser = command(acts, "move", move, "carry the company into another database; stop every server first")
    parser.add_argument(
        "--to",
        required=True,
        help="an empty PostgreSQL database (postgresql://…), or `embedded` for the SQLite file in the data folder",
    )
    add_data(parser)


def move(given: Words) -> int:
    source = settings_of(given)
    target = replace(source, database_url="" if given.to == EMBEDDED else given.to, jobs="here")
    if source.database_url == target.database_url:
        raise Refused("The company is there already.")
    if given.to != EMBEDDED and not given.to.startswith("postgres"):
        raise Refused("--to takes the address of a PostgreSQL database, or `embedded`.")
    try:
        with _alone(source), tempfile.TemporaryDirectory(prefix=".moving-", dir=source.data) as folder:
            manifest = _carried(source, target, Path(folder))
    except Refusal as refusal:
        raise Refused(f"Nothing was moved. {refusal}") from refusal
    print(
        f"Moved {manifest.rows:,} rows of {manifest.company or 'a company'}; every table was read again and compared."
    )
    if source.database_url:
        print(
            f"Serve it without TENFOUR_DATABASE_URL. The old database still holds the company as it was: {_place(source)}"
        )
        return 0
    old = source.data / DATABASE_FILE
    kept = old.with_name(f"tenfour.moved-{manifest.epoch}.sqlite3")
    old.rename(kept)
    print(f"Serve it with TENFOUR_DATABASE_URL={_place(target)}. The old file is kept as {kept.name}.")
    return 0


def _carried(source: Settings, target: Settings, folder: Path) -> Manifest:
    """Out of one database, into the other, and out of that again: what came out twice must be the same."""
    before, _ = back_up_company(source, folder / "before.zip")
    with Archive(folder / "before.zip") as archive:
        restore_company(target, archive)
    after, _ = back_up_company(target, folder / "after.zip")
    there = {table.name: table for table in after.tables}
    for table in before.tables:
        if table.name not in CHANGED_BY_MOVING and there[table.name] != table:
            raise Refusal(
                f"Table {table.name} came out of the new database otherwise than it went in. Do not serve that one."
            )
    return before


@contextlib.contextmanager
def _alone(source: Settings) -> Iterator[None]:
    """Nobody writes while this lasts: what is acknowledged meanwhile would be left behind."""
    if door.is_open(source.data):
        raise Refusal("A server runs on this data folder. Stop it first.")
    company = open_company(source)  # holds the embedded database's lock, and brings the schema up to date
    try:
        if source.database_url:
            with company.db.writer.engine.connect() as conn:
                others = conn.execute(
                    text(
                        "SELECT count(*) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
                    )
                ).scalar_one()
            if others:
                raise Refusal(
                    f"{others} others are connected to the old database. Stop every server and worker first."
                )
        yield
    finally:
        company.db.close()


def _place(settings: Settings) -> str:
    """The database without its password."""
    return make_url(settings.database_url).render_as_string(hide_password=True)
