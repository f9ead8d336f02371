"""Typed settings from the environment: `TENFOUR_NAME`, or `TENFOUR_NAME_FILE` naming a file that holds the value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from server.config.smtp import SmtpServer, read_smtp


class SettingRefused(Exception):
    """A setting that cannot be used; the sentence names it."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator can choose. Sizes in bytes, times in seconds, rates per second."""

    data: Path = field(default_factory=lambda: Path("data"))
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    redis_url: str = ""
    base_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    jobs: str = "here"
    test_clock: bool = False
    sends_per_second: float = 20.0
    sends_burst: int = 100
    sockets_per_person: int = 10
    session_days: int = 30
    desk_session_hours: int = 12
    log_level: str = "info"
    log_kept_days: int = 90
    metrics_token: str = field(default="", repr=False)
    file_bytes: int = 100 << 20
    person_file_bytes: int = 10 << 30
    company_file_bytes: int = 500 << 30
    s3_bucket: str = ""
    s3_endpoint: str = ""
    s3_region: str = "us-east-1"
    s3_access_key: str = field(default="", repr=False)
    s3_secret_key: str = field(default="", repr=False)
    s3_path_style: bool = True
    secret_key: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    allowed_private_hosts: tuple[str, ...] = ()
    reveals_a_day: int = 30
    duplicate_checks_a_day: int = 300
    gleif_url: str = "https://api.gleif.org/api/v1"

    @property
    def public_url(self) -> str:
        """Where people open the product: the base of every link that leaves it. Never taken from a Host header."""
        shown = "localhost" if self.host in ("0.0.0.0", "127.0.0.1", "::") else self.host
        return (self.base_url or f"http://{shown}:{self.port}").rstrip("/")

    @property
    def smtp(self) -> SmtpServer | None:
        """Where mail is handed over; None where nobody said. Raises `ValueError` in words."""
        return read_smtp(self.smtp_url, self.mail_from) if self.smtp_url else None

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """The exact origins whose pages may write and open sockets."""
        local = {f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")}
        return frozenset({self.public_url, *self.allowed_origins} | (set() if self.base_url else local))


def read_one(environ: Mapping[str, str], name: str) -> tuple[object, str] | None:
    """A setting's value and where it comes from, or None where nobody said. Raises `SettingRefused`."""
    key = f"TENFOUR_{name.upper()}"
    origin, raw = key, environ.get(key)
    named_file = environ.get(f"{key}_FILE")
    if raw is None and named_file:
        origin = f"{key}_FILE"
        try:
            raw = Path(named_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingRefused(f"{origin}: {named_file} cannot be read: {error}") from error
    if raw is None:
        return None
    try:
        return _typed(str(Settings.__dataclass_fields__[name].type), raw), origin
    except ValueError as error:
        raise SettingRefused(f"{origin}: {error}") from error


def read_settings(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from the environment, command-line overrides first. Raises `SettingRefused` in words."""
    source = os.environ if environ is None else environ
    values: dict[str, object] = {}
    for name in Settings.__dataclass_fields__:
        found = read_one(source, name)
        if found is not None:
            values[name] = found[0]
    values.update({name: value for name, value in overrides.items() if value is not None})
    settings = Settings(**values)  # type: ignore[arg-type]
    try:
        settings.smtp  # noqa: B018
    except ValueError as error:
        raise SettingRefused(str(error)) from None
    if settings.jobs not in ("here", "worker"):
        raise SettingRefused("TENFOUR_JOBS: must be here or worker")
    if settings.jobs == "worker" and not (settings.database_url and settings.redis_url):
        raise SettingRefused("TENFOUR_JOBS=worker needs TENFOUR_DATABASE_URL and TENFOUR_REDIS_URL")
    return settings


def _typed(kind: str, raw: str) -> object:
    if "Path" in kind:
        return Path(raw)
    if "bool" in kind:
        if raw.lower() not in ("1", "0", "true", "false", "yes", "no"):
            raise ValueError("must be 1 or 0")
        return raw.lower() in ("1", "true", "yes")
    if "tuple" in kind:
        return tuple(part.strip().rstrip("/") for part in raw.split(",") if part.strip())
    if "int" in kind:
        return int(raw)
    if "float" in kind:
        return float(raw)
    return raw
