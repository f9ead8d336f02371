"""Fields of exact numbers: see `numbers.py` for how they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger

from crm_objects.engine import numbers
from crm_objects.engine.fields import SIZES, Field
from crm_objects.engine.words import Words


@dataclass(frozen=True, eq=False)
class NumberField(Field):
    """Up to four digits behind the point."""

    type = "number"
    operators = SIZES
    decimals: int = field(default=0, kw_only=True)
    unit: Words | None = field(default=None, kw_only=True)
    negative: bool = field(default=False, kw_only=True)

    @property
    def limits(self) -> Mapping[str, Any]:
        return {"decimals": self.decimals, "unit": self.unit}

    def column_type(self) -> Any:
        return BigInteger()

    def parse(self, value: Any) -> Any:
        return None if value == "" else numbers.scaled(value, self.decimals, negative=self.negative)

    def shown(self, stored: Any) -> Any:
        return numbers.written(stored, 0)

    def masked(self, stored: Any) -> str:
        return "***"


@dataclass(frozen=True, eq=False)
class PercentField(NumberField):
    type = "percent"
    decimals: int = field(default=2, kw_only=True)


@dataclass(frozen=True, eq=False)
class MoneyField(NumberField):
    """Of one currency, the field's own."""

    type = "money"
    decimals: int = field(default=2, kw_only=True)
    currency: str = field(default="CNY", kw_only=True)

    def shown(self, stored: Any) -> Any:
        return numbers.written(stored, self.decimals)

    @property
    def limits(self) -> Mapping[str, Any]:
        return {"decimals": self.decimals, "currency": self.currency}
