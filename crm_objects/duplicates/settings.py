"""What the company says of duplicates: which soft keys are hard, and whether an owner is named to who may not read (W15, W16).

Making a key hard accepts what is alike already and refuses what would be new: refusing to switch until nothing is alike would keep a
company with two shared switchboards from it for ever. The answer says how many values are shared.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import Connection, func, insert, select, update

from crm_objects.duplicates.models import DuplicateSetting, IdentityKey
from crm_objects.engine.record_type import Kinds, RecordType
from server.api.inputs import Line
from server.db.base import table
from server.kit.problems import invalid
from server.work.work import Work

_SETTING, _KEYS = table(DuplicateSetting), table(IdentityKey)
COUNTED = 1_000


class DuplicateKeyView(msgspec.Struct, frozen=True):
    """A key that an administrator may make hard; `fields` by name. `shared`: how many of its values several records have, counted up to
    1,000."""

    kind: str
    key: str
    fields: list[str]
    is_hard: bool
    shared: int


class DuplicateSettingView(msgspec.Struct, frozen=True):
    names_owner: bool
    keys: list[DuplicateKeyView]
    limit: int


class DuplicateSettingInput(msgspec.Struct, forbid_unknown_fields=True):
    """`hard`: the keys that are hard, as `kind.key`; the others only warn."""

    names_owner: bool
    hard: Annotated[list[Line], Meta(max_length=100)]


def ensure(conn: Connection) -> None:
    """The first row, so that there is one to lock."""
    if conn.execute(select(_SETTING.c.id)).first() is None:
        conn.execute(insert(_SETTING).values(id=1, hard="[]", names_owner=False))


def names_owner(conn: Connection) -> bool:
    return bool(conn.execute(select(_SETTING.c.names_owner)).scalar())


def hard_keys(conn: Connection, kind: RecordType, *, lock: bool = False) -> set[str]:
    """The keys of a kind that are hard now. `lock`: nobody makes another one hard until this act is committed, so that what was looked
    for as soft is not written beside a hard twin."""
    query: Any = select(_SETTING.c.hard)
    said = conn.execute(query.with_for_update(read=True) if lock else query).scalar()
    made = set(msgspec.json.decode(said, type=list[str])) if said else set()
    return {key.name for key in kind.keys if key.is_hard or f"{kind.kind}.{key.name}" in made}


def view(conn: Connection, kinds: Kinds, limit: int) -> DuplicateSettingView:
    keys = [
        DuplicateKeyView(
            kind.kind,
            key.name,
            list(key.fields),
            key.name in hard_keys(conn, kind),
            _shared(conn, kind.kind, key.name),
        )
        for kind in kinds.values()
        for key in kind.keys
        if key.may_be_hard and not key.is_hard
    ]
    return DuplicateSettingView(names_owner(conn), keys, limit)


def choose(work: Work, kinds: Kinds, wanted: DuplicateSettingInput) -> bool:
    """Answers whether something is another now. Raises `Invalid` on `hard`."""
    offered = {f"{kind.kind}.{key.name}" for kind in kinds.values() for key in kind.keys if key.may_be_hard}
    if not set(wanted.hard) <= offered:
        raise invalid("hard", "choice", "Only what is offered can be made hard.")
    row = work.conn.execute(select(_SETTING).with_for_update()).one()
    values = {
        "hard": msgspec.json.encode(sorted(set(wanted.hard))).decode(),
        "names_owner": wanted.names_owner,
    }
    if (row.hard, row.names_owner) == (values["hard"], values["names_owner"]):
        return False
    work.conn.execute(update(_SETTING).values(**values, version=row.version + 1))
    work.audit(
        "duplicates.set", ("duplicates", 1), hard=sorted(set(wanted.hard)), names_owner=wanted.names_owner
    )
    return True


def version(conn: Connection) -> int:
    return int(conn.execute(select(_SETTING.c.version)).scalar() or 0)


def _shared(conn: Connection, kind: str, key: str) -> int:
    newest = select(_KEYS.c.hash).where(_KEYS.c.kind == kind, _KEYS.c.field == key)
    some = newest.group_by(_KEYS.c.hash).having(func.count() > 1).limit(COUNTED).subquery()
    return int(conn.execute(select(func.count()).select_from(some)).scalar_one())
