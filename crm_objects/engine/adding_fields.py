"""Fields that an administrator adds in the browser: at once in form, list, filter, history and API. Nothing is created in the schema."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from crm_objects.engine import file_fields
from crm_objects.engine.declared import ChoiceView
from crm_objects.engine.kinds_changed import kinds_changed
from crm_objects.engine.models import RecordField
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.engine.words import Words
from server.db.base import table
from server.kit.problems import NotFound, StaleVersion, WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.work import Work

_FIELDS = table(RecordField)
CustomType = Literal[
    "text", "long_text", "phone", "email", "url", "number", "percent", "money", "date", "time", "flag",
    "choice", "choices", "person", "department", "address", "files"
]  # fmt: skip
FieldClass = Literal["basic", "contact", "identity", "financial", "internal"]
MOST, MAX_WORDS = 50, 40
# Of several, all codes together have to fit into `custom_value.text`.
MOST_OF = {"choice": 100, "choices": 40}
LANGUAGES = ("zh-Hans", "en")


class ChoiceWords(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`code` of one that is there already; none for a new one."""

    words: dict[str, str]
    code: str = ""


class NewField(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"cls": "class"}):
    kind: str
    type: CustomType
    words: dict[str, str]
    cls: FieldClass = "basic"
    required: bool = False
    choices: list[ChoiceWords] = []


class FieldChange(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"cls": "class"}):
    """What is missing stays."""

    version: int
    words: dict[str, str] | None = None
    cls: FieldClass | None = None
    required: bool | None = None
    choices: list[ChoiceWords] | None = None
    position: int | None = None
    retired: bool | None = None


class CustomFieldView(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    id: int
    kind: str
    name: str
    type: CustomType
    words: Words
    cls: FieldClass
    required: bool
    choices: list[ChoiceView]
    position: int
    retired: bool
    version: int


def listed(conn: Connection, kinds: Kinds, kind: str) -> list[CustomFieldView]:
    """In their order, retired ones last; of one kind, or of all. Raises `Invalid` on `kind`."""
    query = select(_FIELDS).order_by(_FIELDS.c.kind, _FIELDS.c.position, _FIELDS.c.id)
    if kind:
        query = query.where(_FIELDS.c.kind == _kind(kinds, kind).kind)
    return sorted((_view(row) for row in conn.execute(query)), key=lambda one: one.retired)


def add(work: Work, actor: Actor, kinds: Kinds, new: NewField) -> CustomFieldView:
    """Raises `Invalid` on the field that is not right, `WrongState` when there are too many."""
    kind = _kind(kinds, new.kind).kind
    here = _FIELDS.c.kind == kind
    # Of two that are added at once the second waits here, and counts the first.
    work.conn.execute(select(_FIELDS.c.id).where(here).order_by(_FIELDS.c.id).with_for_update(key_share=True))
    of_kind = select(func.count(), func.coalesce(func.max(_FIELDS.c.position), 0)).where(here)
    count, last = work.conn.execute(of_kind).one()
    if count >= MOST:
        raise WrongState(f"At most {MOST} added fields.", reason="fields_full", limit=MOST)
    _must_fit(new.type, new.cls)
    choices, last_choice = _choices(new.type, new.choices, [], 0)
    row = {
        "kind": kind,
        "type": new.type,
        "cls": new.cls,
        "words": _json(_words(new.words, "words")),
        "choices": _json(choices),
        "last_choice": last_choice,
        "is_required": new.required and new.type != "flag",
        "position": last + 1,
        "version": 1,
        "created_at": work.now,
    }
    made = int(work.conn.execute(insert(_FIELDS).values(**row).returning(_FIELDS.c.id)).scalar_one())
    work.audit("record_field.added", ("record_field", made), kind=kind, type=new.type)
    kinds_changed(work, actor)
    return view(work.conn, made)


def change(work: Work, actor: Actor, field_id: int, wanted: FieldChange) -> CustomFieldView:
    """Values stay as they are, also those of choices that are no longer offered. Raises `NotFound`, `StaleVersion`, `Invalid`."""
    row = work.conn.execute(select(_FIELDS).where(_FIELDS.c.id == field_id).with_for_update()).first()
    if row is None:
        raise NotFound()
    if wanted.version != row.version:
        raise StaleVersion("It was changed meanwhile.", version=row.version)
    values = _changes(work, row, wanted)
    if values:
        work.conn.execute(
            update(_FIELDS).where(_FIELDS.c.id == field_id).values(**values, version=row.version + 1)
        )
        work.audit("record_field.changed", ("record_field", field_id), what=sorted(values))
        kinds_changed(work, actor)
    return view(work.conn, field_id)


def _changes(work: Work, row: Any, wanted: FieldChange) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if wanted.words is not None:
        values["words"] = _json(_words(wanted.words, "words"))
    if wanted.cls is not None:
        _must_fit(row.type, wanted.cls)
        values["cls"] = wanted.cls
    if wanted.required is not None:
        values["is_required"] = wanted.required and row.type != "flag"
    if wanted.choices is not None:
        before = msgspec.json.decode(row.choices)
        choices, values["last_choice"] = _choices(row.type, wanted.choices, before, row.last_choice)
        values["choices"] = _json(choices)
    if wanted.position is not None:
        values["position"] = max(0, min(wanted.position, 10_000))
    if wanted.retired is not None:
        values["retired_at"] = (row.retired_at or work.now) if wanted.retired else None
    return {name: value for name, value in values.items() if value != row._mapping[name]}


def view(conn: Connection, field_id: int) -> CustomFieldView:
    """Raises `NotFound`."""
    row = conn.execute(select(_FIELDS).where(_FIELDS.c.id == field_id)).first()
    if row is None:
        raise NotFound()
    return _view(row)


def _kind(kinds: Kinds, name: str) -> RecordType:
    if name not in kinds:
        raise invalid("kind", "choice", "There is no such kind.")
    return kinds[name]


def _must_fit(type: str, cls: FieldClass) -> None:
    if type == file_fields.FilesField.type and cls not in file_fields.CLASSES:
        raise invalid("class", "choice", f"Files are {', '.join(file_fields.CLASSES)}.")


def _words(given: dict[str, str], where: str) -> Words:
    """In both languages; one that is missing borrows the other's."""
    if not set(given) <= set(LANGUAGES):
        raise invalid(where, "unknown", f"Words in {', '.join(LANGUAGES)}.")
    said = {
        one: clean(given.get(one, ""), where, limit=MAX_WORDS, single_line=True, required=False)
        for one in LANGUAGES
    }
    any_of_them = next((one for one in said.values() if one), "")
    clean(any_of_them, where, limit=MAX_WORDS, single_line=True)
    return {one: text or any_of_them for one, text in said.items()}


def _choices(
    type: str, given: Sequence[ChoiceWords], before: list[dict[str, Any]], last: int
) -> tuple[list[dict[str, Any]], int]:
    """The choices with their codes: `o1`, `o2` …, never given twice."""
    most = MOST_OF.get(type, 0)
    if not most:
        if given:
            raise invalid("choices", "unknown", "Only a choice has choices.")
        return [], last
    if not given:
        raise invalid("choices", "required", f"1 to {most} choices.")
    if len(given) > most:
        raise invalid("choices", "too_many", f"At most {most} choices.", limit=most)
    known = {one["code"] for one in before}
    found: list[dict[str, Any]] = []
    for at, one in enumerate(given):
        code = one.code
        if code and (code not in known or code in {kept["code"] for kept in found}):
            raise invalid(f"choices[{at}].code", "choice", "There is no such choice.")
        if not code:
            last += 1
            code = f"o{last}"
        found.append({"code": code, "words": _words(one.words, f"choices[{at}].words")})
    return found, last


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _view(row: Any) -> CustomFieldView:
    choices = [ChoiceView(one["code"], one["words"], "gray") for one in msgspec.json.decode(row.choices)]
    return CustomFieldView(
        row.id,
        row.kind,
        f"c{row.id}",
        row.type,
        msgspec.json.decode(row.words),
        row.cls,
        row.is_required,
        choices,
        row.position,
        row.retired_at is not None,
        row.version,
    )
