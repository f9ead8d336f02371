"""Tasks (WORK-12, FEED-16): who is to do it, by when, a list to tick off, what it came from. One state for all its people."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from feed import audience, details
from feed.due import checked_due
from feed.inputs import AudienceInput
from feed.kinds import Begun
from feed.policies import must_lie_within, must_lock
from feed.present import PostView, posts
from feed.task import events
from feed.task.inputs import MOST_ITEM_TEXT, MOST_ITEMS, TaskInput
from feed.task.models import Task, TaskItem, TaskPerson
from feed.task.present import TaskView, task
from feed.task.todo import todo_of
from server.cards.cards import Ref, cards_of
from server.cards.carrying import CarriedCard
from server.kit.problems import Forbidden, NotFound, RecipientsLackAccess, WrongState, invalid
from server.kit.text import clean
from server.org.models import Person
from server.permissions.actor import Actor, load_actor
from server.work.work import Work

KIND = "task"


def begin(work: Work, actor: Actor, begun: Begun, fields: TaskInput) -> TaskView:
    """Raises `Forbidden` with `beyond`, `Invalid` on a field, `RecipientsLackAccess` with the `ids` of who may not see what it carries."""
    due = checked_due(work, "details.due_at", fields.due_at)
    people = who_may_do_it(work, actor, begun.audience, fields.people)
    must_see_what_it_carries(work, actor, begun.cards, people)
    items = [
        clean(text, f"details.items[{at}]", limit=MOST_ITEM_TEXT, single_line=True)
        for at, text in enumerate(fields.items)
    ]
    conn, post_id = work.conn, begun.post_id
    conn.execute(insert(Task).values(post_id=post_id, due_at=due, state="open"))
    conn.execute(insert(TaskPerson), [{"post_id": post_id, "person_id": one} for one in people])
    if items:
        rows = [{"post_id": post_id, "number": at, "text": text} for at, text in enumerate(items, 1)]
        conn.execute(insert(TaskItem), rows)
    return task(conn, post_id)


def who_may_do_it(
    work: Work, actor: Actor, to: AudienceInput, ids: Sequence[int], held: Sequence[int] = ()
) -> list[int]:
    """Without doubles; who had it before (`held`) needs not lie within one's scope. Raises as `begin`."""
    people = sorted(set(ids))
    if not people:
        raise invalid("details.people", "required", "Choose who is to do it.")
    named = Person.id.in_(people) & (Person.state != "left") & (Person.kind != "bot")
    here = set(work.conn.execute(select(Person.id).where(named)).scalars())
    if len(here) < len(people):
        raise invalid("details.people", "not_found", "Some of these people are not here (any more).")
    must_lie_within(work.conn, actor, "post.instruct", named & Person.id.not_in(held))
    seeing = audience.people_in(to.everyone, to.departments, to.people) | (Person.id == actor.id)
    outside = work.conn.execute(select(Person.id).where(named, ~seeing)).scalars().all()
    if outside:
        raise invalid("details.people", "outside_audience", "Who is to do it must see it.", ids=list(outside))
    return people


def must_see_what_it_carries(
    work: Work, actor: Actor, carried: Sequence[CarriedCard], people: Sequence[int]
) -> None:
    refs = [Ref(card.kind, card.id) for card in carried]
    if not refs:
        return
    blind = []
    for one in people:
        person = actor if one == actor.id else load_actor(work.conn, one)
        cards = {} if person is None else cards_of(work.conn, person, work.company.modules, refs)
        if person is None or any(cards[ref].restricted for ref in refs):
            blind.append(one)
    if blind:
        raise RecipientsLackAccess(
            "Who is to do it may not see what the task comes from.", ids=blind, next_step="leave_out_source"
        )


def follow(work: Work, view: PostView) -> None:
    """It waits for all its people."""
    people = people_of(work.conn, view.id)
    work.record(events.task_set(view.author_id, todo_of(work.conn, view.id, work.now), people))


def progress(work: Work, actor: Actor, post_id: int, state: str) -> PostView:
    """Done, or open again. Twice is the same for who did it; who comes second is told who was first.

    Raises `NotFound`, `Forbidden` for who has no part in it, `WrongState` with `by` and `at`.
    """
    row, people = _locked(work, actor, post_id)
    if row.state == "done" and state == "done" and row.done_by != actor.id:
        raise WrongState(
            "Somebody has finished it already.", reason="task_done", by=row.done_by, at=row.done_at
        )
    if row.state == state:
        return posts(work.conn, [post_id])[0]
    done = state == "done"
    work.conn.execute(
        update(Task)
        .where(Task.post_id == post_id)
        .values(state=state, done_at=work.now if done else None, done_by=actor.id if done else None)
    )
    if done:
        work.record(events.task_ended(actor.id, post_id, people))
    else:
        work.record(events.task_set(actor.id, todo_of(work.conn, post_id, work.now), people))
    return _told(work, actor, post_id)


def tick(work: Work, actor: Actor, post_id: int, number: int, done: bool) -> PostView:
    """One line of the list, ticked off by the first who does, or open again. Twice is the same. Raises `NotFound`, `Forbidden`."""
    _locked(work, actor, post_id)
    if number > MOST_ITEMS:
        raise NotFound()
    one = (TaskItem.post_id == post_id) & (TaskItem.number == number)
    item = work.conn.execute(select(TaskItem.done_at).where(one)).first()
    if item is None:
        raise NotFound()
    if (item.done_at is not None) == done:
        return posts(work.conn, [post_id])[0]
    values = {"done_at": work.now if done else None, "done_by": actor.id if done else None}
    work.conn.execute(update(TaskItem).where(one).values(**values))
    return _told(work, actor, post_id)


def close(work: Work, post_id: int, hearing: Sequence[str]) -> None:
    """The post is deleted: it waits for nobody."""
    work.record(events.task_ended(None, post_id, people_of(work.conn, post_id)))


def _locked(work: Work, actor: Actor, post_id: int) -> tuple[Any, list[int]]:
    """The task behind its post's lock, and its people; to them and to who set it."""
    post = must_lock(work, actor, post_id, KIND)
    people = people_of(work.conn, post_id)
    if actor.id not in (post.author_id, *people):
        raise Forbidden("Who is to do it, or who set it, does this.", next_step="ask_author")
    return work.conn.execute(select(Task.__table__).where(Task.post_id == post_id)).one(), people


def _told(work: Work, actor: Actor, post_id: int) -> PostView:
    details.tell(work, actor, post_id, task(work.conn, post_id))
    return posts(work.conn, [post_id])[0]


def people_of(conn: Connection, post_id: int) -> list[int]:
    query = select(TaskPerson.person_id).where(TaskPerson.post_id == post_id)
    return list(conn.execute(query.order_by(TaskPerson.person_id)).scalars())
