"""What a field can be: its column, how a value comes from the wire and goes back, how it looks in part, and by what it is filtered.

A field that an administrator adds (`custom`) is one of the same classes, made from a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Boolean, Column, ForeignKey, String, Text, false

from crm_objects.engine import texts
from crm_objects.engine.formula import Formula
from crm_objects.engine.words import Words
from crm_objects.engine.wrong import Wrong
from server.db.base import Id

CLASSES = ("basic", "contact", "identity", "financial", "internal")
TEXTS = ("is", "contains", "starts", "empty", "filled")
SIZES = ("is", "at_least", "at_most", "empty", "filled")
ONE_OF = ("in", "not_in", "empty", "filled")
AMONG = ("in", "empty", "filled")


@dataclass(frozen=True, eq=False, kw_only=True)
class Choice:
    """`tone` colours it: gray, blue, green, orange, red."""

    code: str
    words: Words
    tone: str = "gray"


@dataclass(frozen=True, eq=False)
class Field:
    """`cls` is the field class (security.md §1). `index`: lists are often filtered or sorted by it. `keep`: how many characters at the
    beginning and the end stay when it is shown in part. `system`: of every kind, kept by the engine. `computed`: written by the
    engine alone; what has a `formula` is. `by_act`: a choice changed by its own act alone, with a reason; a record begins
    with the first of its options. `custom_id`: the row of a field that an administrator added."""

    name: str
    words: Words
    cls: str = field(default="basic", kw_only=True)
    required: bool = field(default=False, kw_only=True)
    index: bool = field(default=False, kw_only=True)
    help: Words | None = field(default=None, kw_only=True)
    keep: tuple[int, int] = field(default=(1, 0), kw_only=True)
    system: bool = field(default=False, kw_only=True)
    computed: bool = field(default=False, kw_only=True)
    formula: Formula | None = field(default=None, kw_only=True)
    by_act: bool = field(default=False, kw_only=True)
    custom_id: int | None = field(default=None, kw_only=True)

    type: ClassVar[str]
    operators: ClassVar[tuple[str, ...]]
    can_sort: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.formula is not None:
            object.__setattr__(self, "computed", True)

    @property
    def is_readonly(self) -> bool:
        return self.system or self.computed or self.by_act

    @property
    def choices(self) -> tuple[Choice, ...]:
        return ()

    @property
    def limits(self) -> Mapping[str, Any]:
        """What the declaration says besides: max_length, decimals, unit, currency, link."""
        return {}

    def columns(self) -> list["Column[Any]"]:
        return [Column(self.name, self.column_type(), nullable=True)]

    def column_type(self) -> Any:
        raise NotImplementedError

    def parse(self, value: Any) -> Any:
        """The stored value of a wire value that is not None. None where it says nothing. Raises `Wrong`."""
        raise NotImplementedError

    def shown(self, stored: Any) -> Any:
        """The wire value of a stored one."""
        return stored

    def masked(self, stored: Any) -> str:
        """What who may not see it in clear sees instead."""
        first, last = self.keep
        text = str(stored)
        if len(text) <= first + last:
            return "***"
        return text[:first] + "***" + (text[-last:] if last else "")

    def kept(self, stored: Any) -> Any:
        """A stored value as JSON keeps it: in histories, and for custom fields."""
        return stored

    def from_kept(self, kept: Any) -> Any:
        """Back from JSON."""
        return kept


@dataclass(frozen=True, eq=False)
class TextField(Field):
    """One line."""

    type = "text"
    operators: ClassVar[tuple[str, ...]] = TEXTS
    max_length: int = field(default=200, kw_only=True)

    @property
    def limits(self) -> Mapping[str, Any]:
        return {"max_length": self.max_length}

    def column_type(self) -> Any:
        return String(self.max_length)

    def parse(self, value: Any) -> Any:
        return texts.line(value, self.max_length) or None

    def _fitting(self, text: str) -> str | None:
        """Once more, because bringing a text into its form may have made it longer."""
        if len(text) > self.max_length:
            raise Wrong("too_long", f"At most {self.max_length} characters.", limit=self.max_length)
        return text or None


@dataclass(frozen=True, eq=False)
class TagField(TextField):
    """The number that people name a record by, `K-000099`: its id, written out."""

    operators = ("is",)


@dataclass(frozen=True, eq=False)
class LongTextField(TextField):
    """Several lines."""

    type = "long_text"
    can_sort = False
    max_length: int = field(default=10_000, kw_only=True)

    def column_type(self) -> Any:
        return Text()

    def parse(self, value: Any) -> Any:
        return texts.prose(value, self.max_length) or None


@dataclass(frozen=True, eq=False)
class PhoneField(TextField):
    type = "phone"
    max_length: int = field(default=40, kw_only=True)

    def parse(self, value: Any) -> Any:
        return self._fitting(texts.phone(texts.line(value, self.max_length)))

    def masked(self, stored: Any) -> str:
        return texts.masked_phone(stored)


@dataclass(frozen=True, eq=False)
class EmailField(TextField):
    type = "email"
    max_length: int = field(default=254, kw_only=True)

    def parse(self, value: Any) -> Any:
        return self._fitting(texts.email(texts.line(value, self.max_length)))

    def masked(self, stored: Any) -> str:
        name, _, host = str(stored).partition("@")
        return f"{name[:1]}***@{host}"


@dataclass(frozen=True, eq=False)
class UrlField(TextField):
    type = "url"
    max_length: int = field(default=500, kw_only=True)

    def parse(self, value: Any) -> Any:
        return self._fitting(texts.url(texts.line(value, self.max_length)))


@dataclass(frozen=True, eq=False)
class FlagField(Field):
    """Yes or no; never empty."""

    type = "flag"
    operators = ("is",)

    def columns(self) -> list["Column[Any]"]:
        return [Column(self.name, Boolean(), nullable=False, server_default=false())]

    def column_type(self) -> Any:
        return Boolean()

    def parse(self, value: Any) -> Any:
        if not isinstance(value, bool):
            raise Wrong("type", "true or false.")
        return value

    def shown(self, stored: Any) -> Any:
        return bool(stored)


@dataclass(frozen=True, eq=False)
class ChoiceField(Field):
    """One of a list."""

    type = "choice"
    operators: ClassVar[tuple[str, ...]] = ONE_OF
    options: tuple[Choice, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.options

    def column_type(self) -> Any:
        return String(40)

    def parse(self, value: Any) -> Any:
        if value == "":
            return None
        if not isinstance(value, str) or value not in {one.code for one in self.options}:
            raise Wrong("choice", "This is not one of the choices.")
        return value


@dataclass(frozen=True, eq=False)
class ChoicesField(ChoiceField):
    """Several of a list, kept in its order: `|a|b|`, so that one of them is found by what stands around it."""

    type = "choices"
    operators = AMONG
    can_sort = False

    def column_type(self) -> Any:
        return Text()

    def parse(self, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Wrong("type", "A list of codes.")
        known = [one.code for one in self.options]
        if not set(value) <= set(known):
            raise Wrong("choice", "Some of these are not among the choices.")
        return "|" + "|".join(one for one in known if one in value) + "|" if value else None

    def shown(self, stored: Any) -> Any:
        return stored.strip("|").split("|") if stored else []


@dataclass(frozen=True, eq=False)
class PersonField(Field):
    """Somebody of the company, as an id. Whether there is such a person is asked when it is stored."""

    type = "person"
    operators: ClassVar[tuple[str, ...]] = AMONG
    can_sort = False

    def columns(self) -> list["Column[Any]"]:
        return [Column(self.name, Id, ForeignKey(self._target), nullable=True)]

    @property
    def _target(self) -> str:
        return "person.id"

    def column_type(self) -> Any:
        return Id

    def parse(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 2**53:
            raise Wrong("type", "An id.")
        return value

    def masked(self, stored: Any) -> str:
        return "***"


@dataclass(frozen=True, eq=False)
class DepartmentField(PersonField):
    type = "department"
    operators = ("in", "below", "empty", "filled")

    @property
    def _target(self) -> str:
        return "department.id"


@dataclass(frozen=True, eq=False)
class PoolField(PersonField):
    """Where a record without owner lies, or came from."""

    type = "pool"
    can_sort = False

    @property
    def _target(self) -> str:
        return "pool.id"


@dataclass(frozen=True, eq=False)
class LinkField(PersonField):
    """A record of another kind, `to`, that the writer may read. `is_tree`: of its own kind, which it hangs below; never in a circle."""

    type = "link"
    to: str = ""
    is_tree: bool = False

    @property
    def _target(self) -> str:
        return f"{self.to}.id"

    @property
    def limits(self) -> Mapping[str, Any]:
        return {"link": self.to}


@dataclass(frozen=True, eq=False)
class AddressField(Field):
    """In parts, kept as JSON."""

    type = "address"
    operators = ("contains", "empty", "filled")
    can_sort = False

    def column_type(self) -> Any:
        return Text()

    def parse(self, value: Any) -> Any:
        return texts.address(value)

    def shown(self, stored: Any) -> Any:
        return texts.address_shown(stored)

    def masked(self, stored: Any) -> str:
        shown = texts.address_shown(stored)
        return f"{shown['province']}{shown['city']}***"
