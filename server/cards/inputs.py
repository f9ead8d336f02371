"""Typed bodies of cards."""

from typing import Annotated

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line


class RefInput(msgspec.Struct, forbid_unknown_fields=True):
    kind: Line
    id: EntityId


class RefsInput(msgspec.Struct, forbid_unknown_fields=True):
    refs: Annotated[list[RefInput], Meta(max_length=100)]
