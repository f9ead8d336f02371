"""What a kind's records are recognised by: declared once (`RecordType.keys`), so that the engine knows no field by name."""

from dataclasses import dataclass

from crm_objects.duplicates.forms import FORMS


@dataclass(frozen=True, kw_only=True)
class Key:
    """`fields` that are compared with each other, brought into the same form (`forms.py`) first: a name with former names.

    `is_hard`: no two records of the company, voided ones too. Otherwise it warns; `may_be_hard`: an administrator may make it hard.
    `custom`: fields of this type that administrators add belong to it as well. `apart_from_siblings`: what records that follow
    the same one share means nothing, as the switchboard of a customer's contacts."""

    name: str
    fields: tuple[str, ...]
    form: str
    is_hard: bool = False
    may_be_hard: bool = False
    custom: str = ""
    apart_from_siblings: bool = False

    def __post_init__(self) -> None:
        assert self.form in FORMS, self.form
