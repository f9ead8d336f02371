"""A field that holds files. Kept as their views, which never change; what hangs where is `record_files.py`'s."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text

from crm_objects.engine.fields import Field
from crm_objects.engine.wrong import Wrong
from server.files.inputs import MOST_FILES
from server.files.present import FileView, from_stored, stored

# A picture is seen whole or not at all, so files are of no class that is shown in part.
CLASSES = ("basic", "financial", "internal")


@dataclass(frozen=True, eq=False)
class FilesField(Field):
    """At most twenty. Written as their ids, read as their views. Of one of `CLASSES`."""

    type = "files"
    operators = ("empty", "filled")
    can_sort = False

    def __post_init__(self) -> None:
        super().__post_init__()
        assert self.cls in CLASSES, self.name

    def column_type(self) -> Any:
        return Text()

    def parse(self, value: Any) -> Any:
        """The ids as they were given: which files they are is looked up with what else the record names."""
        if not isinstance(value, list) or not all(type(one) is int and 0 < one <= 2**53 for one in value):
            raise Wrong("type", "A list of files, by their ids.")
        if len(value) > MOST_FILES:
            raise Wrong("too_many", f"At most {MOST_FILES} files.", limit=MOST_FILES)
        return list(dict.fromkeys(value)) or None

    def shown(self, stored: Any) -> Any:
        return views_of(stored)

    def masked(self, stored: Any) -> str:
        return "***"


def views_of(kept: str | None) -> list[FileView]:
    """Of a stored value."""
    return from_stored(kept or "")


def kept(views: list[FileView]) -> str | None:
    """A stored value."""
    return stored(views) or None
