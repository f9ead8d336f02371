"""The routes of calls."""

from typing import Annotated

import msgspec
from msgspec import Meta

from crm_objects.calls import callers, calls
from crm_objects.calls.callers import Callers
from crm_objects.calls.calls import CallView
from crm_objects.engine.policies import READ
from crm_objects.standing import desk_for, kinds_for
from server.api.inputs import Line
from server.api.route import Made, Nothing, Write, post, put
from server.permissions.rules import Rule

MAY_CALL = Rule(
    "records.call",
    "Dialling a number of a record that one may read and sees in clear: always logged.",
    capability=READ,
)
MAY_LOOK_UP = Rule(
    "records.by_phone",
    "Who is calling: an exact number among the records that one may read; audited, and so many a day.",
    capability=READ,
)


class WholeNumber(msgspec.Struct, forbid_unknown_fields=True):
    phone: Annotated[str, Meta(max_length=40)]


class Dialled(msgspec.Struct, forbid_unknown_fields=True):
    field: Line


class Outcome(msgspec.Struct, forbid_unknown_fields=True):
    """`text`: of the follow-up, when somebody answered."""

    connected: bool
    text: Line = ""


def look_up(call: Write[WholeNumber, Nothing]) -> Callers:
    """Who is calling."""
    return callers.callers(call.work, call.actor, kinds_for(call), call.body.phone)


def dial(call: Write[Dialled, Nothing]) -> Made:
    """A number of the record is being dialled."""
    made = calls.dialled(call.work, desk_for(call), call.id(), call.body.field)
    return Made(("record_call", made.id), made)


def settle(call: Write[Outcome, Nothing]) -> CallView:
    """Whether somebody answered."""
    body = call.body
    return calls.settle(call.work, desk_for(call), call.id(), call.id("call_id"), body.connected, body.text)


_ONE = "/api/records/{kind:str}/{id:int}"
ROUTES = [
    put("/api/record-callers", MAY_LOOK_UP, look_up, output=Callers, body=WholeNumber),
    post(
        f"{_ONE}/calls",
        MAY_CALL,
        dial,
        again=lambda call, earlier: calls.view(desk_for(call), call.id(), earlier.ref_id),
        output=CallView,
        body=Dialled,
    ),
    put(_ONE + "/calls/{call_id:int}", MAY_CALL, settle, output=CallView, body=Outcome),
]
