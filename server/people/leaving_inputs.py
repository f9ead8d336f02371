"""Typed bodies of leaving, absence and acting for another."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from server.api.inputs import EntityId, Line
from server.people.absences import Reason
from server.permissions.acting import Kind


class Resignation(msgspec.Struct, forbid_unknown_fields=True):
    """`pass_reports_up`: the reports report to the leaver's manager from now on. Required: nothing is decided by leaving it out."""

    pass_reports_up: bool
    reason: Line = ""


class NewAbsence(msgspec.Struct, forbid_unknown_fields=True):
    from_day: date
    to_day: date
    deputy_id: EntityId | None = None
    reason: Reason = "vacation"


class AbsenceChange(msgspec.Struct, forbid_unknown_fields=True):
    """Only what is given changes."""

    from_day: date | UnsetType = UNSET
    to_day: date | UnsetType = UNSET
    deputy_id: EntityId | UnsetType | None = UNSET
    reason: Reason | UnsetType = UNSET


class NewDelegation(msgspec.Struct, forbid_unknown_fields=True):
    deputy_id: EntityId
    kinds: Annotated[list[Kind], Meta(max_length=10)]
    from_day: date
    to_day: date | None = None
