"""A field that follows from others of its record, by a declaration (issue 7, «computed»). Kept by `working_out.py`, held to its rules by
`formula_rules.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# What a stage is worth in percent, as an input; nothing where it says none.
PROBABILITY = "stage.probability"


@dataclass(frozen=True, eq=False, kw_only=True)
class Formula:
    """`by` is called with the values of the fields that `of` names, in this order: numbers, money and percents as exact `Fraction`s of
    their unit (60 is 60 %), days as `date`, moments as `datetime`, a flag as `bool`, a choice as its code, several as a list of codes,
    texts as `str`. Besides fields of the kind: `stage` (its code) and `stage.probability`.

    Pure: the same inputs give the same result, today and in a year. It answers an `int`, `Fraction` or `Decimal`, rounded half up to the
    field's decimals; a `date`; a code; a text; None is empty. Where an input is empty it is not asked, and the field is empty, unless
    `takes_empty`. `ArithmeticError` and `ValueError` say that there is no result.

    `version` is counted up when `by` says something else than before: what was stored is worked out again (`reworking.py`)."""

    of: tuple[str, ...]
    by: Callable[..., Any]
    version: int = 1
    takes_empty: bool = False
