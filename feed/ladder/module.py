"""What ladders add to the feed."""

from feed.ladder.climbing import CLIMB
from feed.ladder.notices import MISSING, NUDGE, REMINDED
from feed.ladder.present import LadderTally
from feed.ladder.reactions import ENDED
from feed.ladder.routes import ROUTES
from feed.ladder.todo import KIND, MISSING_CARDS, MISSING_TODO
from notifications.todos import TodoView
from server.api.entities import Entity
from server.db.invariant import Invariant

PARTS = [
    *ROUTES,
    CLIMB,
    NUDGE,
    MISSING,
    REMINDED,
    ENDED,
    MISSING_TODO,
    MISSING_CARDS,
    Entity("tally/ladder", LadderTally),
    Entity(f"todo/{KIND}", TodoView),
    Invariant(
        "a nudge is told to the person, every other step to somebody else, and all belong to a ladder",
        """SELECT s.id FROM ladder_step s LEFT JOIN receipt_ladder l ON l.post_id = s.post_id
             WHERE l.post_id IS NULL OR s.round > l.round OR (s.step = 'nudge') <> (s.told_id = s.person_id)""",
    ),
]
