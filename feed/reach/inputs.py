"""What somebody is about to publish, as far as it decides who sees what."""

from typing import Annotated

import msgspec
from msgspec import Meta

from feed.inputs import AudienceInput
from server.api.inputs import EntityId
from server.cards.carrying import CardInputs

MOST_MENTIONED = 50


class ReachInput(msgspec.Struct, forbid_unknown_fields=True):
    """`people` and `departments` are mentioned in the text."""

    audience: AudienceInput
    people: Annotated[list[EntityId], Meta(max_length=MOST_MENTIONED)] = []
    departments: Annotated[list[EntityId], Meta(max_length=MOST_MENTIONED)] = []
    cards: CardInputs = []
