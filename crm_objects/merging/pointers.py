"""Everything that names a record says what becomes of it when the record is merged into another, in one line each; a test refuses a column
that can name a record and says nothing (tests/crm_objects/test_pointers.py).

A domain that has such a column adds a `Pointer` to its `module.py`. Links of kinds (`LinkField`) need none: they are always moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Table

from server.db.base import Base
from server.kit.module import Module, every

How = Literal["moved", "united", "by_hand", "stays", "resolved"]


@dataclass(frozen=True)
class Pointer:
    """`at` is `table.column`; the record's kind stands in the table's `kind`.

    `moved`: its rows, which have an `id`, name the survivor from then on; undoing brings back those that did.
    `united`: the same, but one of whom the survivor has one already stays; `by` is the column of who or what it is about.
    `by_hand`: `carrying.py` moves it.
    `stays`: it goes on naming what it named, because nobody reads it by that id, or undoing wants it there.
    `resolved`: read through what the record was merged into (`engine/merged.py`).
    """

    at: str
    how: How
    by: str = ""

    @property
    def table(self) -> Table:
        return Base.metadata.tables[self.at.partition(".")[0]]

    @property
    def column(self) -> str:
        return self.at.partition(".")[2]


POINTERS = (
    Pointer("record_history.record_id", "moved"),
    Pointer("record_followup.record_id", "moved"),
    Pointer("record_call.record_id", "moved"),
    Pointer("record_star.record_id", "united", by="person_id"),
    Pointer(
        "record_team.record_id", "by_hand"
    ),  # the stronger place wins, nobody is on the team of their own
    Pointer("record_share.record_id", "by_hand"),  # the longer one wins
    Pointer("access_request.record_id", "by_hand"),  # one open question of each
    Pointer("record_registration.record_id", "by_hand"),  # the survivor's own, else the other's
    Pointer("record_relation.from_id", "by_hand"),
    Pointer("record_relation.to_id", "by_hand"),
    Pointer("identity_key.record_id", "by_hand"),  # the survivor is recognised by what it has
    Pointer("duplicate_verdict.record_id", "moved"),
    Pointer("duplicate_verdict.other_id", "resolved"),
    Pointer("record_file.record_id", "by_hand"),  # with the field that they hang on
    Pointer("record_snapshot.record_id", "stays"),  # of versions of that record
    Pointer("custom_value.record_id", "stays"),  # follows the fields that were chosen
    Pointer("record_bulk.records", "stays"),  # refused one by one
    Pointer("record_merge.record_id", "stays"),
    Pointer("record_merge.other_id", "stays"),
    Pointer("record_merge_row.row_id", "stays"),
    Pointer("record_view.filter", "resolved"),
    Pointer("post.details", "resolved"),  # what a sales record is about
    Pointer("post_version.details", "resolved"),
    Pointer("audit_entry.details", "stays"),
    Pointer("post.cards", "resolved"),
    Pointer("post_version.cards", "resolved"),
    Pointer("message.cards", "resolved"),
    Pointer("comment.cards", "resolved"),
    Pointer("comment_version.cards", "resolved"),
    Pointer("link.source_id", "resolved"),
    Pointer("link.target_id", "resolved"),
    Pointer("notice.about_id", "resolved"),
    Pointer("notice.within_id", "resolved"),
    Pointer("reminder.about_id", "resolved"),
    Pointer("idempotency_key.ref_id", "resolved"),
    Pointer("search_entry.thing_id", "stays"),  # records are found by their own words
    Pointer("audit_entry.object_id", "stays"),  # what was done is not rewritten
    Pointer("file_link.ref_id", "stays"),  # files hang on posts, messages and people
)


def pointers_of(modules: Sequence[Module]) -> list[Pointer]:
    return every(modules, Pointer)
