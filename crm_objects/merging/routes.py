"""The routes of merging two records, and of undoing it."""

import msgspec

from crm_objects.engine.policies import MAY_MERGE, MAY_READ
from crm_objects.engine.present import RecordItem
from crm_objects.merging import merging, preview, undoing
from crm_objects.merging.choosing import Side
from crm_objects.merging.preview import MergedView, MergePreview
from crm_objects.standing import desk_for
from server.api.inputs import EntityId
from server.api.route import Items, Nothing, Read, Write, get, put


class OtherQuery(msgspec.Struct, forbid_unknown_fields=True):
    other: EntityId | None = None


class MergeInput(msgspec.Struct, forbid_unknown_fields=True):
    """`other` is merged into this one. The versions are those that I looked at; `fields` says whose value stays, `mine` this one's."""

    other: EntityId
    version: EntityId
    other_version: EntityId
    fields: dict[str, Side] = {}


class UnmergeInput(msgspec.Struct, forbid_unknown_fields=True):
    other: EntityId


def show_merge(call: Read[None, OtherQuery]) -> MergePreview:
    """Where the two differ, as far as I see it in clear on both, and what would move."""
    return preview.preview(desk_for(call), call.id(), call.query.other)


def merge(call: Write[MergeInput, Nothing]) -> RecordItem:
    """Another record is this one: it is merged into it, and can be taken out again for seven days."""
    body = call.body
    versions = (body.version, body.other_version)
    return merging.merge(call.work, desk_for(call), call.id(), body.other, versions, body.fields)


def unmerge(call: Write[UnmergeInput, Nothing]) -> RecordItem:
    """They were two after all: the other is a record again."""
    return undoing.undo(call.work, desk_for(call), call.id(), call.body.other)


def list_merges(call: Read[None, Nothing]) -> Items[MergedView]:
    """What was merged into this record and can still be taken out again."""
    return preview.listed(desk_for(call), call.company, call.id())


_ONE = "/api/records/{kind:str}/{id:int}"
ROUTES = [
    get(f"{_ONE}/merge", MAY_MERGE, show_merge, output=MergePreview, query=OtherQuery),
    put(f"{_ONE}/merge", MAY_MERGE, merge, output=RecordItem, body=MergeInput),
    put(f"{_ONE}/unmerge", MAY_MERGE, unmerge, output=RecordItem, body=UnmergeInput),
    get(f"{_ONE}/merges", MAY_READ, list_merges, output=Items[MergedView]),
]
