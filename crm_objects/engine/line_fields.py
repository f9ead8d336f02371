"""A field that is a table: lines with columns of their own, an amount computed in each and their sum on the record (W25 for the whole
field). Kept by `line_values.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Column

from crm_objects.engine import numbers
from crm_objects.engine.fields import Field
from crm_objects.engine.number_fields import MoneyField, NumberField, PercentField
from crm_objects.engine.wrong import Wrong

MOST_LINES = 200
AMOUNT = "amount"
_CENT = 10 ** (numbers.SCALE - 2)
Line = dict[str, Any]


@dataclass(frozen=True, eq=False)
class LinesField(Field):
    """`of`: the columns: texts, numbers, money, percents, choices, dates. `factors`: the numbers among them whose product is a line's
    amount, rounded half up to 0.01. `total`: the computed money field of the record that is their sum, of the same class.

    Stored as lines by column, with `amount`; in lists of records it is not read.
    """

    type = "lines"
    operators = ()
    can_sort = False
    of: tuple[Field, ...] = field(default=(), kw_only=True)
    factors: tuple[str, ...] = field(default=(), kw_only=True)
    total: str = field(default="", kw_only=True)

    def columns(self) -> list["Column[Any]"]:
        return []

    def own_columns(self) -> list["Column[Any]"]:
        """Of its own table."""
        found = [column for one in self.of for column in one.columns()]
        return [*found, Column(AMOUNT, BigInteger(), nullable=False)]

    def parse(self, value: Any) -> Any:
        if not isinstance(value, list) or len(value) > MOST_LINES:
            raise Wrong("type", f"A list of at most {MOST_LINES} lines.", limit=MOST_LINES)
        lines = [self._line(number, one) for number, one in enumerate(value, 1)]
        if abs(sum_of(lines)) >= numbers.MOST * 10**numbers.SCALE:
            raise Wrong("range", "All lines together are too much.", maximum=numbers.MOST)
        return lines or None

    def _line(self, number: int, given: Any) -> Line:
        if not isinstance(given, dict):
            raise Wrong("type", "Each line names its columns.", line=number)
        unknown = set(given) - {one.name for one in self.of} - {AMOUNT}
        if unknown:
            raise Wrong("unknown", "There is no such column.", line=number, name=str(min(unknown))[:60])
        line = {one.name: _cell(number, one, given.get(one.name)) for one in self.of}
        line[AMOUNT] = self._amount(line)
        if abs(line[AMOUNT]) >= numbers.MOST * 10**numbers.SCALE:
            raise Wrong("range", "This line is too much.", line=number, maximum=numbers.MOST)
        return line

    def _amount(self, line: Mapping[str, Any]) -> int:
        """The product of the factors, exactly; 0 where one is empty."""
        product: int = 1
        unit: int = 1
        for one in self.of:
            if one.name in self.factors:
                product *= int(line[one.name] or 0)
                unit *= 10**numbers.SCALE * (100 if isinstance(one, PercentField) else 1)
        # One unit too many has come off: an amount is kept in units itself.
        step = unit // 10**numbers.SCALE * _CENT
        cents = (2 * abs(product) + step) // (2 * step)
        amount: int = (-cents if product < 0 else cents) * _CENT
        return amount

    def shown(self, stored: Any) -> Any:
        return [self._each(one, lambda cell, value: cell.shown(value)) | _amount_shown(one) for one in stored]

    def masked(self, stored: Any) -> str:
        return "***"

    def kept(self, stored: Any) -> Any:
        return [
            self._each(one, lambda cell, value: cell.kept(value)) | {AMOUNT: one[AMOUNT]} for one in stored
        ]

    def from_kept(self, kept: Any) -> Any:
        return [
            self._each(one, lambda cell, value: cell.from_kept(value)) | {AMOUNT: one[AMOUNT]} for one in kept
        ]

    def _each(self, line: Mapping[str, Any], said: Any) -> Line:
        values = {one.name: (one, line.get(one.name)) for one in self.of}
        return {name: None if value is None else said(one, value) for name, (one, value) in values.items()}


def _cell(number: int, column: Field, given: Any) -> Any:
    try:
        value = None if given is None else column.parse(given)
        if value is None and column.required:
            raise Wrong("required", "Please fill this in.")
    except Wrong as refusal:
        params = {**refusal.params, "line": number, "name": column.name}
        raise Wrong(refusal.code, refusal.detail, **params) from refusal
    return value


def _amount_shown(line: Mapping[str, Any]) -> Line:
    return {AMOUNT: numbers.written(line[AMOUNT], 2)}


def sum_of(lines: Sequence[Mapping[str, Any]] | None) -> int:
    """Of the amounts, in 1/10,000."""
    return sum(one[AMOUNT] for one in lines or ())


def checked(fields: Sequence[Field]) -> None:
    """A declaration that would not hold is refused when it is made."""
    by_name = {one.name: one for one in fields}
    for one in fields:
        if isinstance(one, LinesField):
            total, cells = by_name[one.total], {cell.name: cell for cell in one.of}
            assert isinstance(total, MoneyField), one.name
            assert total.computed, one.name
            assert total.cls == one.cls, one.name
            assert one.cls in ("basic", "financial", "internal"), one.name
            assert one.factors, one.name
            assert all(isinstance(cells[name], NumberField) for name in one.factors), one.name
