"""The stages of a kind: in their order, with what a record must have before it enters one."""

from dataclasses import dataclass, field
from typing import Literal

from crm_objects.engine.fields import Choice, ChoiceField
from crm_objects.engine.words import Words, words

End = Literal["", "won", "lost"]
FIELD = "stage"


@dataclass(frozen=True, eq=False, kw_only=True)
class Stage:
    """`probability` in percent. `end`: the record is won or lost with it. Guards: `required` fields are filled in, the actor holds
    `capability`, a reason is given."""

    code: str
    words: Words
    tone: str = "gray"
    probability: int | None = None
    end: End = ""
    required: tuple[str, ...] = ()
    capability: str = ""
    needs_reason: bool = False


@dataclass(frozen=True, eq=False)
class StageField(ChoiceField):
    """Where a record stands in its pipeline; never empty, changed by its own act alone."""

    operators = ("in", "not_in")
    can_sort = False
    stages: tuple[Stage, ...] = field(default=(), kw_only=True)


def stage_field(stages: tuple[Stage, ...]) -> StageField:
    options = tuple(Choice(code=one.code, words=one.words, tone=one.tone) for one in stages)
    return StageField(FIELD, words("阶段", "Stage"), system=True, options=options, stages=stages)
