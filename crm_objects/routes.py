"""The routes of records: one set for every kind. Policy aloud, call, present."""

from crm_objects.engine import (
    changing,
    creating,
    followups,
    history,
    listing,
    owning,
    reading,
    related,
    revealing,
    stars,
    team,
    voiding,
)
from crm_objects.engine.followups import FollowupView
from crm_objects.engine.history import RecordHistoryView
from crm_objects.engine.listing import Wanted
from crm_objects.engine.policies import (
    MAY_CHANGE_OWNER,
    MAY_CREATE,
    MAY_DELETE,
    MAY_READ,
    MAY_REVEAL,
    MAY_WRITE,
)
from crm_objects.engine.present import ChangedRecord, OwnerChanged, RecordItem, RecordList
from crm_objects.engine.related import Related
from crm_objects.engine.revealing import RevealedValue
from crm_objects.engine.team import TeamMemberView
from crm_objects.inputs import (
    NewFollowup,
    NewOwner,
    NewRecord,
    RecordChange,
    RecordQuery,
    RevealInput,
    TeamPlace,
    VoidReason,
)
from crm_objects.standing import asked_of, desk_for
from server.api.paging import Page
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put


def list_records(call: Read[None, RecordQuery]) -> RecordList:
    """A page of a list: view, filter, sort, words."""
    query = call.query
    wanted = Wanted(query.view, query.filter, query.sort, query.q, query.limit, query.cursor)
    return listing.page(asked_of(call), wanted)


def create(call: Write[NewRecord, Nothing]) -> Made:
    """A new record: its title and owner suffice."""
    desk = desk_for(call)
    body = call.body
    made = creating.create(call.work, desk, body.fields, body.holding(), body.duplicates)
    return Made((desk.kind.kind, made), creating.shown_again(desk, made))


def show(call: Read[None, Nothing]) -> RecordItem:
    """One record as I may see it, voided ones too."""
    return reading.show(desk_for(call), call.id())


def change(call: Write[RecordChange, Nothing]) -> ChangedRecord:
    """Some fields; others' changes of other fields stay."""
    body = call.body
    return changing.change(call.work, desk_for(call), call.id(), body.version, body.fields, body.duplicates)


def change_owner(call: Write[NewOwner, Nothing]) -> OwnerChanged:
    """Another owner, with a reason."""
    body = call.body
    return owning.change_owner(
        call.work,
        desk_for(call),
        call.id(),
        body.owner,
        body.reason,
        body.keep,
        from_pool=body.from_pool,
    )


def list_team(call: Read[None, Nothing]) -> Items[TeamMemberView]:
    """Who takes part, the owner first."""
    return team.listed(desk_for(call), call.id())


def join_team(call: Write[TeamPlace, Nothing]) -> None:
    """Somebody takes part, or in another way."""
    body = call.body
    team.join(call.work, desk_for(call), call.id(), call.id("person_id"), body.role, body.access)


def leave_team(call: Write[None, Nothing]) -> None:
    """Somebody takes part no longer; oneself may always leave."""
    team.leave(call.work, desk_for(call), call.id(), call.id("person_id"))


def void(call: Write[VoidReason, Nothing]) -> RecordItem:
    """Into the recycle bin."""
    return voiding.void(call.work, desk_for(call), call.id(), call.body.reason)


def restore(call: Write[Nothing, Nothing]) -> RecordItem:
    """Back from the recycle bin."""
    return voiding.restore(call.work, desk_for(call), call.id())


def erase(call: Write[None, Nothing]) -> None:
    """For good, only from the recycle bin."""
    voiding.erase(call.work, desk_for(call), call.id())


def star(call: Write[Nothing, Nothing]) -> None:
    """Among what I keep at hand."""
    stars.mark(call.work, desk_for(call), call.id(), True)


def unstar(call: Write[None, Nothing]) -> None:
    """No longer among it."""
    stars.mark(call.work, desk_for(call), call.id(), False)


def list_history(call: Read[None, Page]) -> Items[RecordHistoryView]:
    """What was done to it, newest first, as far as I see the fields."""
    return history.page(desk_for(call), call.id(), call.query.limit, call.query.cursor)


def list_followups(call: Read[None, Page]) -> Items[FollowupView]:
    """What was done with or for it, newest first."""
    return followups.page(desk_for(call), call.id(), call.query.limit, call.query.cursor)


def follow_up(call: Write[NewFollowup, Nothing]) -> Made:
    """A follow-up: moves the record's clock."""
    made = followups.add(call.work, desk_for(call), call.id(), call.body.sort, call.body.text)
    return Made(("record_followup", made.id), made)


def reveal(call: Write[RevealInput, Nothing]) -> RevealedValue:
    """One masked value in clear, with a reason; audited and counted."""
    body = call.body
    return revealing.reveal(call.work, desk_for(call), call.id(), body.field, body.reason, body.text)


def list_related(call: Read[None, Nothing]) -> Related:
    """What belongs to it: the newest of every kind that links here."""
    return related.related(desk_for(call), call.id())


_ONE = "/api/records/{kind:str}/{id:int}"
ROUTES = [
    get("/api/records/{kind:str}", MAY_READ, list_records, output=RecordList, query=RecordQuery),
    post(
        "/api/records/{kind:str}",
        MAY_CREATE,
        create,
        again=lambda call, earlier: creating.shown_again(desk_for(call), earlier.ref_id),
        output=RecordItem,
        body=NewRecord,
    ),
    get(_ONE, MAY_READ, show, output=RecordItem),
    patch(_ONE, MAY_WRITE, change, output=ChangedRecord, body=RecordChange),
    delete(_ONE, MAY_DELETE, erase),
    put(f"{_ONE}/owner", MAY_CHANGE_OWNER, change_owner, output=OwnerChanged, body=NewOwner),
    get(f"{_ONE}/team", MAY_READ, list_team, output=Items[TeamMemberView]),
    put(_ONE + "/team/{person_id:int}", MAY_WRITE, join_team, body=TeamPlace, status=204),
    delete(_ONE + "/team/{person_id:int}", MAY_READ, leave_team),
    put(f"{_ONE}/void", MAY_WRITE, void, output=RecordItem, body=VoidReason),
    put(f"{_ONE}/restoration", MAY_WRITE, restore, output=RecordItem),
    put(f"{_ONE}/star", MAY_READ, star, status=204),
    delete(f"{_ONE}/star", MAY_READ, unstar),
    get(f"{_ONE}/history", MAY_READ, list_history, output=Items[RecordHistoryView], query=Page),
    get(f"{_ONE}/followups", MAY_READ, list_followups, output=Items[FollowupView], query=Page),
    post(
        f"{_ONE}/followups",
        MAY_WRITE,
        follow_up,
        again=lambda call, earlier: followups.view(desk_for(call), call.id(), earlier.ref_id),
        output=FollowupView,
        body=NewFollowup,
    ),
    put(f"{_ONE}/reveal", MAY_REVEAL, reveal, output=RevealedValue, body=RevealInput),
    get(f"{_ONE}/related", MAY_READ, list_related, output=Related),
]
