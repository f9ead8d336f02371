"""A task whose last person leaves the company is its author's again, where everybody sees it: it must not wait for nobody."""

from typing import Any

from sqlalchemy import delete, exists, insert, select, update

from feed import audience, details
from feed import events as of_posts
from feed.models import Post
from feed.present import posts
from feed.task import events
from feed.task.models import Task, TaskPerson
from feed.task.present import task
from feed.task.todo import todo_of
from server.db.base import table
from server.events.envelope import Event
from server.org.models import Person
from server.people.leaving import whom
from server.work.work import Work

_OTHER = table(TaskPerson).alias("other")


def go_back(work: Work, event: Event) -> None:
    """In the order of ids, each post locked before its task. Where the author has left too, it stays as it is."""
    person = whom(event)
    others = (
        exists()
        .where(
            _OTHER.c.post_id == Task.post_id, _OTHER.c.person_id != person, Person.id == _OTHER.c.person_id
        )
        .where(Person.state != "left")
        .correlate(Task)
    )
    alone = (
        select(Task.post_id)
        .join(TaskPerson, TaskPerson.post_id == Task.post_id)
        .where(TaskPerson.person_id == person, Task.state == "open", ~others)
        .order_by(Task.post_id)
    )
    for post_id in list(work.conn.execute(alone).scalars()):
        row = work.conn.execute(select(table(Post)).where(Post.id == post_id).with_for_update()).one()
        author = select(Person.id).where(Person.id == row.author_id, Person.state != "left")
        if row.deleted_at is None and row.author_id != person and work.conn.execute(author).first():
            _give(work, row, person)


def _give(work: Work, row: Any, person: int) -> None:
    of_it = TaskPerson.post_id == row.id
    work.conn.execute(delete(TaskPerson).where(of_it))
    work.conn.execute(insert(TaskPerson).values(post_id=row.id, person_id=row.author_id))
    work.conn.execute(update(Task).where(Task.post_id == row.id).values(returned_from=person))
    details.keep(work, row.id, task(work.conn, row.id))
    work.record(events.task_ended(None, row.id, [person]))
    work.record(events.task_returned(todo_of(work.conn, row.id, work.now), row.author_id))
    hearing = audience.who_hears(work, row, audience.subjects_of_post(work, row.id))
    work.record(of_posts.post_details_changed(None, posts(work.conn, [row.id])[0], hearing))
