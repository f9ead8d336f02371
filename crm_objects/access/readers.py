"""The rights of `engine/rights.py` from the other side: who reads this record, as a condition on `Person` (N2, CHAT-08).

Each scope is turned around: whoever holds «below» over the owner is one of the owner's managers, and so on. A test holds both sides
together, person by person.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from crm_objects.access.lasting import lasts
from crm_objects.access.models import RecordShare
from crm_objects.engine import policies
from crm_objects.engine.models import RecordTeam
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.pools import reach
from server.org.lines import below, colleagues_of, managers_of
from server.org.models import DepartmentClosure, Person, PersonDepartment
from server.permissions.models import PersonRole, RoleCapability

_OF_CLASS = {"financial": policies.FINANCIAL, "internal": policies.INTERNAL}


class Readers:
    """Of one record, as it is now."""

    def __init__(self, conn: Connection, kinds: Kinds, kind: RecordType, record_id: int) -> None:
        t = kind.table
        link = kind.parent
        columns = [t.c.owner_id, t.c.created_by, *([t.c[link.name].label("above")] if link else [])]
        self._row = conn.execute(select(*columns).where(t.c.id == record_id)).first()
        self._kind, self._id = kind, record_id
        self._above: tuple[RecordType, int, int | None] | None = None
        self._pool = None if self._row is None else pool_of(conn, kinds, kind, record_id)
        if link is not None and self._row is not None and self._row.above is not None:
            parent = kinds[link.to]
            owner = select(parent.table.c.owner_id).where(parent.table.c.id == self._row.above)
            self._above = (parent, self._row.above, conn.execute(owner).scalar())

    def reading(self, *, shared: bool = True) -> ColumnElement[bool]:
        """Whoever may read it. `shared`: by a share too."""
        if self._row is None:
            return false()
        related = [self._hands(writing=False), Person.id == self._row.created_by]
        if self._pool is not None:
            related.append(Person.id.in_(reach.people_of(self._pool)))
        if shared:
            lent = select(RecordShare.person_id).where(
                RecordShare.kind == self._kind.kind, RecordShare.record_id == self._id, lasts()
            )
            related.append(Person.id.in_(lent))
        return _holding(policies.READ) & or_(*related, self._over(policies.READ))

    def clear(self, cls: str) -> ColumnElement[bool]:
        """Whoever sees fields of this class in clear, if they may read it."""
        if self._row is None or cls == "identity":
            return false()
        hands = self._hands(writing=True)
        return or_(hands, self._over(_OF_CLASS[cls])) if cls in _OF_CLASS else hands

    def _hands(self, *, writing: bool) -> ColumnElement[bool]:
        assert self._row is not None
        found = [Person.id == self._row.owner_id, Person.id.in_(_team(self._kind, self._id, writing=writing))]
        if self._above is not None:
            parent, above, owner = self._above
            found += [Person.id == owner, Person.id.in_(_team(parent, above, writing=writing))]
        return or_(*found)

    def _over(self, capability: str) -> ColumnElement[bool]:
        """Whoever holds this over the owner."""
        assert self._row is not None
        owner = self._row.owner_id
        found: list[ColumnElement[bool]] = [_holding(capability, "all")]
        if owner is not None:
            sits = select(PersonDepartment.department_id).where(PersonDepartment.person_id == owner)
            above = select(DepartmentClosure.ancestor_id).where(DepartmentClosure.descendant_id.in_(sits))
            there = select(PersonDepartment.person_id).where(PersonDepartment.department_id.in_(above))
            line = or_(Person.id.in_(managers_of(owner)), Person.id.in_(below(owner)))
            scoped = (
                ("own", Person.id == owner),
                ("below", Person.id.in_(managers_of(owner))),
                ("own_line", line),
                ("own_department", Person.id.in_(colleagues_of(owner))),
                ("department_below", Person.id.in_(there)),
                ("headed_below", Person.id.in_(there.where(PersonDepartment.is_head))),
            )
            found += [and_(_holding(capability, scope), condition) for scope, condition in scoped]
        return or_(*found)


def pool_of(conn: Connection, kinds: Kinds, kind: RecordType, record_id: int) -> int | None:
    """In which pool it lies, itself or with what it follows; None for what has an owner."""
    t, link = kind.table, kind.parent
    if kind.pooled:
        query = select(t.c.pool_id).where(t.c.id == record_id, t.c.owner_id.is_(None))
    elif link is not None and kinds[link.to].pooled:
        above = kinds[link.to].table
        query = (
            select(above.c.pool_id)
            .join_from(t, above, above.c.id == t.c[link.name])
            .where(t.c.id == record_id, t.c.owner_id.is_(None), above.c.owner_id.is_(None))
        )
    else:
        return None
    return conn.execute(query).scalar()


def _holding(capability: str, scope: str = "") -> ColumnElement[bool]:
    query = (
        select(PersonRole.person_id)
        .join(RoleCapability, RoleCapability.role_id == PersonRole.role_id)
        .where(RoleCapability.capability == capability)
    )
    return Person.id.in_(query.where(RoleCapability.scope == scope) if scope else query)


def _team(kind: RecordType, record_id: int, *, writing: bool) -> Select[Any]:
    query = select(RecordTeam.person_id).where(
        RecordTeam.kind == kind.kind, RecordTeam.record_id == record_id
    )
    return query.where(RecordTeam.access == "write") if writing else query
