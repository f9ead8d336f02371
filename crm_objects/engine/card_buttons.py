"""What can be done from a card: what its kind declares, as far as this viewer may (ui.md, «Cards»)."""

from crm_objects.engine.fields import PhoneField
from crm_objects.engine.present import RecordView
from crm_objects.engine.record_type import RecordType

CALL = "call"


def buttons(kind: RecordType, view: RecordView) -> list[str]:
    """`call` where a telephone number stands on the card in clear; every other one is an act of the record."""
    return [one for one in kind.buttons if (_can_be_called(kind, view) if one == CALL else one in view.may)]


def _can_be_called(kind: RecordType, view: RecordView) -> bool:
    numbers = [view.fields.get(name) for name in kind.shown if isinstance(kind.by_name[name], PhoneField)]
    return not view.voided and any(isinstance(one, str) for one in numbers)
