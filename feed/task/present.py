"""Tasks on the wire: all that is shown of one, to every reader alike."""

from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from feed.task.models import Task, TaskItem, TaskPerson


class TaskItemView(msgspec.Struct, frozen=True):
    number: int
    text: str
    done_at: datetime | None
    done_by: int | None


class TaskView(msgspec.Struct, frozen=True, tag_field="kind", tag="task"):
    """`people` are to do it; `done_by` is who finished it; `returned_from` was to do it and has left."""

    people: list[int]
    due_at: datetime | None
    state: Literal["open", "done"]
    done_at: datetime | None
    done_by: int | None
    items: list[TaskItemView]
    returned_from: int | None = None


def task(conn: Connection, post_id: int) -> TaskView:
    row = conn.execute(select(Task.__table__).where(Task.post_id == post_id)).one()
    people = select(TaskPerson.person_id).where(TaskPerson.post_id == post_id).order_by(TaskPerson.person_id)
    items = select(TaskItem.__table__).where(TaskItem.post_id == post_id).order_by(TaskItem.number)
    return TaskView(
        list(conn.execute(people).scalars()),
        row.due_at,
        row.state,
        row.done_at,
        row.done_by,
        [TaskItemView(one.number, one.text, one.done_at, one.done_by) for one in conn.execute(items)],
        row.returned_from,
    )
