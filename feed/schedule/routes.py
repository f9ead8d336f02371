"""Answering invitations, moving and cancelling items, one's own calendar on a page and for calendar programs."""

from starlette.responses import Response

from feed.present import PostView
from feed.schedule import answering, calendar, feeds, schedules
from feed.schedule.inputs import InvitationAnswer, ScheduleRange, TimesInput
from feed.schedule.policies import (
    MAY_ANSWER_INVITATION,
    MAY_CHANGE_SCHEDULE,
    MAY_SEE_GUESTS,
    MAY_SEE_OWN_SCHEDULE,
    OWN_FEED,
)
from feed.schedule.present import FeedView, GuestPanel, OccurrenceView, ScheduleInvitation
from server.api.endpoint import PRIVATE
from server.api.route import (
    Await,
    Items,
    Made,
    Nothing,
    Read,
    Write,
    delete,
    get,
    get_awaiting,
    post,
    put,
)
from server.calendar.calendars import must_be_day
from server.permissions.rules import ANYONE

CALENDAR = "text/calendar; charset=utf-8"


def answer(call: Write[InvitationAnswer, Nothing]) -> ScheduleInvitation:
    """I come, perhaps, or not."""
    return answering.answer(call.work, call.actor, call.id(), call.body)


def show_guests(call: Read[None, Nothing]) -> GuestPanel:
    """Who comes, as far as it is mine to see."""
    return answering.panel(call.conn, call.actor, call.id())


def change(call: Write[TimesInput, Nothing]) -> PostView:
    """Another time (then the invited are asked anew), place, or other reminders."""
    return schedules.change(call.work, call.actor, call.id(), call.body)


def cancel(call: Write[Nothing, Nothing]) -> PostView:
    """It does not take place."""
    return schedules.cancel(call.work, call.actor, call.id())


def cancel_one(call: Write[Nothing, Nothing]) -> PostView:
    """One occurrence of what repeats does not take place."""
    day = must_be_day(call.path["day"])
    return schedules.cancel_one(call.work, call.actor, call.id(), day)


def show_calendar(call: Read[None, ScheduleRange]) -> Items[OccurrenceView]:
    """What I planned, and what I was invited to and did not decline, day by day."""
    company = call.company
    wanted = calendar.days_wanted(call.query, company.today())
    found, also = calendar.between(call.conn, call.actor, company.modules, company.zone, wanted)
    return Items(found, None, also)


def show_feed(call: Read[None, Nothing]) -> FeedView:
    """Whether my calendar has an address for calendar programs."""
    return feeds.show(call.conn, call.actor)


def renew_feed(call: Write[Nothing, Nothing]) -> Made:
    """An address for calendar programs; shown once, an earlier one is dead."""
    return Made(("calendar_feed", call.actor.id), feeds.renew(call.work, call.actor))


def revoke_feed(call: Write[None, Nothing]) -> None:
    """My calendar has no address any more."""
    feeds.revoke(call.work, call.actor)


async def read_feed(call: Await[Nothing, Nothing]) -> Response:
    """Somebody's calendar (iCalendar), for who holds its secret address."""
    company, name = call.company, call.path["token"]
    made, tag = await company.read(lambda conn: feeds.read(conn, company, name))
    headers = {**PRIVATE, "ETag": tag}
    asked = [
        one.strip().removeprefix("W/") for one in call.request.headers.get("if-none-match", "").split(",")
    ]
    if tag in asked:
        return Response(b"", 304, headers)
    return Response(made, 200, headers, CALENDAR)


ROUTES = [
    put(
        "/api/posts/{id:int}/invitation",
        MAY_ANSWER_INVITATION,
        answer,
        output=ScheduleInvitation,
        body=InvitationAnswer,
    ),
    get("/api/posts/{id:int}/invitations", MAY_SEE_GUESTS, show_guests, output=GuestPanel),
    put("/api/posts/{id:int}/schedule", MAY_CHANGE_SCHEDULE, change, output=PostView, body=TimesInput),
    put("/api/posts/{id:int}/cancellation", MAY_CHANGE_SCHEDULE, cancel, output=PostView),
    put("/api/posts/{id:int}/cancellation/{day:str}", MAY_CHANGE_SCHEDULE, cancel_one, output=PostView),
    get(
        "/api/schedule",
        MAY_SEE_OWN_SCHEDULE,
        show_calendar,
        output=Items[OccurrenceView],
        query=ScheduleRange,
    ),
    get("/api/me/calendar-feed", OWN_FEED, show_feed, output=FeedView),
    post(
        "/api/me/calendar-feed",
        OWN_FEED,
        renew_feed,
        again=lambda call, earlier: feeds.show(call.conn, call.actor),
        output=FeedView,
    ),
    delete("/api/me/calendar-feed", OWN_FEED, revoke_feed),
    get_awaiting("/api/calendar/feeds/{token:str}", ANYONE, read_feed, output=None),
]
