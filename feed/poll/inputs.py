"""Typed bodies and queries of votes."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line
from server.api.paging import Page

FEWEST, MOST, MOST_TEXT = 2, 20, 100

Options = Annotated[list[Line], Meta(min_length=FEWEST, max_length=MOST)]
Place = Annotated[int, Meta(ge=0, lt=MOST)]
Chosen = Annotated[list[Place], Meta(min_length=1, max_length=MOST)]


class PollInput(msgspec.Struct, forbid_unknown_fields=True):
    """`several`: any number of the options, else one. `anonymous` holds for ever. `closes_at` left out: until its author closes it."""

    options: Options
    several: bool = False
    anonymous: bool = False
    closes_at: datetime | None = None


class VoteInput(msgspec.Struct, forbid_unknown_fields=True):
    """`version` of the post that was shown; `chosen` are places in its options, from 0, rising."""

    version: EntityId
    chosen: Chosen


class VotersPage(Page, forbid_unknown_fields=True):
    """Who chose the option at this place."""

    option: Place = 0
