"""Typed bodies of tasks."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from feed.inputs import AudienceInput
from server.api.inputs import EntityId, Line, Prose

MOST_PEOPLE, MOST_ITEMS, MOST_ITEM_TEXT = 50, 50, 200


class TaskInput(msgspec.Struct, forbid_unknown_fields=True):
    """`people` are to do it, and are among those who see it; `items` is a list to tick off."""

    people: Annotated[list[EntityId], Meta(max_length=MOST_PEOPLE)]
    due_at: datetime | None = None
    items: Annotated[list[Line], Meta(max_length=MOST_ITEMS)] = []


class TaskItemInput(msgspec.Struct, forbid_unknown_fields=True):
    """A line that is there keeps its number, and whether it was ticked off; without one it is new."""

    text: Line
    number: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class TaskChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    people: Annotated[list[EntityId], Meta(max_length=MOST_PEOPLE)] | None = None
    due_at: datetime | msgspec.UnsetType | None = msgspec.UNSET
    items: Annotated[list[TaskItemInput], Meta(max_length=MOST_ITEMS)] | None = None


class SourcedTask(TaskInput, forbid_unknown_fields=True):
    """`text` left out: what its source is called; `audience` left out: those who are to do it."""

    text: Prose = ""
    audience: AudienceInput | None = None


class ProgressInput(msgspec.Struct, forbid_unknown_fields=True):
    state: Literal["open", "done"]
