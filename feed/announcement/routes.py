"""Announcements in a list of their own, and how they stand."""

from feed.announcement import announcements
from feed.announcement.inputs import AnnouncementPage, StandingInput
from feed.policies import MAY_CHANGE_ANNOUNCEMENT, MAY_READ_POST
from feed.present import PostView
from server.api.route import Items, Nothing, Read, Write, get, put


def list_announcements(call: Read[None, AnnouncementPage]) -> Items[PostView]:
    """The announcements that I may read, newest first: all, those that hold, those that are pinned, those that have expired."""
    query, company = call.query, call.company
    now = company.clock.now()
    return Items(
        *announcements.page(
            call.conn, call.actor, company.modules, now, query.state, query.limit, query.cursor
        )
    )


def change_standing(call: Write[StandingInput, Nothing]) -> PostView:
    """Pin my announcement or not, and say when it expires."""
    return announcements.change(call.work, call.actor, call.id(), call.body)


ROUTES = [
    get(
        "/api/announcements",
        MAY_READ_POST,
        list_announcements,
        output=Items[PostView],
        query=AnnouncementPage,
    ),
    put(
        "/api/posts/{id:int}/announcement",
        MAY_CHANGE_ANNOUNCEMENT,
        change_standing,
        output=PostView,
        body=StandingInput,
    ),
]
