"""The declaration of a kind of record. From it come the table, the form, the list, filters, the card, rights, masks, histories and the API.

A template declares; nothing here knows what is declared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from crm_objects.engine import formula_rules, word_index
from crm_objects.engine.fields import Field, LinkField
from crm_objects.engine.header import CLOCK, POOL, SYSTEM_FIELDS, constraints, header_columns, pool_columns
from crm_objects.engine.key import Key
from crm_objects.engine.line_fields import LinesField, checked
from crm_objects.engine.pipeline import Stage, stage_field
from crm_objects.engine.words import Words
from server.db.base import Base, Id
from server.kit.module import Module, every
from server.kit.problems import NotFound


@dataclass(frozen=True)
class Section:
    """A part of the form."""

    code: str
    words: Words
    fields: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class RelationSort:
    """How one record of a kind stands to another: «A `words` B», and read from B «B `back` A». `both_ways`: the same from either."""

    code: str
    words: Words
    back: Words
    both_ways: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class RecordType:
    """`number` and `prefix` are the kind's for good. `title` names the field that a record is called by. `follows` names a link: who owns
    the linked record, or is on its team, reaches this one as well, and it is given to that one's owner where none is named.

    `pooled`: its records may lie in a pool, owned by nobody; what follows such a one needs no owner either.

    `stages`: its pipeline; a new record stands in the first. `summed`: what a board adds up in each of its columns, and a family together.
    `registry` names the computed field that holds as what a record's company is registered, `fills` which fields a registration can fill
    (its own name for it, the field). `relations`: how records of this kind stand to each other. `keys`: by what two of them are recognised
    as the same (`crm_objects/duplicates`).

    `buttons` are the acts that a card offers to who may (`card_buttons.py`), in their order.
    `can_merge`: two of them that are one may be merged (W42). `followed_up`: what is done with it is written down, and its clock runs;
    not so for what merely happened once, as an expense.

    `quick` is the short form, `shown` what stands on a card, `columns`, `filters` and `sort` the list as it is first seen."""

    kind: str
    number: int
    prefix: str
    words: Words
    plural: Words
    icon: str
    title: str
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    quick: tuple[str, ...]
    columns: tuple[str, ...]
    filters: tuple[str, ...]
    shown: tuple[str, ...]
    buttons: tuple[str, ...] = ("followup",)
    sort: str = "-updated_at"
    follows: str = ""
    pooled: bool = False
    keys: tuple[Key, ...] = ()
    stages: tuple[Stage, ...] = ()
    summed: tuple[str, ...] = ()
    registry: str = ""
    fills: tuple[tuple[str, str], ...] = ()
    relations: tuple[RelationSort, ...] = ()
    can_merge: bool = False
    followed_up: bool = True
    metadata: MetaData = field(default_factory=lambda: Base.metadata)
    table: Table = field(init=False)
    line_tables: dict[str, Table] = field(init=False)

    def __post_init__(self) -> None:
        checked(self.fields)
        formula_rules.checked(self.fields, self.stages, self._filled_in())
        own = [column for one in self.fields for column in one.columns()]
        # An id is never given a second time: posts and messages name records that were deleted.
        made = Table(
            self.kind,
            self.metadata,
            *header_columns(),
            *(pool_columns() if self.pooled else []),
            *own,
            *constraints(pooled=self.pooled),
            sqlite_autoincrement=True,
        )
        for one in self.fields:
            if one.index:
                # Where most link to nothing, an index of the empty ones too is taken for a bad one.
                there = made.c[one.name].is_not(None) if isinstance(one, LinkField) else None
                Index(None, made.c[one.name], made.c.id, sqlite_where=there, postgresql_where=there)
        for name in {name for key in self.keys if key.is_hard for name in key.fields}:
            Index(None, made.c[name])
        for name in ("updated_at", "created_at", "last_followed_at", "spelled"):
            Index(None, made.c[name], made.c.id)
        Index(None, made.c.owner_id, made.c.updated_at)
        Index(None, made.c.department_id)
        if self.pooled:
            unowned = made.c.owner_id.is_(None)
            Index(None, made.c.pool_id, made.c.updated_at, sqlite_where=unowned, postgresql_where=unowned)
            Index(None, made.c.pool_id)
        if self.stages:
            Index(None, made.c.stage, made.c.id)
        # For who reads by relation alone: each of them is looked up, instead of walking the whole list.
        Index(None, made.c.created_by)
        away = made.c.merged_into.is_not(None)
        Index(None, made.c.merged_into, sqlite_where=away, postgresql_where=away)
        word_index.declare(made)
        object.__setattr__(self, "table", made)
        lines = {one.name: self._lines(one) for one in self.fields if isinstance(one, LinesField)}
        object.__setattr__(self, "line_tables", lines)

    def _filled_in(self) -> list[str]:
        """Fields that are people's, the registry's or the lines' to fill in, and those by which records are recognised."""
        recognised = [name for key in self.keys for name in key.fields]
        totals = [one.total for one in self.fields if isinstance(one, LinesField)]
        return [self.title, self.registry, *(name for _, name in self.fills), *recognised, *totals]

    def _lines(self, field: LinesField) -> Table:
        """The table of a field of lines."""
        return Table(
            f"{self.kind}_{field.name}",
            self.metadata,
            Column("record_id", Id, ForeignKey(f"{self.kind}.id"), primary_key=True),
            Column("position", Integer(), primary_key=True, autoincrement=False),
            *field.own_columns(),
        )

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The declared fields, then those of every kind."""
        return {one.name: one for one in (*self.fields, *self.system_fields)}

    @cached_property
    def system_fields(self) -> tuple[Field, ...]:
        """Those of every kind, and the stage of a kind that has some."""
        stage = (stage_field(self.stages),) if self.stages else ()
        some = ((CLOCK, self.followed_up), (POOL, self.pooled))
        return (*stage, *SYSTEM_FIELDS, *(field for field, has in some if has))

    @property
    def entity(self) -> str:
        """As which its records are told of in events."""
        return f"record/{self.kind}"

    def number_of(self, record_id: int) -> str:
        """How people name a record of this kind: `K-000099`."""
        return f"{self.prefix}-{record_id:06d}"

    @property
    def tree(self) -> LinkField | None:
        """The link that hangs a record below another of its kind."""
        links = [one for one in self.fields if isinstance(one, LinkField) and one.is_tree]
        return links[0] if links else None

    @property
    def parent(self) -> LinkField | None:
        found = self.by_name.get(self.follows)
        return found if isinstance(found, LinkField) else None


Kinds = dict[str, RecordType]


def kinds_of(modules: Sequence[Module]) -> Kinds:
    """What is declared, by kind."""
    return {one.kind: one for one in every(modules, RecordType)}


def kind_named(kinds: Kinds, name: str) -> RecordType:
    """Raises `NotFound`."""
    found = kinds.get(name)
    if found is None:
        raise NotFound()
    return found
