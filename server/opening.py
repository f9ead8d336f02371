"""Opening a company: the right database and bus for the settings, migrations, the rows every company has. Used by all doors."""

import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from server.bus.bus import Bus
from server.bus.memory import MemoryBus
from server.bus.redis import RedisBus
from server.config.settings import Settings
from server.db.migrate import migrate
from server.db.postgresql import open_postgresql
from server.db.sqlite import open_sqlite
from server.events import log
from server.kit.clock import real_now
from server.kit.module import Module
from server.modules import MODULES
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
    db = open_postgresql(settings.database_url) if settings.database_url else open_sqlite(_file(settings))
    try:
        migrate(db.writer.engine, None if settings.database_url else _file(settings))
        with db.writer.engine.begin() as conn:
            _first_rows(conn)
            epoch = log.epoch(conn)
            secrets = open_secrets(conn, settings)
    except BaseException:
        db.close()  # another start may find the data folder free
        raise
    # Companies that share a Redis do not hear each other: the epoch is this company's own.
    bus: Bus = RedisBus(settings.redis_url, f"tenfour:{epoch}") if settings.redis_url else MemoryBus()
    return Company(settings, db, bus, modules, secrets)


def _file(settings: Settings) -> Path:
    return settings.data / DATABASE_FILE


def _first_rows(conn: Connection) -> None:
    log.ensure_head(conn)
    roles.ship(conn)
    make_company(conn, Profile("Tenfour", "zh-Hans", "Asia/Shanghai"), real_now())
