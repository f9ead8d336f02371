"""Where the keys come from: TENFOUR_SECRET_KEY (several, newest first, joined by commas), else a file of the data folder, made once."""

import base64
import binascii
import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from server.config.settings import SettingRefused, Settings
from server.secrets.box import PROOF, SIZE, CannotOpen, Secrets
from server.secrets.models import SecretKey

FILE = "secret.key"


class WrongKey(SettingRefused):
    """The company's secrets are written with a key that is not here. The sentence says which, and where it is looked for."""


def open_secrets(conn: Connection, settings: Settings) -> Secrets:
    """The keys that this company's secrets need. Raises `SettingRefused` in words."""
    needed = conn.execute(select(SecretKey.id, SecretKey.proof)).all()
    secrets = Secrets(load(settings, may_make=not needed))
    for row in needed:
        if row.id not in secrets.ids:
            raise WrongKey(
                f"Secrets of this company are sealed with the key {row.id}, which is not among those in {_place(settings)} "
                f"({', '.join(secrets.ids)}). Put that key back; nothing was changed."
            )
        try:
            right = secrets.open(row.proof, ("secret_key", "proof", row.id)) == PROOF
        except CannotOpen:
            right = False
        if not right:
            raise WrongKey(
                f"The key {row.id} does not open what it should: the database or {_place(settings)} was changed."
            )
    return secrets


def load(settings: Settings, *, may_make: bool) -> list[bytes]:
    """The keys, newest first. Raises `SettingRefused` for what is no key, `WrongKey` where one is missing."""
    if settings.secret_key:
        return [
            _decoded(part, "TENFOUR_SECRET_KEY") for part in settings.secret_key.split(",") if part.strip()
        ]
    file = settings.data / FILE
    if not file.exists():
        if not may_make:
            raise WrongKey(
                f"The key of this company's secrets is missing: put {file} back, or set TENFOUR_SECRET_KEY."
            )
        _make(file)
    return [_decoded(line, str(file)) for line in file.read_text().split()]


def write_file(file: Path, keys: Sequence[bytes]) -> None:
    """Replaces the key file in one step; only its owner may read it."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _write_new(fresh, keys)
    fresh.replace(file)


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write_new(file, [os.urandom(SIZE)])
    except FileExistsError:
        return  # another process of this company was faster


def _write_new(file: Path, keys: Sequence[bytes]) -> None:
    text = "".join(f"{base64.b64encode(key).decode()}\n" for key in keys)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)


def _decoded(text: str, place: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SettingRefused(f"{place}: keys are written in base64 (openssl rand -base64 {SIZE})") from error
    if len(key) != SIZE:
        raise SettingRefused(f"{place}: a key has {SIZE} bytes (openssl rand -base64 {SIZE})")
    return key


def _place(settings: Settings) -> str:
    return "TENFOUR_SECRET_KEY" if settings.secret_key else str(settings.data / FILE)
