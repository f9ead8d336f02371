"""What `tenfour check` looks at: settings, data folder, database, Redis, address, mail, clock, disk. Each finding is a sentence."""

import os
import shutil
import smtplib
import socket
import ssl
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from server.config.settings import SettingRefused, Settings
from server.db.migrate import head, is_known, revision
from server.db.postgresql import READERS, TURNS
from server.events.models import LoggedEvent
from server.kit.clock import real_now
from server.opening import reading_engine
from server.operating import door
from server.people.founding import has_people
from server.secrets.keys import open_secrets
from server.secrets.models import SecretKey

PATIENCE = 5.0
OLDEST_POSTGRESQL, OLDEST_REDIS = 14, (6, 2)
LITTLE, TOO_LITTLE = 2 << 30, 200 << 20
NETWORK_FILE_SYSTEMS = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "9p",
    "afs",
    "glusterfs",
    "ceph",
)
DRIFT = timedelta(seconds=5)


@dataclass(frozen=True)
class Finding:
    """`level` good | warning | wrong: a wrong one must be put right before people use Tenfour."""

    level: str
    says: str


def good(says: str) -> Finding:
    return Finding("good", says)


def warning(says: str) -> Finding:
    return Finding("warning", says)


def wrong(says: str) -> Finding:
    return Finding("wrong", says)


def all_findings(settings: Settings) -> Iterator[Finding]:
    for look in (folder, server, database, bus, address, others, mail):
        yield from look(settings)


def folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data.absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=data, prefix=".check-") as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
        yield good(f"The data folder {data} can be written.")
    except OSError as error:
        yield wrong(f"The data folder {data} cannot be written: {error.strerror}.")
        return
    free = shutil.disk_usage(data).free
    if free < LITTLE:
        made = wrong if free < TOO_LITTLE else warning
        yield made(f"Only {free >> 20:,} MiB are free there: a full disk refuses every write.")
    else:
        yield good(f"{free >> 30:,} GiB are free there.")
    kind = _file_system(data)
    if kind in NETWORK_FILE_SYSTEMS and not settings.database_url:
        yield wrong(
            f"The data folder is on a network file system ({kind}), on which SQLite may lose data: choose a local disk, or PostgreSQL."
        )


def _file_system(data: Path) -> str:
    """As the kernel names it, or nothing where it does not say."""
    try:
        lines = Path("/proc/mounts").read_text().splitlines()
    except OSError:
        return ""
    mounts = [(line.split()[1].replace("\\040", " "), line.split()[2]) for line in lines]
    inside = [(place, kind) for place, kind in mounts if data.is_relative_to(place)]
    return max(inside, key=lambda one: len(one[0]), default=("", ""))[1]


def server(settings: Settings) -> Iterator[Finding]:
    if door.is_open(settings.data):
        yield good("A Tenfour server is running on this data folder and takes admin commands.")
        return
    with closing(socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
            yield good(f"No server is running; {settings.host}:{settings.port} is free for one.")
        except (OSError, OverflowError) as error:
            yield wrong(f"A server could not listen on {settings.host}:{settings.port}: {error}.")


def database(settings: Settings) -> Iterator[Finding]:
    if settings.database_url.partition("://")[2].count("@") > 1:
        yield wrong("TENFOUR_DATABASE_URL: write an @ of the password as %40 (and / as %2F, : as %3A).")
        return
    begun = time.monotonic()
    try:
        engine = reading_engine(settings)
    except FileNotFoundError:
        yield good("There is no company here yet; the first `serve` makes one, on the embedded SQLite.")
        return
    try:
        with engine.connect() as conn, conn.begin():
            took = (time.monotonic() - begun) * 1000
            yield good(f"The database answers ({conn.dialect.name}, {_version(conn)}, {took:.0f} ms).")
            if conn.dialect.name == "postgresql":
                yield from _postgresql(conn)
            yield from _company(conn, settings)
    except DBAPIError as error:
        yield wrong(f"The database cannot be reached: {str(error.orig).strip()}.")
    finally:
        engine.dispose()


def _version(conn: Connection) -> str:
    return ".".join(map(str, conn.dialect.server_version_info or ()))


def _postgresql(conn: Connection) -> Iterator[Finding]:
    def show(name: str) -> str:
        return str(conn.exec_driver_sql(f"SHOW {name}").scalar_one())

    if int((conn.dialect.server_version_info or (0,))[0]) < OLDEST_POSTGRESQL:
        yield wrong(f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed.")
    if show("server_encoding") != "UTF8":
        yield wrong(f"The database's encoding is {show('server_encoding')}: make it with ENCODING 'UTF8'.")
    unsafe = [name for name in ("fsync", "synchronous_commit", "full_page_writes") if show(name) == "off"]
    if unsafe:
        yield wrong(
            f"PostgreSQL has {', '.join(unsafe)} off: what Tenfour acknowledged could be lost when the machine goes down."
        )
    most, each = int(show("max_connections")), READERS + TURNS + 1
    if most < each + 5:
        yield wrong(f"PostgreSQL takes {most} connections; one Tenfour process uses up to {each}.")
    elif most < 3 * each:
        yield warning(f"PostgreSQL takes {most} connections; each Tenfour process uses up to {each}.")
    there = conn.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    yield _drift(abs(there - real_now()), "PostgreSQL's clock and this machine's")


def _drift(difference: timedelta, whose: str) -> Finding:
    if difference > DRIFT:
        return wrong(f"{whose} differ by {difference.total_seconds():.0f} s: set both by NTP.")
    return good(f"{whose} agree.")


def _company(conn: Connection, settings: Settings) -> Iterator[Finding]:
    found = revision(conn)
    if found is None:
        yield good("It holds no company yet; the first `serve` makes one.")
        return
    if not is_known(found):
        yield wrong(f"Its schema {found} was made by a newer Tenfour: update this one.")
        return
    if found != head():
        yield warning(
            f"Its schema {found} is older than this version; the next start brings it up to {head()}. Take a backup first."
        )
        return
    if not has_people(conn):
        yield warning("Nobody is in the company yet: `tenfour admin create` makes the first administrator.")
    newest = conn.execute(select(func.max(LoggedEvent.at))).scalar()
    if newest is not None and newest > real_now() + DRIFT and not settings.test_clock:
        yield wrong(f"The newest event is of {newest:%Y-%m-%d %H:%M:%S} UTC: this machine's clock is behind.")
    missing = missing_keys(conn, settings)
    if missing:
        yield wrong(missing)


def missing_keys(conn: Connection, settings: Settings) -> str:
    """What is wrong with the keys of what is sealed, or nothing. Makes no key where none is needed yet."""
    if not settings.secret_key and conn.execute(select(SecretKey.id)).first() is None:
        return ""
    try:
        open_secrets(conn, settings)
    except SettingRefused as error:
        return str(error)
    return ""


def bus(settings: Settings) -> Iterator[Finding]:
    if not settings.redis_url:
        if settings.database_url:
            yield good("Without Redis one process serves; several need TENFOUR_REDIS_URL.")
        return
    import redis

    try:
        with redis.Redis.from_url(
            settings.redis_url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
        ) as client:
            found: Any = client.info("server")
    except (redis.RedisError, ValueError, OSError) as error:
        yield wrong(
            f"Redis cannot be reached: {error}. Changes made by other processes would come a moment later."
        )
        return
    said = str(found.get("valkey_version") or found["redis_version"])
    if tuple(int(part) for part in str(found["redis_version"]).split(".")[:2]) < OLDEST_REDIS:
        yield wrong(f"Redis {said} is too old: 6.2 or newer is needed.")
    else:
        yield good(f"{'Valkey' if 'valkey_version' in found else 'Redis'} {said} answers.")
    if not settings.database_url:
        yield warning("TENFOUR_REDIS_URL is of no use with the embedded SQLite, which one process serves.")


def address(settings: Settings) -> Iterator[Finding]:
    url = settings.public_url
    for one, whose in [
        (url, "TENFOUR_BASE_URL"),
        *((other, "TENFOUR_ALLOWED_ORIGINS") for other in settings.allowed_origins),
    ]:
        problem = _wrong_address(one)
        if problem:
            yield wrong(f"{whose}: {one} {problem}.")
            return
    yield good(f"People open {url}; links that leave Tenfour begin with it.")
    if not settings.base_url and settings.host not in ("127.0.0.1", "localhost", "::1"):
        yield wrong(
            f"Tenfour listens on {settings.host}, but without TENFOUR_BASE_URL only pages opened as {url} may sign in."
        )
    if settings.secure:
        yield good(
            "It is https: cookies are `__Host-` and Secure, and browsers are told to come by https only for a year."
            " A proxy in front must do TLS and pass WebSockets on (Upgrade and Connection headers)."
        )
    elif not _is_local(urlsplit(url).hostname or ""):
        yield wrong(
            "It is http: passwords and messages travel readable, and browsers give such pages no notifications. Put a TLS proxy before it."
        )


def _wrong_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "must begin with https:// (or http://) and name a host"
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        return "must be a scheme, a host and perhaps a port, nothing more"
    return "" if port is None or 0 < port < 65_536 else "has no such port"


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def others(settings: Settings) -> Iterator[Finding]:
    if settings.test_clock:
        yield warning("TENFOUR_TEST_CLOCK is on: anyone who may sign in can move this company's clock.")
    if settings.log_kept_days < 7:
        yield warning(
            f"The log keeps {settings.log_kept_days} days: browsers that were away longer load everything again."
        )


def mail(settings: Settings) -> Iterator[Finding]:
    """Greets the mail server as a letter would, up to signing in; sends nothing."""
    to = settings.smtp
    if to is None:
        yield good("No TENFOUR_SMTP_URL: links are handed over by hand, nothing is mailed.")
        return
    place = f"The mail server {to.host}:{to.port}"
    make = (
        partial(smtplib.SMTP_SSL, context=ssl.create_default_context())
        if to.tls == "implicit"
        else smtplib.SMTP
    )
    try:
        with make(to.host, to.port, timeout=PATIENCE) as line:
            line.ehlo()
            if to.tls == "required" or (to.tls == "if_offered" and line.has_extn("starttls")):
                line.starttls(context=ssl.create_default_context())
                line.ehlo()
            if to.username:
                line.login(to.username, to.password)
    except smtplib.SMTPAuthenticationError as error:
        yield wrong(f"{place} refuses the user or password of TENFOUR_SMTP_URL ({error.smtp_code}).")
    except smtplib.SMTPException as error:
        yield wrong(f"{place} does not take mail this way: {error}.")
    except OSError as error:
        yield wrong(f"{place} cannot be reached: {error}.")
    else:
        yield good(f"{place} answers{' and lets us in' if to.username else ''}; mail comes from {to.sender}.")
