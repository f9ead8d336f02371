"""What work logs add to the feed."""

from feed.kinds import PostKind
from feed.log.cards import PERIOD_CARDS
from feed.log.filling import summary
from feed.log.inputs import LogInput
from feed.log.logs import KIND, begin, close, follow, mine, prepare
from feed.log.notices import NOTICES
from feed.log.policies import MAY_WRITE_LOG
from feed.log.present import LogScores, LogTemplateView, LogView
from feed.log.reactions import forget_calls
from feed.log.routes import ROUTES
from feed.log.seeds import plant, with_the_company
from feed.log.todo import LOG_TODO
from notifications.todos import TodoView
from server.api.entities import Entity
from server.db.first_rows import FirstRows
from server.db.invariant import Invariant
from server.people.leaving import LEFT
from server.permissions.capabilities import Capability
from server.work.within import Within

LOG = PostKind(
    KIND,
    MAY_WRITE_LOG,
    titled=True,
    takes_receipts=False,
    fields=LogInput,
    shape=LogView,
    prepare=prepare,
    begin=begin,
    follow=follow,
    mine=mine,
    close=close,
    summary=summary,
    is_edited=False,
)

PARTS = [
    *LOG.parts,
    *ROUTES,
    *NOTICES,
    LOG_TODO,
    PERIOD_CARDS,
    Capability("log_templates.edit"),
    Entity("log_template", LogTemplateView),
    Entity("log_scores", LogScores),
    Entity("todo/log", TodoView),
    FirstRows("log templates", plant),
    Within("company.changed", "log templates are there from the first day", with_the_company),
    Within(LEFT, "logs are called for no longer", forget_calls),
    Invariant(
        "exactly the posts that are logs, and were not deleted, count as handed in",
        """SELECT p.id FROM post p LEFT JOIN work_log w ON w.post_id = p.id
             WHERE (p.kind = 'log' AND p.deleted_at IS NULL) <> (w.post_id IS NOT NULL)""",
    ),
    Invariant(
        "nobody scores a log that is not handed in, and no log is called for of who has left",
        """SELECT r.post_id FROM work_log_recipient r LEFT JOIN work_log w ON w.post_id = r.post_id WHERE w.post_id IS NULL
             UNION ALL SELECT c.template_id FROM log_call c JOIN person p ON p.id = c.person_id WHERE p.state = 'left'""",
    ),
]
