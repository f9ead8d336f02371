"""Changing a published task: who is to do it, by when, its list. Its author does, in the same version as text and audience."""

from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from feed import details
from feed.due import checked_due
from feed.kinds import Changed
from feed.task import events
from feed.task.inputs import MOST_ITEM_TEXT, TaskChange, TaskItemInput
from feed.task.models import Task, TaskItem, TaskPerson
from feed.task.present import task
from feed.task.tasks import must_see_what_it_carries, people_of, who_may_do_it
from feed.task.todo import todo_of
from server.db.base import table
from server.kit.problems import WrongState, invalid
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.work import Work


def differs(work: Work, post_id: int, fields: TaskChange) -> bool:
    now = task(work.conn, post_id)
    people = now.people if fields.people is None else sorted(set(fields.people))
    due = now.due_at if fields.due_at is msgspec.UNSET else fields.due_at
    items = [(one.number, one.text) for one in now.items]
    wanted = items if fields.items is None else [(one.number, one.text) for one in fields.items]
    return (people, due, wanted) != (now.people, now.due_at, items)


def change(work: Work, actor: Actor, changed: Changed) -> None:
    """Raises `Invalid` on `details.…`, on `audience` where it leaves out who is to do it, `RecipientsLackAccess`, `Forbidden` with
    `beyond`, `WrongState` for one that is done."""
    post_id, fields = changed.post_id, changed.fields
    before = people_of(work.conn, post_id)
    state = work.conn.execute(select(Task.state).where(Task.post_id == post_id)).scalar_one()
    people = before
    if fields is not None and differs(work, post_id, fields):
        if state == "done":
            raise WrongState("It is done; open it again first.", reason="task_is_done")
        people = _write(work, actor, changed, fields, before)
    left_out = [one for one in people if one in changed.lost]
    if left_out:
        raise invalid("audience", "needed", "Who is to do it must see it.", ids=left_out)
    must_see_what_it_carries(work, actor, changed.cards, people)
    if state == "open":
        gone = sorted(set(before) - set(people))
        if gone:
            work.record(events.task_ended(actor.id, post_id, gone))
        work.record(events.task_set(actor.id, todo_of(work.conn, post_id, work.now), people))


def _write(work: Work, actor: Actor, changed: Changed, fields: TaskChange, before: list[int]) -> list[int]:
    post_id = changed.post_id
    of_it = TaskPerson.post_id == post_id
    people = before
    if fields.people is not None and sorted(set(fields.people)) != before:
        people = who_may_do_it(work, actor, changed.audience, fields.people, before)
        work.conn.execute(delete(TaskPerson).where(of_it, TaskPerson.person_id.not_in(people)))
        rows = [{"post_id": post_id, "person_id": one} for one in people if one not in before]
        if rows:
            work.conn.execute(insert(table(TaskPerson)), rows)
        work.conn.execute(update(Task).where(Task.post_id == post_id).values(returned_from=None))
    if fields.due_at is not msgspec.UNSET:
        held = work.conn.execute(select(Task.due_at).where(Task.post_id == post_id)).scalar_one()
        if fields.due_at != held:
            due = checked_due(work, "details.due_at", fields.due_at)
            work.conn.execute(update(Task).where(Task.post_id == post_id).values(due_at=due))
    if fields.items is not None:
        _write_items(work, post_id, fields.items)
    details.keep(work, post_id, task(work.conn, post_id))
    return people


def _write_items(work: Work, post_id: int, wanted: list[TaskItemInput]) -> None:
    """A line that stays keeps its number; one that is new gets the next."""
    of_it = TaskItem.post_id == post_id
    held = {row.number: row.text for row in work.conn.execute(select(table(TaskItem)).where(of_it))}
    kept: set[int] = set()
    fresh: list[dict[str, Any]] = []
    following = max(held, default=0)
    for at, one in enumerate(wanted):
        text = clean(one.text, f"details.items[{at}].text", limit=MOST_ITEM_TEXT, single_line=True)
        if one.number is None:
            following += 1
            fresh.append({"post_id": post_id, "number": following, "text": text})
            continue
        if one.number not in held or one.number in kept:
            raise invalid(f"details.items[{at}].number", "not_found", "There is no such line (any more).")
        kept.add(one.number)
        if text != held[one.number]:
            work.conn.execute(update(TaskItem).where(of_it, TaskItem.number == one.number).values(text=text))
    gone = sorted(set(held) - kept)
    if gone:
        work.conn.execute(delete(TaskItem).where(of_it, TaskItem.number.in_(gone)))
    if fresh:
        work.conn.execute(insert(table(TaskItem)), fresh)
