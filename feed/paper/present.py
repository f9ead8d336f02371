"""A post on paper: everything that one reader may see of it, in one answer that needs nothing beside it."""

from datetime import datetime
from typing import Literal

import msgspec

from feed.kinds import PaperRow
from feed.poll.present import PollTally
from feed.present import PostVersionView, PostView, ReceiptRow, TallyView
from feed.table.present import TableRowView
from server.cards.cards import CardView

Names = Literal["all", "below", "none"]


class PaperPerson(msgspec.Struct, frozen=True):
    """A person as named when the paper was made; `departments` are paths."""

    id: int
    name: str
    staff_number: str
    departments: list[str]


class PaperDepartment(msgspec.Struct, frozen=True):
    id: int
    path: str


class PaperFile(msgspec.Struct, frozen=True):
    """A file of the post, or of an earlier version (`until`: the last that carried it), by what is in it: SHA-256 in hex digits."""

    id: int
    name: str
    size: int
    sha256: str
    until: int | None = None


class EarlierRow(msgspec.Struct, frozen=True):
    """A receipt that was given on a version which the author then had confirmed again."""

    person_id: int
    confirmed: int
    done_at: datetime
    by_id: int | None


class PostPaper(msgspec.Struct, frozen=True):
    """`versions` from the first to the present one; `cards` as this reader sees the things now. Of the receipts `names` says which rows
    are here: all, those of the people below, none (then only counts, or null where not even these are the reader's to see).
    `rows` are those of its table. `people` and `departments` name every id in it; `seq` is the log number up to which it knows. `vote`:
    how a vote stands, or ended; `answers`: who is where with an instruction, by the same rule as receipts.
    """

    form: Literal["tenfour.post.1"]
    company: str
    made_at: datetime
    made_by: int
    seq: int
    post: PostView
    versions: list[PostVersionView]
    files: list[PaperFile]
    cards: list[CardView]
    names: Names | None
    counts: TallyView | None
    receipts: list[ReceiptRow]
    earlier: list[EarlierRow]
    people: list[PaperPerson]
    departments: list[PaperDepartment]
    rows: list[TableRowView] = []
    vote: PollTally | None = None
    answers: list[PaperRow] = []
