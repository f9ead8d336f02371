"""What a receipt may ask besides «received», and what is answered to it (N7): a choice, a number, a file."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line
from server.files.present import FileView
from server.kit.problems import Invalid, invalid
from server.kit.text import clean

MAX_ASKED, MAX_CHOICE, MAX_UNIT = 200, 100, 20
LARGEST = 1e12

Choices = Annotated[list[Line], Meta(min_length=2, max_length=20)]
Chosen = Annotated[list[Annotated[int, Meta(ge=0, lt=20)]], Meta(min_length=1, max_length=20)]


class ChoiceQuestion(msgspec.Struct, frozen=True, tag="choice", tag_field="type", forbid_unknown_fields=True):
    """One of the choices, or with `several` any number of them but none."""

    text: Line
    choices: Choices
    several: bool = False


class NumberQuestion(msgspec.Struct, frozen=True, tag="number", tag_field="type", forbid_unknown_fields=True):
    """A number within ±10¹²; `unit` stands behind it."""

    text: Line
    unit: Line = ""


class FileQuestion(msgspec.Struct, frozen=True, tag="file", tag_field="type", forbid_unknown_fields=True):
    """One file."""

    text: Line


Question = ChoiceQuestion | NumberQuestion | FileQuestion


class ChoiceAnswer(msgspec.Struct, frozen=True, tag="choice", tag_field="type", forbid_unknown_fields=True):
    """Places in the question's `choices`, from 0, rising."""

    chosen: Chosen


class NumberAnswer(msgspec.Struct, frozen=True, tag="number", tag_field="type", forbid_unknown_fields=True):
    value: Annotated[float, Meta(ge=-LARGEST, le=LARGEST)]


class FileInput(msgspec.Struct, frozen=True, tag="file", tag_field="type", forbid_unknown_fields=True):
    """An upload of the answering person's own."""

    file: EntityId


class FileAnswer(msgspec.Struct, frozen=True, tag="file", tag_field="type"):
    file: FileView


AnswerInput = ChoiceAnswer | NumberAnswer | FileInput
Answer = ChoiceAnswer | NumberAnswer | FileAnswer

_question: msgspec.json.Decoder[Question] = msgspec.json.Decoder(Question)
_answer: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


def known(question: Question | None) -> Question | None:
    """The question as it is kept. Raises `Invalid` on `receipts.question.…`."""
    if question is None:
        return None
    text = clean(question.text, "receipts.question.text", limit=MAX_ASKED, required=True)
    if isinstance(question, ChoiceQuestion):
        field = "receipts.question.choices"
        choices = [clean(one, field, limit=MAX_CHOICE, required=True) for one in question.choices]
        if len(set(choices)) < len(choices):
            raise invalid(field, "twice", "Each choice stands there once.")
        return ChoiceQuestion(text, choices, question.several)
    if isinstance(question, NumberQuestion):
        return NumberQuestion(text, clean(question.unit, "receipts.question.unit", limit=MAX_UNIT))
    return FileQuestion(text)


def stored(thing: Question | Answer | None) -> str:
    return msgspec.json.encode(thing).decode() if thing is not None else ""


def question_of(text: str) -> Question | None:
    """From a row of `receipt_ask`."""
    return _question.decode(text) if text else None


def answer_of(text: str | None) -> Answer | None:
    """From a row of `receipt_answer`, or of none."""
    return _answer.decode(text) if text else None


def refusal(question: Question | None, answer: AnswerInput | None) -> Invalid | None:
    """What is wrong with this answer to this question; the file itself is looked at when it is taken."""
    if question is None:
        return None if answer is None else invalid("answer", "nothing_asked", "No answer is asked for.")
    if answer is None:
        return invalid("answer", "required", "This receipt asks for an answer.", question=_asked(question))
    if isinstance(question, ChoiceQuestion) and isinstance(answer, ChoiceAnswer):
        return _wrong_choice(question, answer.chosen)
    matches = isinstance(question, NumberQuestion) and isinstance(answer, NumberAnswer)
    if matches or (isinstance(question, FileQuestion) and isinstance(answer, FileInput)):
        return None
    return invalid(
        "answer", "kind", "The question asks for another kind of answer.", question=_asked(question)
    )


def _wrong_choice(question: ChoiceQuestion, chosen: Sequence[int]) -> Invalid | None:
    if max(chosen) >= len(question.choices):
        last = len(question.choices) - 1
        return invalid("answer.chosen", "range", f"The last choice is {last}.", maximum=last)
    if list(chosen) != sorted(set(chosen)):
        return invalid("answer.chosen", "twice", "Each choice once, in their order.")
    if len(chosen) > 1 and not question.several:
        return invalid("answer.chosen", "too_many", "Only one of the choices.", limit=1)
    return None


def _asked(question: Question) -> Any:
    return msgspec.to_builtins(question)
