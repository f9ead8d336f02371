"""What the author does about receipts: asks at publishing, withdraws, reminds."""

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, insert, literal, select, update

from feed import audience, events, questions
from feed.due import checked_due
from feed.inputs import AudienceInput, ReceiptsInput
from feed.kinds import kind_named
from feed.ladder import setting
from feed.models import Post, Receipt, ReceiptAsk
from feed.policies import must_read
from feed.present import RECEIPT_COLUMNS, AskView, Named, Reminded, posts, receipt
from feed.present import ask as present_ask
from feed.receipts import count
from server.kit.problems import Forbidden, NotFound, NotPending, TooSoon, WrongState, invalid
from server.org.known import must_be_departments
from server.org.lines import members_of
from server.org.models import Department, Person
from server.permissions.actor import Actor
from server.permissions.scopes import people_within
from server.work.work import Work

REMIND_GAP = timedelta(minutes=30)
MOST_NAMED = 20


def ask(
    work: Work, actor: Actor, post_id: int, version: int, to: AudienceInput, wanted: ReceiptsInput
) -> AskView:
    """Asks these people for a receipt. Raises `Invalid` on `receipts.…` (empty, outside the audience, past), `Forbidden` on scope."""
    departments, people = sorted(set(wanted.departments)), sorted(set(wanted.people))
    if not (wanted.everyone or departments or people):
        raise invalid("receipts", "required", "Choose who must confirm.")
    checked_due(work, "receipts.due_at", wanted.due_at)
    question = questions.known(wanted.question)
    must_be_departments(work.conn, departments, "receipts.departments")
    _must_lie_inside(work, to, wanted.everyone, departments, people)
    asked = audience.people_in(wanted.everyone, departments, people) & (Person.id != actor.id)
    _must_reach(work, actor, asked, departments, people)
    work.conn.execute(
        insert(Receipt).from_select(
            ["post_id", "version", "person_id", "state"],
            select(literal(post_id), literal(version), Person.id, literal("open")).where(asked),
        )
    )
    # Who leaves at this moment either waits for us, and then takes these back, or was first: then they are not asked.
    gone = select(Person.id).where(Person.state == "left")
    work.conn.execute(
        delete(Receipt).where(
            Receipt.post_id == post_id, Receipt.version == version, Receipt.person_id.in_(gone)
        )
    )
    count_asked = work.conn.execute(
        select(func.count()).where(Receipt.post_id == post_id, Receipt.version == version)
    ).scalar_one()
    if not count_asked:
        raise invalid("receipts", "required", "Nobody but you would have to confirm.")
    named = Named(departments, people, wanted.everyone)
    work.conn.execute(
        insert(ReceiptAsk).values(
            post_id=post_id,
            version=version,
            asked_by=actor.id,
            asked_at=work.now,
            due_at=wanted.due_at,
            named=msgspec.json.encode(named).decode(),
            asked=count_asked,
            done=0,
            read=0,
            withdrawn=0,
            left=0,
            by_deputy=wanted.by_deputy,
            question=questions.stored(question),
            bound=wanted.bound and (wanted.everyone or bool(departments)),
        )
    )
    if wanted.ladder:
        setting.begin(work, post_id, wanted.due_at)
    return present_ask(_ask_row(work, post_id))


def _must_reach(
    work: Work, actor: Actor, asked: ColumnElement[bool], departments: list[int], people: list[int]
) -> None:
    """Raises `Forbidden` with how many lie `beyond` the roles, and the `names` of the departments and people that they were chosen by."""
    outside = asked & ~people_within(actor, "receipt.require")
    beyond = work.conn.execute(select(func.count()).select_from(Person).where(outside)).scalar_one()
    if not beyond:
        return
    far = [one for one in departments if _holds(work, one, outside)]
    query = select(Person.id, Person.name).where(outside)
    if far or people:
        query = query.where(Person.id.in_(people))  # by name; the others came with their departments
    rows = work.conn.execute(query.order_by(Person.id).limit(MOST_NAMED)).all()
    called = select(Department.name).where(Department.id.in_(far)).order_by(Department.id)
    names = [*work.conn.execute(called).scalars(), *[row.name for row in rows]]
    raise Forbidden(
        "Your roles do not let you require receipts from everyone chosen.",
        beyond=beyond,
        people=[row.id for row in rows],
        departments=far,
        names=names[:MOST_NAMED],
        next_step="choose_own_line",
    )


def _holds(work: Work, department: int, outside: ColumnElement[bool]) -> bool:
    query = select(Person.id).where(outside, Person.id.in_(members_of([department])))
    return work.conn.execute(query.limit(1)).first() is not None


def ask_later(work: Work, actor: Actor, post_id: int, wanted: ReceiptsInput) -> None:
    """On a post that asked for none. Raises `NotFound`, `Forbidden`, `WrongState` when it asks already, `Invalid` as at publishing."""
    must_read(work.conn, actor, post_id)
    post = work.conn.execute(select(Post.__table__).where(Post.id == post_id).with_for_update()).one()
    if post.author_id != actor.id:
        raise Forbidden("Only the author does this.", next_step="ask_author")
    if post.deleted_at is not None:
        raise NotFound()
    if not kind_named(work.company.modules, post.kind).takes_receipts:
        raise invalid("receipts", "unknown", "Posts of this kind ask for no receipts.")
    if _ask_row(work, post_id) is not None:
        raise WrongState("This post asks for receipts already.", reason="asked")
    named = posts(work.conn, [post_id])[0].audience
    to = AudienceInput(named.everyone, named.departments, named.people)
    shown = ask(work, actor, post_id, post.version, to, wanted)
    hearing = audience.who_hears(work, post, audience.subjects_of_post(work, post_id))
    work.record(events.post_changed(posts(work.conn, [post_id])[0], hearing, shown))
    count(work, post_id, post.version)


def _must_lie_inside(
    work: Work, to: AudienceInput, everyone: bool, departments: list[int], people: list[int]
) -> None:
    """M3: who must confirm is part of who sees it."""
    if to.everyone and not people:
        return
    inside = audience.people_in(to.everyone, to.departments, to.people)
    for field, condition in (
        ("receipts.everyone", audience.people_in(everyone, [], [])),
        ("receipts.departments", audience.people_in(False, departments, [])),
        ("receipts.people", audience.people_in(False, [], people)),
    ):
        outside = work.conn.execute(select(Person.id).where(condition, ~inside).limit(20)).scalars().all()
        if outside:
            raise invalid(
                field, "outside_audience", "Only who sees the post can confirm it.", ids=list(outside)
            )
    reached = work.conn.execute(
        select(func.count()).select_from(Person).where(audience.people_in(False, [], people))
    ).scalar_one()
    if people and reached < len(people):
        raise invalid("receipts.people", "not_found", "Some of these people are not here (any more).")


def withdraw(work: Work, actor: Actor, post_id: int, person_id: int) -> None:
    """The author no longer asks this person: the to-do closes as withdrawn, not done (RCPT-14). A given receipt stays."""
    # The receipt is locked before its tally, as by those who give receipts: the other way round both would wait for ever.
    asked = _my_ask(work, actor, post_id, lock=False)
    row = work.conn.execute(
        select(*RECEIPT_COLUMNS)
        .join(ReceiptAsk, (ReceiptAsk.post_id == Receipt.post_id) & (ReceiptAsk.version == Receipt.version))
        .where(Receipt.post_id == post_id, Receipt.version == asked.version, Receipt.person_id == person_id)
        .with_for_update(of=Receipt)
    ).first()
    if row is None:
        raise NotFound("No receipt is asked of this person.")
    if row.state == "withdrawn":
        return
    if row.state != "open":
        raise NotPending(
            "This person has already confirmed." if row.state == "done" else "This person has left.",
            state=row.state,
        )
    work.conn.execute(
        update(Receipt)
        .where(Receipt.post_id == post_id, Receipt.version == asked.version, Receipt.person_id == person_id)
        .values(state="withdrawn")
    )
    work.conn.execute(
        update(ReceiptAsk)
        .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == asked.version)
        .values(
            asked=ReceiptAsk.asked - 1,
            withdrawn=ReceiptAsk.withdrawn + 1,
            read=ReceiptAsk.read - (1 if row.read_at is not None else 0),
        )
    )
    view = msgspec.structs.replace(receipt(row), state="withdrawn")
    work.record(events.receipt_withdrawn(actor.id, person_id, view))
    count(work, post_id, asked.version)


def remind(work: Work, actor: Actor, post_id: int) -> Reminded:
    """Tells only who is still open, at most every `REMIND_GAP` (RCPT-12), outside their quiet hours unless the post is urgent
    (`feed/ladder/notices.py`). Raises `TooSoon` with `until`, `NotPending`."""
    asked = _my_ask(work, actor, post_id)
    if asked.reminded_at is not None and work.now < asked.reminded_at + REMIND_GAP:
        raise TooSoon("A reminder went out a short while ago.", until=asked.reminded_at + REMIND_GAP)
    pending = asked.asked - asked.done
    if not pending:
        raise NotPending("Everybody has confirmed.")
    work.conn.execute(
        update(ReceiptAsk)
        .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == asked.version)
        .values(reminded_at=work.now)
    )
    reminder = events.ReminderView(post_id, asked.version, work.now, actor.id)
    work.record(events.receipt_reminded(actor.id, reminder))
    return Reminded(pending, work.now + REMIND_GAP)


def reminded_before(work: Work, actor: Actor, post_id: int) -> Reminded:
    """The answer to a repeated request."""
    asked = _my_ask(work, actor, post_id)
    return Reminded(asked.asked - asked.done, (asked.reminded_at or work.now) + REMIND_GAP)


def _my_ask(work: Work, actor: Actor, post_id: int, lock: bool = True) -> Any:
    """The newest ask of my own post, locked unless told otherwise. Raises `NotFound`, `Forbidden`."""
    must_read(work.conn, actor, post_id)
    author = work.conn.execute(select(Post.author_id).where(Post.id == post_id)).scalar_one()
    if author != actor.id:
        raise Forbidden("Only the author does this.", next_step="ask_author")
    row = _ask_row(work, post_id, lock)
    if row is None:
        raise NotFound("This post asks for no receipts.")
    return row


def _ask_row(work: Work, post_id: int, lock: bool = True) -> Any:
    """The newest ask of a post, locked, or None."""
    query = (
        select(ReceiptAsk.__table__)
        .where(ReceiptAsk.post_id == post_id)
        .order_by(ReceiptAsk.version.desc())
        .limit(1)
    )
    return work.conn.execute(query.with_for_update() if lock else query).first()
