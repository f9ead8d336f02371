"""Finished files in a bucket that speaks S3. Uploads in parts and reads in ranges, so that memory does not grow with the file."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from server.config.settings import Settings
from server.files.storage import SIZES
from server.kit.problems import Unavailable

# Two parts of 5 MiB, the smallest that S3 takes, are on their way at a time.
PART = 5 << 20
PARTS_AT_ONCE = 2
FOLDER = "files"


class Bucket:
    """`files/KEY`, `files/KEY-large` … in the bucket of the settings. A client of few tries and short patience: people wait."""

    def __init__(self, settings: Settings) -> None:
        self._store = S3Store(
            settings.s3_bucket,
            endpoint=settings.s3_endpoint or None,
            region=settings.s3_region,
            access_key_id=settings.s3_access_key,
            secret_access_key=settings.s3_secret_key,
            virtual_hosted_style_request=not settings.s3_path_style,
            client_options={
                "allow_http": settings.s3_endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(seconds=30),
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
        )

    def keep(self, key: str, size: str, source: Path) -> None:
        with _in_words(), source.open("rb") as file:
            obstore.put(self._store, _place(key, size), file, chunk_size=PART, max_concurrency=PARTS_AT_ONCE)

    def path(self, key: str, size: str) -> Path | None:
        return None

    def length(self, key: str, size: str) -> int | None:
        with _in_words():
            try:
                return int(obstore.head(self._store, _place(key, size))["size"])
            except FileNotFoundError:
                return None

    def read(self, key: str, size: str, start: int, end: int) -> bytes:
        with _in_words():
            return bytes(obstore.get_range(self._store, _place(key, size), start=start, end=end))

    def remove(self, key: str) -> None:
        with _in_words():
            for size in SIZES:
                with suppress(FileNotFoundError):
                    obstore.delete(self._store, _place(key, size))

    def probe(self) -> None:
        place = f"{FOLDER}/.check-{secrets.token_hex(8)}"
        obstore.put(self._store, place, b"tenfour")
        try:
            if bytes(obstore.get_range(self._store, place, start=0, end=7)) != b"tenfour":
                raise OSError("what was written comes back otherwise")
        finally:
            obstore.delete(self._store, place)


def _place(key: str, size: str) -> str:
    return f"{FOLDER}/{key}{SIZES[size]}"


@contextmanager
def _in_words() -> Iterator[None]:
    """Whatever is wrong between us and the bucket passes, or is the operator's to put right: nobody's file is lost by it."""
    try:
        yield
    except BaseError as error:
        raise Unavailable(
            "The storage of files does not answer just now. Nothing is lost; please try again."
        ) from error
