"""Typed bodies of tasks."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line

MOST_PEOPLE, MOST_ITEMS, MOST_ITEM_TEXT = 50, 50, 200


class TaskInput(msgspec.Struct, forbid_unknown_fields=True):
    """`people` are to do it, and are among those who see it; `items` is a list to tick off."""

    people: Annotated[list[EntityId], Meta(max_length=MOST_PEOPLE)]
    due_at: datetime | None = None
    items: Annotated[list[Line], Meta(max_length=MOST_ITEMS)] = []


class ProgressInput(msgspec.Struct, forbid_unknown_fields=True):
    state: Literal["open", "done"]
