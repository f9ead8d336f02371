"""How far a task is."""

from feed.policies import MAY_PROGRESS
from feed.present import PostView
from feed.task import tasks
from feed.task.inputs import ProgressInput
from server.api.route import Nothing, Write, delete, put


def progress(call: Write[ProgressInput, Nothing]) -> PostView:
    """Done, or open again."""
    return tasks.progress(call.work, call.actor, call.id(), call.body.state)


def tick(call: Write[Nothing, Nothing]) -> PostView:
    """Tick off one line of a task's list."""
    return tasks.tick(call.work, call.actor, call.id(), call.id("number"), True)


def untick(call: Write[None, Nothing]) -> PostView:
    """One line is open again."""
    return tasks.tick(call.work, call.actor, call.id(), call.id("number"), False)


ROUTES = [
    put("/api/posts/{id:int}/progress", MAY_PROGRESS, progress, output=PostView, body=ProgressInput),
    put("/api/posts/{id:int}/items/{number:int}", MAY_PROGRESS, tick, output=PostView),
    delete("/api/posts/{id:int}/items/{number:int}", MAY_PROGRESS, untick, output=PostView, status=200),
]
