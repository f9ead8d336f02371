"""Who may what with which records: declared once, compiled to one SQL condition for lists, single records, cards and search alike
(security.md §1).

A relation (owner, team, made it, the same with the record it follows; a share, which reaches that record alone; being in the pool in which
it lies) or a scope over the owner.
What the buttons and classes of a row depend on are columns of the same query, so that a list asks once.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from crm_objects.access.lasting import shared_with
from crm_objects.engine import policies
from crm_objects.engine.fields import Field
from crm_objects.engine.models import RecordStar, RecordTeam
from crm_objects.engine.record_type import Kinds, RecordType
from crm_objects.pools import reach
from server.org.models import Person
from server.permissions.actor import Actor
from server.permissions.scopes import people_within

OWN = "own"
# Contact data are clear to owner and writing team alone; everyone else asks for them one by one (W13).
_OF_CLASS = {
    "financial": policies.FINANCIAL,
    "internal": policies.INTERNAL,
}
_ASKED = (
    policies.WRITE, policies.OWNER, policies.DELETE, policies.REVEAL, policies.FINANCIAL, policies.INTERNAL,
    policies.LOCK,
)  # fmt: skip
# What the administrators of a pool may with what lies in it, where their roles give it over anybody (POOL-02).
_OF_A_POOL = frozenset({policies.WRITE, policies.OWNER, policies.LOCK})


@dataclass(frozen=True)
class RowRights:
    """What one viewer may with one record. `hands`: owns it or is on its writing team; `within` are the capabilities whose scope
    reaches its owner, or those of a pool's administrator. `keeps_owner`: its home pool lets nobody change the owner but the pool's
    administrators (M18), of whom the viewer may be one: `leads_home`."""

    hands: bool
    within: frozenset[str]
    holds: frozenset[str]
    is_starred: bool = False
    keeps_owner: bool = False
    leads_home: bool = False

    @property
    def may_write(self) -> bool:
        return policies.WRITE in self.holds and (self.hands or policies.WRITE in self.within)

    def may(self, capability: str) -> bool:
        """An act of its owner, of who is over the owner, or of the administrator of the pool in which it lies."""
        return capability in self.within

    @property
    def may_give(self) -> bool:
        """To another owner."""
        return self.may(policies.OWNER) and (self.leads_home or not self.keeps_owner)

    def sees(self, cls: str) -> str:
        """clear | masked | hidden."""
        if cls == "basic":
            return "clear"
        if cls == "identity":
            reveals = policies.REVEAL in self.holds and (self.hands or policies.REVEAL in self.within)
            return "masked" if reveals else "hidden"
        if self.hands or _OF_CLASS.get(cls) in self.within:
            return "clear"
        return "masked" if cls == "contact" else "hidden"

    def may_reveal(self, cls: str) -> bool:
        return (
            policies.REVEAL in self.holds
            and (self.hands or policies.REVEAL in self.within)
            and self.sees(cls) == "masked"
        )


class Rights:
    """Of one actor over one kind. `table` may be an alias of the kind's."""

    def __init__(self, actor: Actor, kind: RecordType, kinds: Kinds, table: FromClause | None = None) -> None:
        self.actor = actor
        self.kind = kind
        self.kinds = kinds
        self.t = kind.table if table is None else table

    # --- conditions

    def readable(self) -> ColumnElement[bool]:
        """The records that the actor may read, voided ones too. What was merged into another is read as that one alone."""
        if not self.actor.can(policies.READ):
            return false()
        there = self.t.c.merged_into.is_(None)
        scope = self._within(policies.READ)
        if scope is True:
            return there
        related = self._related()
        return and_(there, or_(*related, scope) if scope is not False else or_(*related))

    def _related(self) -> list[ColumnElement[bool]]:
        """The ways in which a record is the actor's to read, whatever its owner."""
        return [
            self.t.c.owner_id == self.actor.id,
            self.t.c.created_by == self.actor.id,
            self.t.c.id.in_(self._team(self.kind, writing=False)),
            self.t.c.id.in_(shared_with(self.actor.id, self.kind.kind)),
            *self._through_parent(writing=False),
            *self._in_pools(reach.pools_of(self.actor.id)),
        ]

    def _in_pools(self, pools: Any) -> list[ColumnElement[bool]]:
        """What lies in one of these pools, and what follows such a record and has no owner of its own."""
        if self.kind.pooled:
            return [reach.lies_in(self.t, pools)]
        link = self.kind.parent
        if link is None or not self.kinds[link.to].pooled:
            return []
        above = self.kinds[link.to].table.alias("pooled_above")
        there = select(above.c.id).where(reach.lies_in(above, pools))
        return [and_(self.t.c.owner_id.is_(None), self.t.c[link.name].in_(there))]

    def listed(self) -> ColumnElement[bool]:
        """The same for whole lists: where relation alone decides, as the ids that each relation finds by its own index. Planners
        misjudge an OR of them, and go through everybody's records."""
        if not self.actor.can(policies.READ) or self.actor.scopes(policies.READ) - {OWN}:
            return self.readable()
        own = Rights(self.actor, self.kind, self.kinds, self.kind.table.alias("mine"))
        mine = union_all(*[select(own.t.c.id).where(one) for one in own._related()])
        return and_(self.t.c.merged_into.is_(None), self.t.c.id.in_(mine))

    def clear(self, field: Field) -> ColumnElement[bool]:
        """The records on which the actor sees this field in clear, so that it may decide what is found."""
        if field.cls == "basic":
            return true()
        if field.cls == "identity":
            return false()
        within = self._within(_OF_CLASS[field.cls]) if field.cls in _OF_CLASS else False
        if within is True:
            return true()
        return or_(self._hands(), within) if within is not False else self._hands()

    def _hands(self) -> ColumnElement[bool]:
        return or_(
            self.t.c.owner_id == self.actor.id,
            self.t.c.id.in_(self._team(self.kind, writing=True)),
            *self._through_parent(writing=True),
        )

    def _team(self, kind: RecordType, *, writing: bool) -> Any:
        query = select(RecordTeam.record_id).where(
            RecordTeam.person_id == self.actor.id, RecordTeam.kind == kind.kind
        )
        return query.where(RecordTeam.access == "write") if writing else query

    def _through_parent(self, *, writing: bool) -> list[ColumnElement[bool]]:
        """Who owns the customer, or is on its team, reaches its contacts (CONT-05)."""
        link = self.kind.parent
        if link is None:
            return []
        parent = self.kinds[link.to]
        above = parent.table.alias("above")
        owned = select(above.c.id).where(above.c.owner_id == self.actor.id)
        return [self.t.c[link.name].in_(union_all(owned, self._team(parent, writing=writing)))]

    def _within(self, capability: str) -> ColumnElement[bool] | bool:
        """Records over whose owner the actor holds this. True: all; False: none (beyond what is related)."""
        scopes = self.actor.scopes(capability)
        if "all" in scopes:
            return True
        if not scopes:
            return False
        if scopes == {OWN}:
            return self.t.c.owner_id == self.actor.id
        return self.t.c.owner_id.in_(select(Person.id).where(people_within(self.actor, capability)))

    # --- columns of a row

    def columns(self) -> list[ColumnElement[Any]]:
        """What `of` reads: relation and scopes, each distinct scope once."""
        star = select(literal(1)).where(
            RecordStar.person_id == self.actor.id,
            RecordStar.kind == self.kind.kind,
            RecordStar.record_id == self.t.c.id,
        )
        found: list[ColumnElement[Any]] = [
            case((self._hands(), 1), else_=0).label("r_hands"),
            func.coalesce(star.scalar_subquery(), 0).label("r_star"),
        ]
        for condition in self._in_pools(reach.led_by(self.actor.id)):
            found.append(case((condition, 1), else_=0).label("r_pool"))
        if self.kind.pooled:
            keeps = and_(self.t.c.owner_id.is_not(None), self.t.c.pool_id.in_(reach.keeping_owners()))
            leads = self.t.c.pool_id.in_(reach.led_by(self.actor.id))
            found.append(case((and_(keeps, leads), 2), (keeps, 1), else_=0).label("r_keeps"))
        for scopes, name in self._names().items():
            capability = next(one for one in _ASKED if self.actor.scopes(one) == scopes)
            reached = self._within(capability)
            assert isinstance(reached, ColumnElement)  # neither all nor nothing: `_names` left those out
            found.append(case((reached, 1), else_=0).label(name))
        return found

    def of(self, row: Any) -> RowRights:
        """What the actor may with the record of such a row."""
        values = row._mapping
        names = self._names()
        owns = values["owner_id"] == self.actor.id
        holds = frozenset(one for one in _ASKED if self.actor.can(one))
        within = {
            one
            for one in holds
            if owns or "all" in self.actor.scopes(one) or values[names[self.actor.scopes(one)]]
        }
        if values.get("r_pool"):
            within |= _OF_A_POOL & holds
        keeps = values.get("r_keeps", 0)
        return RowRights(
            bool(values["r_hands"]), frozenset(within), holds, bool(values["r_star"]), keeps > 0, keeps == 2
        )

    def _names(self) -> dict[frozenset[str], str]:
        """Distinct sets of scopes that must be asked of the database → the column's name."""
        wanted = dict.fromkeys(
            scopes for one in _ASKED if (scopes := self.actor.scopes(one)) and "all" not in scopes
        )
        return {scopes: f"r_scope{at}" for at, scopes in enumerate(wanted)}


def live(table: FromClause) -> ColumnElement[bool]:
    """Not in the recycle bin."""
    return and_(table.c.voided_at.is_(None))
