"""Whatever can name a record says what becomes of it when the record is merged into another."""

import re

from sqlalchemy import BigInteger, Text

from crm_objects.merging.pointers import Pointer, pointers_of
from crm_objects.module import KINDS
from server.db.base import Base
from server.modules import MODULES

# Columns that hold an id of something else, and are no foreign key because they hold it in passing or for good.
_OTHERS = {
    "comment.client_id": "chosen by the client",
    "message.client_id": "chosen by the client",
    "event.actor_id": "a person",
    "file_room.person_id": "a person",
    "idempotency_key.person_id": "a person",
    "stream_grant.person_id": "a person",
    "mail.message_id": "of the letter",
    "notice_mark.read_id": "a notice",
    "record_file.file_id": "a file",
    # Written under its own id or its lines', which follow it.
    "customer.pool_id": "a pool",
    "contact.cards": "business cards, which are files",
    **{f"{kind}.{name}": "the record itself" for kind in KINDS for name in ("merged_into", "locked_by")},
}
# Texts that hold JSON, in which a record may be named by a reference.
_TEXTS = re.compile(r"^(cards|refs?|records|filter|details|subjects?|about)$")


def found() -> set[str]:
    """Every column that can hold a record's id, with or without its kind beside it."""
    links = {
        f"{kind.kind}.{one.name}" for kind in KINDS.values() for one in kind.fields if one.limits.get("link")
    }
    own = {t.name for kind in KINDS.values() for t in kind.line_tables.values()}
    columns = set()
    for t in Base.metadata.sorted_tables:
        for column in t.columns:
            name = f"{t.name}.{column.name}"
            targets = {key.column.table.name for key in column.foreign_keys}
            points = bool(targets & set(KINDS)) and t.name not in own
            bare = (
                not targets
                and isinstance(column.type, BigInteger)
                and column.name.endswith(("_id", "_by", "_into"))
            )
            told = isinstance(column.type, Text) and _TEXTS.match(column.name) is not None
            if (points or bare or told) and name not in links:
                columns.add(name)
    return columns


def test_every_column_that_can_name_a_record_is_declared() -> None:
    declared = {one.at for one in pointers_of(MODULES)} | set(_OTHERS)
    missing = sorted(found() - declared)
    assert not missing, f'say what a merge does with these: Pointer("{missing[0]}", …) in a module.py'


def test_every_declaration_is_of_a_column_that_is_there() -> None:
    for one in pointers_of(MODULES):
        assert one.column in one.table.c or one.at == "record_merge_row.row_id", one.at
        assert bool(one.by) == (one.how == "united"), one.at
        if one.how == "moved":
            assert "id" in one.table.c, f"{one.at}: rows that are moved are noted by their id"
    assert len({one.at for one in pointers_of(MODULES)}) == len(pointers_of(MODULES))


def test_a_module_declares_its_own_in_one_line() -> None:
    assert Pointer("record_followup.record_id", "moved") in pointers_of(MODULES)
