"""What announcements add to the feed."""

from feed.announcement.announcements import KIND, begin, first_state, readdressed
from feed.announcement.inputs import AnnouncementInput
from feed.announcement.present import AnnouncementView
from feed.announcement.routes import ROUTES
from feed.kinds import PostKind
from feed.policies import MAY_ANNOUNCE, MAY_READ_POST
from server.api.first_state import BootstrapPart
from server.db.invariant import Invariant

ANNOUNCEMENT = PostKind(
    KIND,
    MAY_ANNOUNCE,
    titled=True,
    takes_poll=True,
    takes_table=True,
    fields=AnnouncementInput,
    shape=AnnouncementView,
    begin=begin,
    change=readdressed,
)

PARTS = [
    *ANNOUNCEMENT.parts,
    *ROUTES,
    BootstrapPart("announcements", MAY_READ_POST, first_state),
    Invariant(
        "exactly the posts that are announcements stand as such",
        """SELECT p.id FROM post p LEFT JOIN announcement a ON a.post_id = p.id
             WHERE (p.kind = 'announcement') <> (a.post_id IS NOT NULL)""",
    ),
]
