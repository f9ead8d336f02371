"""What somebody filled in: checked against what is asked, and put into the words that the post says."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from feed.log.present import FilledField, TemplateField
from server.kit.mentions import plain
from server.kit.problems import FieldError, Invalid
from server.kit.text import clean, excerpt

MAX_VALUE = 5_000
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


# As a template asks for it now, or as a log was asked then.
Asked = TemplateField | FilledField


def filled(
    asked: Sequence[Asked], values: Mapping[str, str], at: str = "details.values"
) -> list[FilledField]:
    """Every field with what was filled in. Raises `Invalid` naming each wrong one as `AT.KEY`, with its `title`."""
    errors: list[FieldError] = []
    found: list[FilledField] = []
    for one in asked:
        value, error = _checked(one, values.get(str(one.key), ""), f"{at}.{one.key}")
        if error is not None:
            errors.append(error)
        found.append(FilledField(one.key, one.title, one.type, one.required, one.choices, one.unit, value))
    if set(values) - {str(one.key) for one in asked}:
        errors.append(FieldError(at, "changed", "What is asked has changed; look at it again."))
    if errors:
        raise Invalid(errors[0].detail, errors=tuple(errors))
    return found


def words(fields: Sequence[FilledField], remark: str) -> str:
    """The whole log as text: what is searched, printed and kept of earlier versions."""
    parts = [_section(one) for one in fields if one.value]
    return "\n\n".join([*parts, *([remark] if remark.strip() else [])])


def summary(details: Mapping[str, Any]) -> str:
    """The beginning of what was filled in, in one line."""
    said = [one["value"] for one in details["fields"] if one["type"] == "text" and one["value"]]
    return excerpt(plain(" ".join([*said, details["remark"]])))


def _section(one: FilledField) -> str:
    if one.type == "text":
        return f"**{one.title}**\n\n{one.value}"
    return f"**{one.title}** {one.value}{f' {one.unit}' if one.unit else ''}"


def _checked(one: Asked, given: str, field: str) -> tuple[str, FieldError | None]:
    try:
        value = clean(given, field, limit=MAX_VALUE, required=one.required, single_line=one.type != "text")
    except Invalid as refusal:
        error = refusal.errors[0]
        return "", FieldError(field, error.code, error.detail, {**error.params, "title": one.title})
    if not value:
        return "", None
    if one.type == "number" and not _NUMBER.fullmatch(value):
        return "", FieldError(field, "number", "Write a number such as 12.5.", {"title": one.title})
    if one.type == "choice" and value not in one.choices:
        return "", FieldError(field, "choice", "Choose one of what is offered.", {"title": one.title})
    return value, None
