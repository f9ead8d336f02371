"""Which formulas a kind may declare: one that would not hold, or would tell what is masked, is refused when the declaration is loaded."""

from collections.abc import Sequence

from crm_objects.engine.days import DateField, TimeField
from crm_objects.engine.fields import ChoiceField, ChoicesField, Field, FlagField, TextField
from crm_objects.engine.formula import PROBABILITY, Formula
from crm_objects.engine.number_fields import NumberField
from crm_objects.engine.pipeline import FIELD, Stage

_INPUTS = (NumberField, DateField, TimeField, FlagField, ChoiceField, TextField)
_OPEN = "basic"


class BadFormula(ValueError):
    """A declaration that is refused."""


def checked(fields: Sequence[Field], stages: Sequence[Stage], filled_in: Sequence[str]) -> None:
    """`filled_in`: fields that somebody or something else fills in, so that none of them can follow from others. Raises `BadFormula`."""
    known: dict[str, Field] = {one.name: one for one in fields if one.formula is None}
    for one in fields:
        if one.formula is not None:
            _may_be_worked_out(one, filled_in)
            for name in one.formula.of:
                _may_be_input(one, name, known, stages)
            # From here on others may follow from it: in the order of the declaration there is no circle.
            known[one.name] = one
    for stage in stages:
        for one in fields:
            if one.formula is not None and one.name in stage.required:
                raise BadFormula(f"Stage {stage.code}: nobody can fill in {one.name}; ask for its inputs")


def _may_be_worked_out(field: Field, filled_in: Sequence[str]) -> None:
    formula = field.formula
    assert isinstance(formula, Formula)
    is_one = isinstance(field, NumberField | DateField) or field.type in ("text", "choice")
    if not is_one or isinstance(field, ChoicesField):
        raise BadFormula(f"{field.name}: a {field.type} is not worked out")
    if field.required or field.by_act or field.name in filled_in:
        raise BadFormula(f"{field.name} is filled in, so it cannot follow from others")
    if not formula.of:
        raise BadFormula(f"{field.name} follows from nothing")


def _may_be_input(field: Field, name: str, known: dict[str, Field], stages: Sequence[Stage]) -> None:
    """Whoever sees the result in clear has to see each input in clear: an input is open to every reader, or of the same class. No other
    two classes are seen by the same people."""
    if stages and name in (FIELD, PROBABILITY):
        return
    given = known.get(name)
    if given is None:
        raise BadFormula(f"{field.name}: there is no {name}, or it is declared after what follows from it")
    if not isinstance(given, _INPUTS):
        raise BadFormula(f"{field.name}: nothing follows from {name}, a {given.type}")
    if given.cls not in (_OPEN, field.cls):
        raise BadFormula(f"{field.name} ({field.cls}) would tell of {name} ({given.cls})")
