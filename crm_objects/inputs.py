"""Typed bodies and queries of records. Which fields there are is the kind's declaration, asked when they are filled in."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from crm_objects.duplicates.verdicts import DuplicateAnswers
from crm_objects.engine.followups import Sort
from crm_objects.engine.holding import Wanted
from crm_objects.engine.owning import Kept as KeptPlace
from crm_objects.engine.revealing import Reason
from crm_objects.engine.team import Access, Role
from crm_objects.engine.views import Kept
from server.api.inputs import EntityId, Line, Prose
from server.api.paging import Page

FilterText = Annotated[str, Meta(max_length=4_000)]


class RecordQuery(Page, forbid_unknown_fields=True):
    """`filter` is a JSON list, see docs/records.md."""

    view: Line = ""
    filter: FilterText = ""
    sort: Line = ""
    q: Line = ""


class NewRecord(msgspec.Struct, forbid_unknown_fields=True):
    """`owner` null: it lies in `pool`. `pool` with an owner: its home; null: none. `duplicates`: what was said of what is like it."""

    fields: dict[str, Any]
    owner: EntityId | UnsetType | None = UNSET
    pool: EntityId | UnsetType | None = UNSET
    duplicates: DuplicateAnswers = []

    def holding(self) -> Wanted:
        return Wanted(self.owner, self.pool)


class RecordChange(msgspec.Struct, forbid_unknown_fields=True):
    version: EntityId
    fields: dict[str, Any]
    duplicates: DuplicateAnswers = []


class NewOwner(msgspec.Struct, forbid_unknown_fields=True):
    """`from_pool`: only while nobody owns it and it lies there."""

    owner: EntityId
    reason: Line = ""
    keep: KeptPlace = "none"
    from_pool: EntityId | None = None


class TeamPlace(msgspec.Struct, forbid_unknown_fields=True):
    role: Role
    access: Access


class VoidReason(msgspec.Struct, forbid_unknown_fields=True):
    """`reason` may be empty, but is said: an empty body voids nothing."""

    reason: Line


class StageMove(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: over which one moves it; without it, over whatever is there."""

    stage: Line
    version: EntityId | None = None
    reason: Line = ""


class StateChange(msgspec.Struct, forbid_unknown_fields=True):
    value: Line
    reason: Line
    version: EntityId | None = None


class LockInput(msgspec.Struct, forbid_unknown_fields=True):
    """`subordinate`: what follows it too, a customer's contacts."""

    subordinate: bool


class NewFollowup(msgspec.Struct, forbid_unknown_fields=True):
    sort: Sort
    text: Prose


class RevealInput(msgspec.Struct, forbid_unknown_fields=True):
    field: Line
    reason: Reason
    text: Line = ""


class KeptView(msgspec.Struct, forbid_unknown_fields=True):
    """A list to keep; `filter` as in lists, but as JSON itself."""

    name: Line
    base: Line = ""
    filter: list[Any] = []
    sort: Line = ""
    columns: list[Line] = []

    def asked(self) -> Kept:
        return Kept(self.name, self.base, self.filter, self.sort, list(self.columns))


class ViewOrder(msgspec.Struct, forbid_unknown_fields=True):
    ids: Annotated[list[EntityId], Meta(max_length=100)]


class Columns(msgspec.Struct, forbid_unknown_fields=True):
    """None: as they are declared."""

    columns: Annotated[list[Line], Meta(max_length=100)]


class TotalsQuery(msgspec.Struct, forbid_unknown_fields=True):
    """A list, and the names of the fields to sum up, by comma; none: all that can be."""

    view: Line = ""
    filter: FilterText = ""
    q: Line = ""
    fields: FilterText = ""


class FieldsQuery(msgspec.Struct, forbid_unknown_fields=True):
    kind: Line = ""
