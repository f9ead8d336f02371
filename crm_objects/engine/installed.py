"""What declared kinds add to the house, each by itself and all together. Called by `crm_objects/module.py`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from crm_objects.engine import events, reworking
from crm_objects.engine.cards import card_kind
from crm_objects.engine.finding import finder
from crm_objects.engine.line_fields import LinesField
from crm_objects.engine.models import REWORK
from crm_objects.engine.policies import MAY_READ
from crm_objects.engine.present import RecordListMark, RecordMark
from crm_objects.engine.reading import readable_among
from crm_objects.engine.record_files import attachable
from crm_objects.engine.record_type import Kinds, RecordType
from server.api.entities import Entity
from server.background.jobs import BY_THE_HOUSE, Job, Schedule
from server.db.invariant import Invariant
from server.events.envelope import Change, Put
from server.people.handover import HandoverPart
from server.permissions.actor import Actor
from server.realtime.commands import Watch


def parts(kinds: Kinds) -> list[Any]:
    """Of all kinds."""
    return [part for kind in kinds.values() for part in parts_of(kind, kinds)] + [
        attachable(kinds),
        Job(REWORK, BY_THE_HOUSE, reworking.rework, alone=True),
        Schedule(REWORK, 300),
        Invariant(
            "a file of a record hangs on one that is there",
            "SELECT f.id FROM record_file f LEFT JOIN file_link l ON l.file_id = f.file_id AND l.kind = 'record_file' AND l.ref_id = f.id"
            " WHERE l.file_id IS NULL",
        ),
        Entity("record_list", RecordListMark),
        Watch(events.LISTS, MAY_READ, lambda conn, actor, number: number in _numbers(kinds)),
        HandoverPart("records", lambda conn, person: _owned(conn, list(kinds.values()), person)),
    ]


def parts_of(kind: RecordType, kinds: Kinds) -> list[Any]:
    """Of one kind; `kinds` are all, for what it links to."""

    def may_watch(conn: Connection, actor: Actor, record_id: int) -> bool:
        return bool(readable_among(conn, actor, kinds, kind, [record_id]))

    def now(conn: Connection, actor: Actor, record_id: int) -> list[Change]:
        """A card that was fetched before the watch began may be old by now."""
        version = conn.execute(select(kind.table.c.version).where(kind.table.c.id == record_id)).scalar()
        return [] if version is None else [Put(kind.entity, record_id, RecordMark(int(version), False))]

    return [
        kind,
        card_kind(kind),
        finder(kind, kinds),
        Entity(kind.entity, RecordMark),
        Watch(kind.kind, MAY_READ, may_watch, now),
        Invariant(
            f"every {kind.kind} has an owner or lies in a pool, and nobody is on the team of their own",
            f"SELECT r.id FROM {kind.kind} r WHERE r.owner_id IS NULL{_excused(kind, kinds)}"  # noqa: S608
            f" UNION ALL SELECT r.id FROM {kind.kind} r"
            f" JOIN record_team m ON m.kind = '{kind.kind}' AND m.record_id = r.id AND m.person_id = r.owner_id",
        ),
        Invariant(
            f"the clock of a {kind.kind} stands at the newest follow-up that counts",
            f"SELECT r.id FROM {kind.kind} r LEFT JOIN (SELECT f.record_id, MAX(f.at) AS at FROM record_followup f"  # noqa: S608
            f" WHERE f.kind = '{kind.kind}' AND f.counts GROUP BY f.record_id) n ON n.record_id = r.id"
            " WHERE r.last_followed_at IS DISTINCT FROM n.at",
        ),
        *([_of_a_pool(kind)] if kind.pooled else []),
        Invariant(
            f"what a {kind.kind} was merged into is there",
            f"SELECT r.id FROM {kind.kind} r WHERE r.merged_into IS NOT NULL"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM {kind.kind} s WHERE s.id = r.merged_into)",
        ),
        *[_exact(kind, field) for field in kind.fields if isinstance(field, LinesField)],
        Invariant(
            f"team and history of a {kind.kind} belong to one that is there",
            f"SELECT m.record_id FROM record_team m WHERE m.kind = '{kind.kind}'"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM {kind.kind} r WHERE r.id = m.record_id)"
            f" UNION ALL SELECT h.record_id FROM record_history h WHERE h.kind = '{kind.kind}'"
            f" AND NOT EXISTS (SELECT 1 FROM {kind.kind} r WHERE r.id = h.record_id)",
        ),
    ]


def _excused(kind: RecordType, kinds: Kinds) -> str:
    """When one needs no owner: in a pool, or following what lies or lay in one."""
    if kind.pooled:
        return " AND r.pool_id IS NULL AND r.voided_at IS NULL"
    if kind.parent is not None and kinds[kind.parent.to].pooled:
        return f" AND r.{kind.parent.name} IS NULL"
    return ""


def _of_a_pool(kind: RecordType) -> Invariant:
    return Invariant(
        f"the pool of a {kind.kind} is one of its kind, and nothing lies in a retired one",
        f"SELECT r.id FROM {kind.kind} r LEFT JOIN pool p ON p.id = r.pool_id AND p.kind = '{kind.kind}'"  # noqa: S608
        f" WHERE r.pool_id IS NOT NULL AND (p.id IS NULL OR (r.owner_id IS NULL AND r.merged_into IS NULL AND p.retired_at IS NOT NULL))",
    )


def _exact(kind: RecordType, field: LinesField) -> Invariant:
    return Invariant(
        f"{field.total} of a {kind.kind} is what its {field.name} come to",
        f"SELECT r.id FROM {kind.kind} r WHERE COALESCE(r.{field.total}, 0)"  # noqa: S608
        f" <> COALESCE((SELECT SUM(l.amount) FROM {kind.kind}_{field.name} l WHERE l.record_id = r.id), 0)",
    )


def _numbers(kinds: Kinds) -> set[int]:
    return {one.number for one in kinds.values()}


def _owned(conn: Connection, kinds: Sequence[RecordType], person: int) -> int:
    """How many records somebody owns."""
    counts = [
        select(func.count())
        .select_from(one.table)
        .where(one.table.c.owner_id == person, one.table.c.merged_into.is_(None))
        for one in kinds
    ]
    return sum(int(conn.execute(count).scalar_one()) for count in counts)
