"""Sealing what must be readable again (second factors): AES-256-GCM, bound to its place, so that a value copied into another row or
column opens nowhere (security.md §3)."""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, select

from server.db.upsert import insert_into
from server.kit.clock import real_now
from server.kit.problems import Unavailable
from server.secrets.models import SecretKey

Where = tuple[str, str, int | str]
PROOF = "tenfour"
SIZE = 32


class CannotOpen(Exception):
    """No key here opens this, or it was not sealed for this place."""


def id_of(key: bytes) -> str:
    """A name for a key that tells nothing about it."""
    return hashlib.sha256(b"tenfour key id" + key).hexdigest()[:8]


class Secrets:
    """`keys` of 32 bytes each, newest first: the first seals, all of them open. `where` is (table, column, row)."""

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        self.ids = [id_of(key) for key in keys]
        self._ciphers = {name: AESGCM(key) for name, key in zip(self.ids, keys, strict=True)}
        self._keys = tuple(keys)

    def seal(self, conn: Connection, text: str, where: Where) -> str:
        """Text for the column. Writes down, in the same commit, with which key."""
        if not self.ids:
            raise Unavailable("This server has no key for secrets.")
        self._prove(conn)
        return self.sealed(text, where)

    def sealed(self, text: str, where: Where) -> str:
        nonce = os.urandom(12)
        name = self.ids[0]
        closed = self._ciphers[name].encrypt(nonce, text.encode(), _bound(where))
        return f"{name}.{base64.b64encode(nonce + closed).decode()}"

    def open(self, sealed: str, where: Where) -> str:
        """Raises `CannotOpen`."""
        name, _, body = sealed.partition(".")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise CannotOpen(f"there is no key {name} here")
        try:
            raw = base64.b64decode(body, validate=True)
            return cipher.decrypt(raw[:12], raw[12:], _bound(where)).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("the value was changed, or belongs elsewhere") from error

    def derived(self, purpose: str, text: str) -> bytes:
        """32 bytes that follow from the text and the newest key, and that nobody finds out without the key. Each purpose has its own."""
        if not self._keys:
            raise Unavailable("This server has no key for secrets.")
        return _derived(self._keys[0], purpose, text)

    def derived_by_each(self, purpose: str, text: str) -> dict[str, bytes]:
        """The same with every key, by the key's id: what is looked up by such a value is found while keys change, too."""
        if not self._keys:
            raise Unavailable("This server has no key for secrets.")
        return {name: _derived(key, purpose, text) for name, key in zip(self.ids, self._keys, strict=True)}

    def is_newest(self, sealed: str) -> bool:
        return sealed.partition(".")[0] == self.ids[0]

    def _prove(self, conn: Connection) -> None:
        known = set(conn.execute(select(SecretKey.id)).scalars())
        if known and not known & set(self.ids):
            raise Unavailable("This server's key for secrets is not the company's.")
        if self.ids[0] not in known:
            proof = self.sealed(PROOF, ("secret_key", "proof", self.ids[0]))
            row = {"id": self.ids[0], "proof": proof, "created_at": real_now()}
            conn.execute(
                insert_into(conn, SecretKey).values(row).on_conflict_do_nothing(index_elements=[SecretKey.id])
            )


def _derived(key: bytes, purpose: str, text: str) -> bytes:
    own = hmac.digest(key, f"tenfour {purpose}".encode(), "sha256")
    return hmac.digest(own, text.encode(), "sha256")


def _bound(where: Where) -> bytes:
    return "\x1f".join(map(str, where)).encode()
