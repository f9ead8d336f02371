"""Declarations, or the lists that they offer, are others than before: who has them open asks again."""

from collections.abc import Sequence

from sqlalchemy import func, select

from crm_objects.duplicates import settings
from crm_objects.engine.declared import RecordKindsMark
from crm_objects.engine.models import RecordField
from crm_objects.pools.models import Pool
from server.events.envelope import EVERYONE, Event, Put
from server.permissions.actor import Actor
from server.work.work import Work


def kinds_changed(work: Work, actor: Actor, streams: Sequence[str] = (EVERYONE,)) -> Event:
    """To whoever hears `streams`. The mark's version only grows: every change of a field or a pool raises that one's."""
    versions = [select(func.coalesce(func.sum(one.version), 0)) for one in (RecordField, Pool)]
    version = sum(int(work.conn.execute(one).scalar_one()) for one in versions)
    mark = Put("record_kinds", 1, RecordKindsMark(version + settings.version(work.conn)))
    return work.record(Event("record_kinds.changed", list(streams), [mark], actor=actor.id))
