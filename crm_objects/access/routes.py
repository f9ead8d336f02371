"""Shares of a record, asking for access, answering, and what changed since a card was sent: policy aloud, call, present."""

from crm_objects.access import asking, recipients, sharing, snapshots
from crm_objects.access.inputs import DecisionInput, ShareInput
from crm_objects.access.policies import MAY_ASK, MAY_DECIDE, MAY_SHARE
from crm_objects.access.present import AccessAsked, AccessDecided, CardChanges, Shared, ShareView
from crm_objects.engine.policies import MAY_READ
from crm_objects.engine.reading import desk_of
from crm_objects.standing import desk_for, kinds_for
from server.api.route import Items, Nothing, Read, Write, delete, get, put


def list_shares(call: Read[None, Nothing]) -> Items[ShareView]:
    """Who may read it for some time, and until when."""
    return sharing.listed(desk_for(call), call.id())


def share(call: Write[ShareInput, Nothing]) -> Shared:
    """Let people read this one record for some days: those of them who may not."""
    desk = desk_for(call)
    return sharing.share(
        call.work, desk, call.id(), recipients.chosen(call.conn, call.actor, call.body), call.body.days
    )


def take_back(call: Write[None, Nothing]) -> None:
    """They may no longer read it by a share."""
    sharing.take_back(call.work, desk_for(call), call.id(), call.id("person_id"))


def ask(call: Write[Nothing, Nothing]) -> AccessAsked:
    """I was shown only the stub of its card and ask who leads it; twice is one question."""
    return asking.ask(call.work, desk_for(call), call.id())


def decide(call: Write[DecisionInput, Nothing]) -> AccessDecided:
    """The answer to somebody who asked: a day, a month, the team, or no and why."""
    row = asking.request_of(call.conn, call.id())
    kinds = kinds_for(call)
    desk = desk_of(call.conn, call.actor, kinds, kinds[row.kind])
    return asking.decide(call.work, kinds, desk, row, call.body.choice, call.body.reason)


def list_changes(call: Read[None, Nothing]) -> CardChanges:
    """What a card of that version showed and what it shows now, as far as I see it."""
    return snapshots.changes_since(desk_for(call), call.id(), call.id("version"))


_ONE = "/api/records/{kind:str}/{id:int}"
ROUTES = [
    put(
        "/api/access-requests/{id:int}/decision", MAY_DECIDE, decide, output=AccessDecided, body=DecisionInput
    ),
    put(f"{_ONE}/access-request", MAY_ASK, ask, output=AccessAsked),
    get(_ONE + "/changes/{version:int}", MAY_READ, list_changes, output=CardChanges),
    get(f"{_ONE}/shares", MAY_READ, list_shares, output=Items[ShareView]),
    put(f"{_ONE}/shares", MAY_SHARE, share, output=Shared, body=ShareInput),
    delete(_ONE + "/shares/{person_id:int}", MAY_READ, take_back),
]
