"""The routes of leaving, absence and acting for another."""

from typing import Any

from msgspec import UNSET

from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put
from server.kit.module import every
from server.people import absences, delegations, handover, leaving
from server.people.absences import AbsenceView
from server.people.delegations import DelegationView
from server.people.handover import HandoverPart, HandoverPlan
from server.people.leaving_inputs import AbsenceChange, NewAbsence, NewDelegation, Resignation
from server.people.policies import (
    MAY_DELEGATE,
    MAY_DISABLE,
    MAY_ENTER_ABSENCE,
    MAY_PLAN_LEAVING,
    MAY_READ_PEOPLE,
)
from server.people.present import PersonView


def plan(call: Read[None, Nothing]) -> HandoverPlan:
    """What this person still holds, and whether they can leave."""
    parts = every(call.company.modules, HandoverPart)
    return handover.plan(call.conn, call.actor, call.id(), parts)


def leave(call: Write[Resignation, Nothing]) -> PersonView:
    """This person has left: out of every device at once, and nothing is asked of them any more."""
    body = call.body
    return leaving.leave(
        call.work, call.actor, call.id(), reason=body.reason, pass_reports_up=body.pass_reports_up
    )


def come_back(call: Write[None, Nothing]) -> PersonView:
    """This person is back."""
    return leaving.come_back(call.work, call.actor, call.id())


def list_absences(call: Read[None, Nothing]) -> Items[AbsenceView]:
    """When this person is away; why, only for who may enter it."""
    return Items(absences.listed(call.conn, call.actor, call.id(), call.company.today()))


def enter_absence(call: Write[NewAbsence, Nothing]) -> Made:
    """An absence of mine, or of somebody below me."""
    body = call.body
    view = absences.enter(
        call.work,
        call.actor,
        call.id(),
        from_day=body.from_day,
        to_day=body.to_day,
        deputy_id=body.deputy_id,
        reason=body.reason,
    )
    return Made(("absence", view.id), view)


def change_absence(call: Write[AbsenceChange, Nothing]) -> AbsenceView:
    """Other days, another deputy, another reason."""
    wanted: dict[str, Any] = {
        name: value
        for name in call.body.__struct_fields__
        if (value := getattr(call.body, name)) is not UNSET
    }
    return absences.change(call.work, call.actor, call.id(), call.id("absence_id"), wanted)


def remove_absence(call: Write[None, Nothing]) -> None:
    """Not away after all."""
    absences.remove(call.work, call.actor, call.id(), call.id("absence_id"))


def list_delegations(call: Read[None, Nothing]) -> Items[DelegationView]:
    """Who acts for this person, and for whom this person acts."""
    return Items(delegations.listed(call.conn, call.actor, call.id()))


def give_delegation(call: Write[NewDelegation, Nothing]) -> Made:
    """Somebody may act for this person, in these kinds of acts, from day to day."""
    body = call.body
    view = delegations.give(
        call.work,
        call.actor,
        call.id(),
        deputy_id=body.deputy_id,
        from_day=body.from_day,
        to_day=body.to_day,
        kinds=body.kinds,
    )
    return Made(("delegation", view.id), view)


def end_delegation(call: Write[None, Nothing]) -> DelegationView:
    """No longer, from now on."""
    return delegations.end(call.work, call.actor, call.id(), call.id("delegation_id"))


_PERSON = "/api/people/{id:int}"
LEAVING_ROUTES = [
    get(f"{_PERSON}/resignation", MAY_PLAN_LEAVING, plan, output=HandoverPlan),
    put(f"{_PERSON}/resignation", MAY_DISABLE, leave, output=PersonView, body=Resignation),
    delete(f"{_PERSON}/resignation", MAY_DISABLE, come_back, output=PersonView, status=200),
    get(f"{_PERSON}/absences", MAY_READ_PEOPLE, list_absences, output=Items[AbsenceView]),
    post(
        f"{_PERSON}/absences",
        MAY_ENTER_ABSENCE,
        enter_absence,
        again=lambda call, earlier: absences.one(call.conn, earlier.ref_id),
        output=AbsenceView,
        body=NewAbsence,
    ),
    patch(
        f"{_PERSON}/absences/{{absence_id:int}}",
        MAY_ENTER_ABSENCE,
        change_absence,
        output=AbsenceView,
        body=AbsenceChange,
    ),
    delete(f"{_PERSON}/absences/{{absence_id:int}}", MAY_ENTER_ABSENCE, remove_absence),
    get(f"{_PERSON}/delegations", MAY_DELEGATE, list_delegations, output=Items[DelegationView]),
    post(
        f"{_PERSON}/delegations",
        MAY_DELEGATE,
        give_delegation,
        again=lambda call, earlier: delegations.one(call.conn, earlier.ref_id),
        output=DelegationView,
        body=NewDelegation,
    ),
    delete(
        f"{_PERSON}/delegations/{{delegation_id:int}}",
        MAY_DELEGATE,
        end_delegation,
        output=DelegationView,
        status=200,
    ),
]
