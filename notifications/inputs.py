"""The bodies of notices and reminders."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line


class AboutInput(msgspec.Struct, forbid_unknown_fields=True):
    kind: Line
    id: EntityId


class ReadInput(msgspec.Struct, forbid_unknown_fields=True):
    up_to: EntityId


class WhenInput(msgspec.Struct, forbid_unknown_fields=True):
    """A reminder of a thing that the path names. Without people oneself."""

    at: datetime
    people: Annotated[list[EntityId], Meta(max_length=1_000)] = []
    note: Line = ""


class ReminderInput(WhenInput, forbid_unknown_fields=True, kw_only=True):
    about: AboutInput


class MoveInput(msgspec.Struct, forbid_unknown_fields=True):
    at: datetime
