"""«Set as task» in one request (FEED-16): a post or a message becomes the card of a new task."""

import msgspec

from feed import publishing
from feed.inputs import AudienceInput, NewPost
from feed.present import PublishedPost
from feed.task.inputs import SourcedTask, TaskInput
from feed.task.tasks import KIND
from server.cards.cards import Ref, cards_of
from server.cards.inputs import RefInput
from server.kit.problems import NotFound
from server.permissions.actor import Actor
from server.work.work import Work


def set_from(work: Work, actor: Actor, source: Ref, wanted: SourcedTask) -> PublishedPost:
    """Raises `NotFound` where the source is not the actor's to see, and as publishing a task does."""
    card = cards_of(work.conn, actor, work.company.modules, [source])[source]
    if card.restricted:
        raise NotFound()
    fields = TaskInput(wanted.people, wanted.due_at, wanted.items)
    new = NewPost(
        KIND,
        wanted.text or card.title,
        wanted.audience or AudienceInput(people=wanted.people),
        cards=[RefInput(source.kind, source.id)],
        details=msgspec.to_builtins(fields),
    )
    return publishing.publish(work, actor, new)
