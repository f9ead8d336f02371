"""Typed bodies and queries of files, and the list of files that a post or a message brings."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import MAX_ID, EntityId, Line

MOST_FILES = 20
FileIds = Annotated[list[EntityId], Meta(max_length=MOST_FILES)]
# As it was sent; `names.py` makes it harmless.
FileName = Annotated[str, Meta(max_length=1_000, pattern=r"^[^\x00]*$")]
Sha256 = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)", max_length=64)]


class NewFile(msgspec.Struct, forbid_unknown_fields=True):
    """`size` in bytes. `type` is what the browser takes it for; nobody believes it."""

    name: FileName
    size: Annotated[int, Meta(ge=0, le=MAX_ID)]
    type: Line = ""


class Completion(msgspec.Struct, forbid_unknown_fields=True):
    """`sha256` in hex of what was sent, where the client could work it out."""

    sha256: Sha256 = ""


class WhichSize(msgspec.Struct, forbid_unknown_fields=True):
    """`download`: to be saved, not shown."""

    size: Literal["thumb", "large", "full"] = "full"
    download: bool = False
