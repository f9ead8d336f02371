"""From a record's values to its rows of `identity_key`, and keeping the rows equal to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from crm_objects.duplicates.forms import FORMS
from crm_objects.duplicates.models import IdentityKey
from crm_objects.duplicates.settings import hard_keys
from crm_objects.engine.key import Key
from crm_objects.engine.shape import Shape
from server.db.base import table
from server.secrets.box import Secrets

KEYS = table(IdentityKey)
SIZE = 16
# Of fields that administrators add: what is more secret than contact data is nobody's key.
_OPEN = ("basic", "contact")


@dataclass(frozen=True)
class Valued:
    """A value of a field, as it is compared: id of a server's key → the value's hash with it."""

    field: str
    key: Key
    hashes: Mapping[str, bytes]


def fields_of(shape: Shape, key: Key) -> list[str]:
    """The fields of a key, with those that administrators added."""
    added = [
        name
        for name, field in shape.fields.items()
        if field.custom_id is not None and field.type == key.custom and field.cls in _OPEN
    ]
    return [*key.fields, *added]


def keys_by_field(shape: Shape) -> dict[str, Key]:
    return {name: key for key in shape.kind.keys for name in fields_of(shape, key)}


def valued(shape: Shape, secrets: Secrets, stored: Mapping[str, Any]) -> list[Valued]:
    """What these stored values are compared by; nothing for fields of no key."""
    found = []
    for name, key in keys_by_field(shape).items():
        purpose = f"identity {shape.kind.kind}.{key.name}"
        for form in FORMS[key.form](stored.get(name) or ""):
            hashes = {made: whole[:SIZE] for made, whole in secrets.derived_by_each(purpose, form).items()}
            found.append(Valued(name, key, hashes))
    return found


def questions(shape: Shape, stored: Mapping[str, Any], fields: Collection[str]) -> int:
    """For how many questions of a day these values count: a list of former names asks for each of them (W16)."""
    keys = keys_by_field(shape)
    return max((len(list(FORMS[keys[name].form](stored.get(name) or ""))) for name in fields), default=1) or 1


def follow(
    conn: Connection,
    shape: Shape,
    secrets: Secrets,
    record_id: int,
    stored: Mapping[str, Any],
    changed: Collection[str],
) -> None:
    """After a change: `stored` holds every value as it is now, `changed` names the fields."""
    keys = {key.name: key for name, key in keys_by_field(shape).items() if name in changed}
    if keys:
        hard = hard_keys(conn, shape.kind)
        now = [one for one in valued(shape, secrets, stored) if one.key.name in keys]
        _replace(conn, shape.kind.kind, record_id, list(keys), now, hard)


def _replace(
    conn: Connection,
    kind: str,
    record_id: int,
    names: Sequence[str],
    now: Sequence[Valued],
    hard: Collection[str],
) -> None:
    mine = (KEYS.c.kind == kind, KEYS.c.record_id == record_id)
    there = {
        (row.field, row.hash)
        for row in conn.execute(select(KEYS.c.field, KEYS.c.hash).where(*mine, KEYS.c.field.in_(names)))
    }
    wanted = rows_of(kind, record_id, now, hard)
    for field, hashed in sorted(there - set(wanted)):
        conn.execute(delete(KEYS).where(*mine, KEYS.c.field == field, KEYS.c.hash == hashed))
    # In one order everywhere: two who write the same two wait for each other, not crosswise.
    missing = [wanted[one] for one in sorted(set(wanted) - there)]
    if missing:
        conn.execute(insert(KEYS), missing)


def rows_of(
    kind: str, record_id: int, values: Sequence[Valued], hard: Collection[str]
) -> dict[tuple[str, bytes], dict[str, Any]]:
    """The rows that a record has to have, by field and hash."""
    return {
        (one.key.name, hashed): {
            "kind": kind,
            "field": one.key.name,
            "hash": hashed,
            "record_id": record_id,
            "made_with": made,
            "is_sole": one.key.name in hard,
        }
        for one in values
        for made, hashed in one.hashes.items()
    }


def forget(conn: Connection, kind: str, record_id: int) -> None:
    """The record is deleted for good: its values are free again."""
    conn.execute(delete(KEYS).where(KEYS.c.kind == kind, KEYS.c.record_id == record_id))
