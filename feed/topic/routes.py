"""The routes of topics: policy aloud, call, present."""

from feed.policies import MAY_MANAGE_TOPICS, MAY_READ_POST
from feed.topic import choosing, officials, page
from feed.topic.inputs import ChangedTopic, TopicInput, TopicQuery
from feed.topic.present import OfficialTopicView, TopicChoices, TopicPage
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put


def offer(call: Read[None, Nothing]) -> TopicChoices:
    """What one may write about: mine, official, hot."""
    return choosing.choices(call.conn, call.actor, call.company.clock.now())


def show(call: Read[None, TopicQuery]) -> TopicPage:
    """A topic, and how many of its posts I may see. The posts: `GET /api/posts?topic=`."""
    return page.page(call.conn, call.actor, call.query.name)


def list_official(call: Read[None, Nothing]) -> Items[OfficialTopicView]:
    """The official topics, retired ones last."""
    return Items(officials.listed(call.conn))


def make(call: Write[TopicInput, Nothing]) -> Made:
    """A new official topic."""
    made = officials.make(call.work, call.actor, call.body.name)
    return Made(("topic", made.id), made)


def rename(call: Write[ChangedTopic, Nothing]) -> OfficialTopicView:
    """Another name; posts under the earlier one still belong to it."""
    return officials.rename(call.work, call.actor, call.id(), call.body.version, call.body.name)


def retire(call: Write[Nothing, Nothing]) -> OfficialTopicView:
    """No longer offered."""
    return officials.retire(call.work, call.actor, call.id(), True)


def restore(call: Write[None, Nothing]) -> OfficialTopicView:
    """Offered again."""
    return officials.retire(call.work, call.actor, call.id(), False)


ROUTES = [
    get("/api/topics", MAY_READ_POST, offer, output=TopicChoices),
    get("/api/topics/page", MAY_READ_POST, show, output=TopicPage, query=TopicQuery),
    get("/api/topics/official", MAY_MANAGE_TOPICS, list_official, output=Items[OfficialTopicView]),
    post(
        "/api/topics",
        MAY_MANAGE_TOPICS,
        make,
        again=lambda call, earlier: officials.view(call.conn, earlier.ref_id),
        output=OfficialTopicView,
        body=TopicInput,
    ),
    patch("/api/topics/{id:int}", MAY_MANAGE_TOPICS, rename, output=OfficialTopicView, body=ChangedTopic),
    put("/api/topics/{id:int}/retirement", MAY_MANAGE_TOPICS, retire, output=OfficialTopicView),
    delete(
        "/api/topics/{id:int}/retirement", MAY_MANAGE_TOPICS, restore, output=OfficialTopicView, status=200
    ),
]
