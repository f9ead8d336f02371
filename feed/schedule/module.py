"""What schedule items add to the feed."""

from feed.kinds import PostKind
from feed.schedule.inputs import ScheduleInput
from feed.schedule.notices import CANCELLED, MOVED
from feed.schedule.policies import MAY_PLAN
from feed.schedule.present import ScheduleInvitation, ScheduleTally, ScheduleView
from feed.schedule.reactions import count_planned, give_back, take_away
from feed.schedule.routes import ROUTES
from feed.schedule.schedules import KIND, begin, close, follow, mine, readdressed
from feed.schedule.todo import SCHEDULE_TODO
from feed.schedule.turns import TURN
from notifications.todos import TodoView
from server.api.entities import Entity
from server.db.invariant import Invariant
from server.people.handover import HandoverPart
from server.people.leaving import LEFT, RETURNED
from server.work.within import Within

SCHEDULE = PostKind(
    KIND,
    MAY_PLAN,
    takes_receipts=False,
    may_be_own=True,
    fields=ScheduleInput,
    shape=ScheduleView,
    begin=begin,
    follow=follow,
    mine=mine,
    change=readdressed,
    close=close,
    state=lambda details: "cancelled" if details["state"] == "cancelled" else "",
)

PARTS = [
    *SCHEDULE.parts,
    *ROUTES,
    SCHEDULE_TODO,
    MOVED,
    CANCELLED,
    TURN,
    Entity("invitation", ScheduleInvitation),
    Entity("tally/schedule", ScheduleTally),
    Entity("todo/schedule", TodoView),
    Within(LEFT, "invitations are taken away", take_away),
    Within(RETURNED, "invitations are given back", give_back),
    HandoverPart("schedules", count_planned),
    Invariant(
        "exactly the posts that are schedule items stand in a calendar",
        """SELECT p.id FROM post p LEFT JOIN schedule s ON s.post_id = p.id
             WHERE (p.kind = 'schedule') <> (s.post_id IS NOT NULL) OR (s.post_id IS NOT NULL AND s.author_id <> p.author_id)""",
    ),
    Invariant(
        "no invitation waits for who has left, or on an item that was deleted or cancelled",
        """SELECT g.post_id FROM schedule_guest g JOIN person w ON w.id = g.person_id JOIN schedule s ON s.post_id = g.post_id
             JOIN post p ON p.id = g.post_id
             WHERE g.state = 'open' AND (w.state = 'left' OR s.state = 'cancelled' OR p.deleted_at IS NOT NULL)""",
    ),
    Invariant(
        "a reminder waits only for items that take place",
        """SELECT r.reminder_id FROM schedule_reminder r JOIN schedule s ON s.post_id = r.post_id JOIN post p ON p.id = r.post_id
             WHERE s.state = 'cancelled' OR p.deleted_at IS NOT NULL""",
    ),
]
