"""Typed bodies and queries of the feed."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from feed.poll.inputs import PollInput
from feed.questions import AnswerInput, Question
from feed.table.inputs import TableInput
from server.api.inputs import EntityId, Line, Prose
from server.api.paging import Page
from server.cards.carrying import CardInputs
from server.files.inputs import FileIds

Ids = Annotated[list[EntityId], Meta(max_length=1_000)]


class AudienceInput(msgspec.Struct, forbid_unknown_fields=True):
    everyone: bool = False
    departments: Ids = []
    people: Ids = []


class PostMentionsInput(msgspec.Struct, forbid_unknown_fields=True):
    """May be left out: the text is the truth."""

    people: Ids = []
    departments: Ids = []


class ReceiptsInput(msgspec.Struct, forbid_unknown_fields=True):
    """Who must confirm, by when. A subset of the audience. `by_deputy`: what a deputy confirms for them counts. `question`: what is
    answered with it (N7). `bound`: who joins those named later is asked too, who leaves them is released (N6). `ladder`: who has not
    confirmed in time is nudged, then their deputy or manager is told (N5); it needs a due time."""

    everyone: bool = False
    departments: Ids = []
    people: Ids = []
    due_at: datetime | None = None
    by_deputy: bool = False
    question: Question | None = None
    bound: bool = False
    ladder: bool = False


class NewPost(msgspec.Struct, forbid_unknown_fields=True):
    """`title` and `details` as the kind wants them (`feed/kinds.py`); `poll` and `table` where it takes them. `urgent`: people are told of
    it in their quiet hours too."""

    kind: Line
    text: Prose
    audience: AudienceInput
    mentions: PostMentionsInput | None = None
    receipts: ReceiptsInput | None = None
    files: FileIds = []
    cards: CardInputs = []
    title: Line = ""
    details: dict[str, Any] | None = None
    poll: PollInput | None = None
    table: TableInput | None = None
    urgent: bool = False


class ChangedPost(msgspec.Struct, forbid_unknown_fields=True):
    """`version` is the one that was changed; what is left out stays as it is. `confirm_again`: who had confirmed is asked anew (N4). `poll`
    can be changed while nobody has voted. `files` and `cards` are all that it carries from now on, those it has already too; `audience`
    all to whom it is addressed; `details` what its kind lets change. `release`: of whom something is still asked and who will not see it
    any more, nothing is asked any more."""

    version: EntityId
    text: Prose
    confirm_again: bool = False
    title: Line | None = None
    poll: PollInput | None = None
    files: FileIds | None = None
    cards: CardInputs | None = None
    audience: AudienceInput | None = None
    release: bool = False
    details: dict[str, Any] | None = None


class VersionSeen(msgspec.Struct, forbid_unknown_fields=True):
    version: EntityId


class GivenReceipt(VersionSeen, forbid_unknown_fields=True):
    """`answer` where the receipt asks a question."""

    answer: AnswerInput | None = None


class TimelinePage(Page, forbid_unknown_fields=True):
    """`department`: addressed to it by name; `person`: written by them; `topic`: naming it, under whatever name
    it had; `record`: carrying the card of that thing, or its address in the text (`customer-99`); `hidden`: what I
    hid, which nothing else shows. All that is given must hold."""

    filter: Literal["mine", "mentions", "followed", "favourites", "hidden"] | None = None
    kind: Line | None = None
    department: EntityId | None = None
    person: EntityId | None = None
    topic: Line | None = None
    record: Annotated[str, Meta(pattern=r"^[a-z_]{1,20}-[1-9][0-9]{0,14}$(?!\n)")] | None = None


class SheetQuery(msgspec.Struct, forbid_unknown_fields=True):
    language: Literal["zh-Hans", "en"] = "zh-Hans"


class ReceiptPage(msgspec.Struct, forbid_unknown_fields=True):
    """`column` left out: all rows, withdrawn and left too."""

    column: Literal["unread", "read", "confirmed"] | None = None
    limit: int | None = None
    cursor: Line = ""
