"""Until when a share holds, as a condition: by the product's clock, which may run ahead of the machine's (`server/kit/clock.py`)."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from crm_objects.access.models import RecordShare
from server.db.keyset import micros_of
from server.kit.clock import real_now
from server.work.company import CompanyRow


def lasts() -> ColumnElement[bool]:
    """The share has not ended at this moment."""
    ahead = select(CompanyRow.clock_offset).where(CompanyRow.id == 1).scalar_subquery()
    return RecordShare.ends - ahead > micros_of(real_now())


def shared_with(person_id: int, kind: str) -> Select[Any]:
    """The records of this kind that this person reads by a share now."""
    return select(RecordShare.record_id).where(
        RecordShare.person_id == person_id, RecordShare.kind == kind, lasts()
    )
