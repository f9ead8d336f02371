"""Opening a company: the right database and bus for the settings, migrations, the rows every company has. Used by all doors."""

import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from server.backup.archive import Archive, Manifest
from server.backup.dump import back_up
from server.backup.load import restore
from server.backup.refusal import Refusal
from server.bus.bus import Bus
from server.bus.memory import MemoryBus
from server.config.settings import Settings
from server.db import postgresql, sqlite
from server.db.first_rows import FirstRows
from server.db.invariant import Invariant
from server.db.migrate import migrate
from server.events import log
from server.jobs import queue
from server.kit.clock import real_now
from server.kit.module import Module, every
from server.kit.structs import learn_all
from server.modules import MODULES
from server.people.founding import spell_everybody
from server.permissions import roles
from server.secrets.keys import open_secrets
from server.work.company import Company, Profile, make_company

DATABASE_FILE = "tenfour.sqlite3"


def open_company(settings: Settings, modules: Sequence[Module] = MODULES) -> Company:
    """Not started yet: the caller's event loop does that.

    Raises `DataFolderBusy`, `SettingRefused` (a wrong key), or the driver's error when PostgreSQL is away.
    """
    # Small turns between threads keep the event loop's answers quick while a writer works (measured, ARCHITECTURE.md).
    sys.setswitchinterval(0.001)
    learn_all()
    db = (
        postgresql.open_postgresql(settings.database_url)
        if settings.database_url
        else sqlite.open_sqlite(_file(settings))
    )
    try:
        migrate(db.writer.engine, None if settings.database_url else _file(settings))
        with db.writer.engine.begin() as conn:
            _first_rows(conn, modules)
            if db.dialect == "sqlite":
                queue.free(conn)  # the file is ours alone: whoever held them is gone
            epoch = log.epoch(conn)
            secrets = open_secrets(conn, settings)
    except BaseException:
        db.close()  # another start may find the data folder free
        raise
    # Companies that share a Redis do not hear each other: the epoch is this company's own.
    return Company(settings, db, _bus(settings, f"tenfour:{epoch}"), modules, secrets)


def _bus(settings: Settings, name: str) -> Bus:
    if not settings.redis_url:
        return MemoryBus()
    from server.bus.redis import RedisBus  # its client is not loaded where there is no Redis

    return RedisBus(settings.redis_url, name)


def reading_engine(settings: Settings) -> Engine:
    """Sees one moment and cannot write, beside a running server or without one. Raises `FileNotFoundError`."""
    if settings.database_url:
        return postgresql.open_for_backup(settings.database_url)
    return sqlite.open_for_backup(_file(settings))


def back_up_company(settings: Settings, to: Path) -> tuple[Manifest, str]:
    """Beside a running server or without one. Answers the manifest and the file's fingerprint. Raises `Refusal`."""
    try:
        engine = reading_engine(settings)
    except FileNotFoundError as error:
        raise Refusal(f"There is no company in {settings.data}.") from error
    try:
        return back_up(engine, to, real_now())
    finally:
        engine.dispose()


def restore_company(settings: Settings, archive: Archive, modules: Sequence[Module] = MODULES) -> str:
    """Into the empty place that the settings name; answers the new epoch. Raises `Refusal`, `DataFolderBusy`."""
    invariants = every(modules, Invariant)
    try:
        if settings.database_url:
            with postgresql.new_database(settings.database_url) as conn:
                return restore(conn, archive, invariants, real_now())
        with sqlite.new_file(_file(settings)) as engine, engine.begin() as conn:
            return restore(conn, archive, invariants, real_now())
    except FileExistsError as error:
        raise Refusal(
            f"There is a company in {settings.data} already ({error.filename}). Restore into an empty folder, or move it away."
        ) from error
    except DBAPIError as error:
        raise Refusal(f"The database cannot be filled: {error.orig}") from error
    except OSError as error:
        raise Refusal(f"{error.filename} cannot be written: {error.strerror}") from error


def _file(settings: Settings) -> Path:
    return settings.data / DATABASE_FILE


def _first_rows(conn: Connection, modules: Sequence[Module]) -> None:
    log.ensure_head(conn)
    roles.ship(conn)
    spell_everybody(conn)
    make_company(conn, Profile("Tenfour", "zh-Hans", "Asia/Shanghai"), real_now())
    for one in every(modules, FirstRows):
        one.write(conn)
