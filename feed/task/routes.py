"""How far a task is."""

from feed import publishing
from feed.policies import MAY_PROGRESS, MAY_SET_TASK
from feed.present import PostView, PublishedPost
from feed.task import sourcing, tasks
from feed.task.inputs import ProgressInput, SourcedTask
from server.api.route import Made, Nothing, Write, delete, post, put
from server.cards.cards import Ref


def progress(call: Write[ProgressInput, Nothing]) -> PostView:
    """Done, or open again."""
    return tasks.progress(call.work, call.actor, call.id(), call.body.state)


def tick(call: Write[Nothing, Nothing]) -> PostView:
    """Tick off one line of a task's list."""
    return tasks.tick(call.work, call.actor, call.id(), call.id("number"), True)


def untick(call: Write[None, Nothing]) -> PostView:
    """One line is open again."""
    return tasks.tick(call.work, call.actor, call.id(), call.id("number"), False)


def set_from_post(call: Write[SourcedTask, Nothing]) -> Made:
    """Make a task of a post that I may read; the two are linked both ways."""
    return _made(call, Ref("post", call.id()))


def set_from_message(call: Write[SourcedTask, Nothing]) -> Made:
    """Make a task of a message that I may read."""
    return _made(call, Ref("message", call.id()))


def _made(call: Write[SourcedTask, Nothing], source: Ref) -> Made:
    answer = sourcing.set_from(call.work, call.actor, source, call.body)
    return Made(("post", answer.id), answer)


ROUTES = [
    post(
        "/api/posts/{id:int}/task",
        MAY_SET_TASK,
        set_from_post,
        again=lambda call, earlier: publishing.again(call.conn, earlier.ref_id),
        output=PublishedPost,
        body=SourcedTask,
    ),
    post(
        "/api/messages/{id:int}/task",
        MAY_SET_TASK,
        set_from_message,
        again=lambda call, earlier: publishing.again(call.conn, earlier.ref_id),
        output=PublishedPost,
        body=SourcedTask,
    ),
    put("/api/posts/{id:int}/progress", MAY_PROGRESS, progress, output=PostView, body=ProgressInput),
    put("/api/posts/{id:int}/items/{number:int}", MAY_PROGRESS, tick, output=PostView),
    delete("/api/posts/{id:int}/items/{number:int}", MAY_PROGRESS, untick, output=PostView, status=200),
]
