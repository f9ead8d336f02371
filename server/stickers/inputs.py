"""Typed bodies of stickers."""

from typing import Annotated

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line


class NewSticker(msgspec.Struct, forbid_unknown_fields=True):
    """`file`: a picture of one's own that was uploaded, at most 512 × 512 pixels."""

    name: Line
    file: EntityId


class RenamedSticker(msgspec.Struct, forbid_unknown_fields=True):
    version: EntityId
    name: Line


class StickerOrder(msgspec.Struct, forbid_unknown_fields=True):
    """These first, in this order; the others behind them as they were."""

    stickers: Annotated[list[EntityId], Meta(max_length=1_000)]
