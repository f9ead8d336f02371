"""Who will see a post, and what of it not, before it is published (N2)."""

import msgspec

from server.events.envelope import Change


class DepartmentOutside(msgspec.Struct, frozen=True):
    """A mentioned department, of whose people so many will not see the post."""

    id: int
    outside: int


class ClassReach(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """Of those who will see the card `people` do not see its fields of this class in clear."""

    cls: str
    people: int


class CardReach(msgspec.Struct, frozen=True):
    """Of those who will see the post `blind` will see only the stub of this card, `people` are the first of them. Null: this cannot be
    said, or is not the author's to know. `partly`: what of the card others will miss. `may_grant`: the author may let them see it."""

    kind: str
    id: int
    blind: int | None
    people: list[int]
    partly: list[ClassReach] = []
    may_grant: bool = False


class Reach(msgspec.Struct):
    """`readers`: how many will see the post, without its author. `people`: the mentioned who will not, `departments`: those of which some
    will not. `also`: the persons named."""

    readers: int
    people: list[int]
    departments: list[DepartmentOutside]
    cards: list[CardReach]
    also: list[Change]
