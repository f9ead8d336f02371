"""What access to single records adds to the house. Called by `crm_objects/module.py`."""

from functools import partial
from typing import Any

from sqlalchemy import delete, or_, select

from crm_objects.access import asking, sharing, snapshots
from crm_objects.access.events import CATEGORY
from crm_objects.access.models import AccessRequest, RecordShare, RecordSnapshot
from crm_objects.access.notices import ANSWERED, ASKED
from crm_objects.access.routes import ROUTES
from crm_objects.access.todos import access_todo
from crm_objects.engine.events import CHANGED, DELETED
from crm_objects.engine.record_type import Kinds
from notifications.todos import TodoView
from server.api.entities import Entity
from server.background.jobs import BY_THE_HOUSE, Job
from server.db.invariant import Invariant
from server.events.envelope import Event
from server.people.leaving import LEFT, whom
from server.work.within import Within
from server.work.work import Work

_CARRYING = ("post.published", "post.changed", "comment.written", "message.sent")


def parts(kinds: Kinds) -> list[Any]:
    return [
        *ROUTES,
        ASKED,
        ANSWERED,
        access_todo(kinds),
        Entity(f"todo/{CATEGORY}", TodoView),
        Job(sharing.JOB, BY_THE_HOUSE, sharing.end),
        *[Within(on, "cards keep what they show", partial(snapshots.keep, kinds=kinds)) for on in _CARRYING],
        Within(CHANGED, "questions for access follow", partial(_follow, kinds=kinds)),
        Within(DELETED, "access goes with it", partial(_forget, kinds=kinds)),
        Within(LEFT, "questions for access go on", partial(_someone_left, kinds=kinds)),
        Within(
            "person.changed", "questions for access find who is here", partial(_someone_away, kinds=kinds)
        ),
        *[_belong(kind, name) for kind in kinds for name in ("record_share", "record_snapshot")],
    ]


def _belong(kind: str, name: str) -> Invariant:
    return Invariant(
        f"every {name} of a {kind} is of one that is there",
        f"SELECT s.record_id FROM {name} s WHERE s.kind = '{kind}'"  # noqa: S608
        f" AND NOT EXISTS (SELECT 1 FROM {kind} r WHERE r.id = s.record_id)",
    )


def _follow(work: Work, event: Event, kinds: Kinds) -> None:
    """Another owner, the recycle bin, a place on the team: what waits goes where it belongs now."""
    for change in event.changes:
        kind = change.kind.partition("/")[2]
        waiting = select(asking.REQUESTS).where(
            AccessRequest.kind == kind, AccessRequest.record_id == change.id, AccessRequest.state == "open"
        )
        for row in work.conn.execute(waiting.order_by(AccessRequest.id)).all():
            asking.route(work, kinds, row)


def _forget(work: Work, event: Event, kinds: Kinds) -> None:
    _follow(work, event, kinds)
    for change in event.changes:
        kind = change.kind.partition("/")[2]
        for model in (RecordShare, RecordSnapshot, AccessRequest):
            work.conn.execute(delete(model).where(model.kind == kind, model.record_id == change.id))


def _someone_left(work: Work, event: Event, kinds: Kinds) -> None:
    """What they asked waits for nobody, what waited for them goes to who is above them."""
    person = whom(event)
    theirs = or_(AccessRequest.person_id == person, AccessRequest.decider_id == person)
    waiting = select(asking.REQUESTS).where(theirs, AccessRequest.state == "open")
    for row in work.conn.execute(waiting.order_by(AccessRequest.id)).all():
        asking.route(work, kinds, row)


def _someone_away(work: Work, event: Event, kinds: Kinds) -> None:
    """An absence was entered: what waited for them goes to who is here (W35)."""
    people = [change.id for change in event.changes if change.kind == "person"]
    waiting = select(asking.REQUESTS).where(
        AccessRequest.decider_id.in_(people), AccessRequest.state == "open"
    )
    for row in work.conn.execute(waiting.order_by(AccessRequest.id)).all():
        asking.route(work, kinds, row)
