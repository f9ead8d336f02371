"""The declarations as the client gets them: it draws forms, lists and cards from these and knows no kind by itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection

from crm_objects.duplicates.hashes import keys_by_field
from crm_objects.duplicates.settings import hard_keys
from crm_objects.engine import policies, views, working_out
from crm_objects.engine.board import boards_of
from crm_objects.engine.fields import Choice, Field
from crm_objects.engine.line_fields import LinesField
from crm_objects.engine.pipeline import End, Stage
from crm_objects.engine.reading import Desk, desk_of
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.engine.views import RecordViewView
from crm_objects.engine.words import Words, words
from server.permissions.actor import Actor

Strength = Literal["", "soft", "hard"]


class ChoiceView(msgspec.Struct, frozen=True):
    code: str
    words: Words
    tone: str


class LineColumnView(msgspec.Struct, frozen=True):
    """A column of lines. `factor`: the product of these is the line's `amount`."""

    name: str
    type: str
    words: Words
    required: bool
    factor: bool
    choices: list[ChoiceView]
    max_length: int | None
    decimals: int | None
    unit: Words | None
    currency: str | None


class FieldView(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """A field of a kind. `duplicates`: another record with the same is refused (hard), or asked about (soft).

    `follows_from`: the fields (and `stage`) from which a computed one is worked out. See docs/records.md."""

    name: str
    type: str
    words: Words
    help: Words | None
    cls: str
    required: bool
    readonly: bool
    computed: bool
    by_act: bool
    system: bool
    custom: bool
    duplicates: Strength
    choices: list[ChoiceView]
    link: str | None
    max_length: int | None
    decimals: int | None
    unit: Words | None
    currency: str | None
    lines: list[LineColumnView]
    can_filter: bool
    can_sort: bool
    operators: list[str]
    follows_from: list[str]


class SectionView(msgspec.Struct, frozen=True):
    code: str
    words: Words
    fields: list[str]


class StageView(msgspec.Struct, frozen=True):
    """A stage and its guards. `probability` in percent; `end`: won or lost with it."""

    code: str
    words: Words
    tone: str
    probability: int | None
    end: End
    required: list[str]
    needs_reason: bool


class RelationView(msgspec.Struct, frozen=True):
    """«A `words` B»; read from B: «B `back` A»."""

    code: str
    words: Words
    back: Words


class RegistryMark(msgspec.Struct, frozen=True):
    """`field` is filled where a company of a registry was chosen; `fills`: part of a registration → the field that it can fill."""

    field: str
    fills: dict[str, str]


class RecordKindView(msgspec.Struct, frozen=True):
    """A kind of record as it is now: declared, and with the fields that administrators added.

    `follows`: the kind that its records belong to, and are locked with. `boards`: by which fields a board has
    columns. `may`: create, fields. `can_merge`: two of them may be made one.
    `followed_up`: follow-ups and sales records are written of them."""

    kind: str
    number: int
    words: Words
    plural: Words
    icon: str
    fields: list[FieldView]
    title: str
    sections: list[SectionView]
    quick: list[str]
    columns: list[str]
    filters: list[str]
    sort: str
    shown: list[str]
    views: list[RecordViewView]
    follows: str | None
    stages: list[StageView]
    boards: list[str]
    may: list[str]
    registry: RegistryMark | None = None
    relations: list[RelationView] = []
    can_merge: bool = False
    followed_up: bool = True


class RecordKinds(msgspec.Struct, frozen=True):
    items: list[RecordKindView]


class RecordKindsMark(msgspec.Struct, frozen=True):
    """The declarations are others than before: ask for them again."""

    version: int


_CUSTOM = words("更多信息", "More")


def listed(conn: Connection, actor: Actor, kinds: Kinds) -> RecordKinds:
    """Three statements for each kind."""
    return RecordKinds([_kind(desk_of(conn, actor, kinds, one)) for one in kinds.values()])


def _kind(desk: Desk) -> RecordKindView:
    kind: RecordType = desk.kind
    hard = hard_keys(desk.conn, kind)
    keys: dict[str, Strength] = {
        name: "hard" if key.name in hard else "soft" for name, key in keys_by_field(desk.shape).items()
    }
    summed = {one.total: (one.name,) for one in kind.fields if isinstance(one, LinesField)}
    custom = [name for name, field in desk.shape.fields.items() if field.custom_id is not None]
    sections = [SectionView(one.code, one.words, list(one.fields)) for one in kind.sections]
    if custom:
        sections.append(SectionView("custom", _CUSTOM, custom))
    may = [
        name
        for name, capability in (("create", policies.CREATE), ("fields", policies.FIELDS))
        if desk.actor.can(capability)
    ]
    return RecordKindView(
        kind.kind,
        kind.number,
        kind.words,
        kind.plural,
        kind.icon,
        [
            field_view(one, keys, summed.get(one.name, ()))
            for one in (*desk.shape.fields.values(), *kind.system_fields)
        ],
        kind.title,
        sections,
        list(kind.quick),
        list(kind.columns),
        list(kind.filters),
        kind.sort,
        list(kind.shown),
        views.offered(desk),
        kind.parent.to if kind.parent else None,
        [_stage(one) for one in kind.stages],
        boards_of(desk.shape),
        may,
        registry=RegistryMark(kind.registry, dict(kind.fills)) if kind.registry else None,
        relations=[RelationView(one.code, one.words, one.back) for one in kind.relations],
        can_merge=kind.can_merge,
        followed_up=kind.followed_up,
    )


def field_view(field: Field, keys: Mapping[str, Strength], lines: Sequence[str] = ()) -> FieldView:
    """`lines`: those of which it is the sum."""
    limits: dict[str, Any] = dict(field.limits)
    open_to_lists = field.cls != "identity"
    may_filter = open_to_lists and bool(field.operators)
    return FieldView(
        field.name,
        field.type,
        field.words,
        field.help,
        field.cls,
        field.required,
        field.is_readonly,
        field.computed,
        field.by_act,
        field.system,
        field.custom_id is not None,
        keys.get(field.name, ""),
        [_choice(one) for one in field.choices],
        limits.get("link"),
        limits.get("max_length"),
        limits.get("decimals"),
        limits.get("unit"),
        limits.get("currency"),
        [_column(one, field) for one in field.of] if isinstance(field, LinesField) else [],
        may_filter,
        open_to_lists and field.can_sort,
        list(field.operators) if open_to_lists else [],
        [*working_out.inputs_of(field), *lines],
    )


def _column(column: Field, lines: LinesField) -> LineColumnView:
    limits: dict[str, Any] = dict(column.limits)
    return LineColumnView(
        column.name,
        column.type,
        column.words,
        column.required,
        column.name in lines.factors,
        [_choice(one) for one in column.choices],
        limits.get("max_length"),
        limits.get("decimals"),
        limits.get("unit"),
        limits.get("currency"),
    )


def _stage(stage: Stage) -> StageView:
    return StageView(
        stage.code,
        stage.words,
        stage.tone,
        stage.probability,
        stage.end,
        list(stage.required),
        stage.needs_reason,
    )


def _choice(choice: Choice) -> ChoiceView:
    return ChoiceView(choice.code, choice.words, choice.tone)
