"""What tasks add to the feed."""

from feed.kinds import PostKind
from feed.policies import MAY_SET_TASK
from feed.task.changing import change, differs
from feed.task.inputs import TaskChange, TaskInput
from feed.task.notices import SET
from feed.task.present import TaskView
from feed.task.reactions import go_back
from feed.task.routes import ROUTES
from feed.task.tasks import KIND, begin, close, follow
from feed.task.todo import TASK_TODO, count_for
from notifications.todos import TodoView
from server.api.entities import Entity
from server.db.invariant import Invariant
from server.people.handover import HandoverPart
from server.people.leaving import LEFT
from server.work.within import Within

TASK = PostKind(
    KIND,
    MAY_SET_TASK,
    takes_receipts=False,
    fields=TaskInput,
    shape=TaskView,
    begin=begin,
    follow=follow,
    amended=TaskChange,
    differs=differs,
    change=change,
    close=close,
    state=lambda details: str(details["state"]),
)

PARTS = [
    *TASK.parts,
    *ROUTES,
    SET,
    TASK_TODO,
    Entity("todo/task", TodoView),
    Within(LEFT, "tasks go back to their authors", go_back),
    HandoverPart("tasks", count_for),
    Invariant(
        "exactly the posts that are tasks are some, and somebody is to do each",
        """SELECT p.id FROM post p LEFT JOIN task t ON t.post_id = p.id WHERE (p.kind = 'task') <> (t.post_id IS NOT NULL)
             OR (p.kind = 'task' AND NOT EXISTS (SELECT 1 FROM task_person w WHERE w.post_id = p.id))""",
    ),
]
