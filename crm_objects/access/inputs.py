"""Typed bodies of sharing, asking and deciding."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from feed.inputs import AudienceInput
from server.api.inputs import EntityId, Line

MOST_PEOPLE = 500
Days = Annotated[int, Meta(ge=1, le=90)]
Choice = Literal["day", "month", "team", "refused"]


class ShareInput(msgspec.Struct, forbid_unknown_fields=True):
    """With whom, in one of three ways: `people`; whoever of a post's `audience` may not read it; whoever of a `conversation` may not."""

    days: Days
    people: Annotated[list[EntityId], Meta(max_length=MOST_PEOPLE)] = []
    audience: AudienceInput | None = None
    conversation: EntityId | None = None


class DecisionInput(msgspec.Struct, forbid_unknown_fields=True):
    """`reason` goes with `refused`."""

    choice: Choice
    reason: Line = ""
