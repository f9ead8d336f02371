"""What topics add to the feed."""

from feed.topic.present import OfficialTopicView
from feed.topic.routes import ROUTES
from server.api.entities import Entity
from server.db.invariant import Invariant
from server.permissions.capabilities import Capability

PARTS = [
    *ROUTES,
    Capability("topics.manage"),
    Entity("topic", OfficialTopicView),
    Invariant(
        "a topic stands under the author of its post, and under no deleted one",
        """SELECT t.post_id FROM post_topic t JOIN post p ON p.id = t.post_id
             WHERE t.author_id <> p.author_id OR p.deleted_at IS NOT NULL""",
    ),
    Invariant(
        "every official topic has a name to be found by",
        "SELECT t.id FROM official_topic t WHERE NOT EXISTS (SELECT 1 FROM topic_name n WHERE n.topic_id = t.id)",
    ),
]
