"""Fields that follow from others: worked out in the act that changes one of their inputs, whichever act that is, and stored as any other,
so that lists, boards, masks, histories and cards need to know nothing of it."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm_objects.engine import numbers
from crm_objects.engine.days import DateField
from crm_objects.engine.fields import ChoicesField, Field
from crm_objects.engine.formula import PROBABILITY
from crm_objects.engine.line_fields import LinesField
from crm_objects.engine.number_fields import NumberField
from crm_objects.engine.pipeline import FIELD
from crm_objects.engine.record_type import RecordType
from crm_objects.engine.wrong import Wrong
from server.kit.problems import FieldError, Invalid

_UNIT = 10**numbers.SCALE
Sees = Callable[[Field], bool]


def has_formulas(kind: RecordType) -> bool:
    return any(one.formula for one in kind.fields)


def inputs_of(field: Field) -> list[str]:
    """The fields that this one follows from, by name; also `stage`."""
    return list(dict.fromkeys(map(_column, field.formula.of if field.formula else ())))


def following(
    kind: RecordType, now: Mapping[str, Any], changed: Collection[str], sees: Sees, paths: Mapping[str, str]
) -> dict[str, Any]:
    """What follows from a change, as stored values, where it is another than before. `now`: every stored value with the changed ones, and
    `stage`; `changed`: the names among them; `paths`: name → as what the actor gave it.

    Raises `Invalid` on what the actor gave where nothing follows from it; where the actor does not see the result (`sees`), and so perhaps
    not all that it follows from, it is empty instead: a refusal would tell of what is hidden.
    """
    values, moved = dict(now), set(changed)
    found: dict[str, Any] = {}
    for field in kind.fields:
        if moved.isdisjoint(inputs_of(field)):
            continue
        try:
            value = worked_out(kind, field, values)
        except Wrong as refusal:
            if sees(field):
                raise _refused(kind, field, refusal, paths) from refusal
            value = None
        if value != values[field.name]:
            values[field.name] = found[field.name] = value
            moved.add(field.name)
    return found


def all_of(kind: RecordType, now: Mapping[str, Any]) -> dict[str, Any]:
    """Every field that follows from others, in order; empty where there is no result."""
    values = dict(now)
    found: dict[str, Any] = {}
    for field in kind.fields:
        if field.formula is not None:
            try:
                value = worked_out(kind, field, values)
            except Wrong:
                value = None
            values[field.name] = found[field.name] = value
    return found


def worked_out(kind: RecordType, field: Field, stored: Mapping[str, Any]) -> Any:
    """The stored value of one field that has a formula. Raises `Wrong`."""
    formula = field.formula
    assert formula is not None
    given = [_given(kind, name, stored) for name in formula.of]
    if not formula.takes_empty and None in given:
        return None
    try:
        result = formula.by(*given)
    except (ArithmeticError, ValueError) as none:
        raise Wrong("range", "There is no result.") from none
    return None if result is None else _stored(field, result)


def _column(name: str) -> str:
    return FIELD if name == PROBABILITY else name


def _given(kind: RecordType, name: str, stored: Mapping[str, Any]) -> Any:
    """As the formula sees it."""
    value = stored[_column(name)]
    if name == PROBABILITY:
        likely = {one.code: one.probability for one in kind.stages}.get(value)
        return None if likely is None else Fraction(likely)
    field = kind.by_name[name]
    if isinstance(field, ChoicesField):
        return field.shown(value)
    if value is None:
        return None
    if isinstance(field, NumberField):
        return Fraction(value, _UNIT)
    return bool(value) if field.type == "flag" else value


def _stored(field: Field, result: Any) -> Any:
    """Raises `Wrong` for what the field cannot hold."""
    if isinstance(field, NumberField):
        return _rounded(field, result)
    if isinstance(field, DateField):
        if not isinstance(result, date) or isinstance(result, datetime):
            raise TypeError(f"{field.name}: a formula of a day answers a date, not {result!r}")
        return field.parse(result.isoformat())
    return field.parse(result)


def _rounded(field: NumberField, result: Any) -> int:
    """Half up, away from nothing, as the amounts of lines are."""
    if isinstance(result, bool) or not isinstance(result, int | Fraction | Decimal):
        raise TypeError(f"{field.name}: a formula answers exact numbers, not {result!r}")
    exact = Fraction(result) * 10**field.decimals
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    number: int = whole * 10 ** (numbers.SCALE - field.decimals)
    if number >= numbers.MOST * _UNIT or (exact < 0 and number and not field.negative):
        raise Wrong("range", "It would be too large, or below nothing.", maximum=numbers.MOST)
    return -number if exact < 0 else number


def _refused(kind: RecordType, field: Field, why: Wrong, paths: Mapping[str, str]) -> Invalid:
    """On everything that the actor gave and the field follows from; on the field itself where that is nothing."""
    roots = _roots(kind, field)
    named = [path for name, path in paths.items() if name in roots] or [f"fields.{field.name}"]
    detail = f"With this, «{field.words['en']}» cannot be worked out. {why.detail}"
    params = {"field": field.name, "name": field.words}
    errors = [FieldError(one, "not_worked_out", detail, params) for one in named]
    return Invalid(detail, errors=tuple(errors))


def _roots(kind: RecordType, field: Field) -> set[str]:
    """All that it follows from, however far; of a sum also the lines."""
    found: set[str] = set()
    for name in inputs_of(field):
        found.add(name)
        if name != FIELD:
            found |= _roots(kind, kind.by_name[name])
    lines = [one for one in kind.fields if isinstance(one, LinesField)]
    return found | {one.name for one in lines if one.total in found}
