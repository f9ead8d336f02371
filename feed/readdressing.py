"""Widening and narrowing whom a post is addressed to. Who no longer sees it loses it at once; what was open for them ends if its
author says so.

A mention of somebody left out stays in the text and is told to the author, as at publishing (M1). Who must do a task or come to a
schedule item is never left out (`PostKind.change`).
"""

from typing import Any

from sqlalchemy import delete, insert, select, update

from feed import audience, events
from feed.addressed import audience_view
from feed.comments.events import watch_stream as talk_stream
from feed.confirming_again import newest_ask
from feed.inputs import AudienceInput
from feed.models import PostAudience, Receipt, ReceiptAsk
from feed.policies import readers_of
from feed.receipts import count
from server.db.base import table
from server.events.envelope import Event
from server.kit.problems import AudienceEmpty, WrongState
from server.org.models import Person
from server.permissions.actor import Actor
from server.work.work import Work

_UNNUMBERED = 0
SHOWN = 20


def named(work: Work, post_id: int) -> AudienceInput:
    """To whom it is addressed now."""
    view = audience_view(audience.subjects_of_post(work, post_id))
    return AudienceInput(view.everyone, view.departments, view.people)


def wanted(
    work: Work, row: Any, before: AudienceInput, given: AudienceInput | None, may_be_own: bool
) -> AudienceInput:
    """To whom it is to be addressed; who was named already needs not be here any more. Raises `AudienceEmpty`, `Invalid`."""
    if given is None:
        return before
    to = AudienceInput(given.everyone, sorted(set(given.departments)), sorted(set(given.people)))
    if not (to.everyone or to.departments or to.people):
        if not may_be_own:
            raise AudienceEmpty("Choose who should see this.")
        return AudienceInput(people=[row.author_id])
    audience.must_be_here(
        work.conn,
        [one for one in to.departments if one not in before.departments],
        [one for one in to.people if one not in before.people],
    )
    return to


def added(before: AudienceInput, to: AudienceInput) -> AudienceInput:
    """What is named now and was not."""
    return AudienceInput(
        to.everyone and not before.everyone,
        [one for one in to.departments if one not in before.departments],
        [one for one in to.people if one not in before.people],
    )


def readdress(work: Work, actor: Actor, row: Any, to: AudienceInput, release: bool) -> frozenset[int]:
    """Writes the rows, takes the post from who no longer sees it, and answers who they are. Raises `WrongState` with `ids` and `count`
    where a receipt of theirs is open and `release` does not say that it ends."""
    seeing = _readers(work, row.id)
    before = audience.subjects_of_post(work, row.id)
    heard = audience.who_hears(work, row, before)
    after = audience.subjects(to, row.author_id)
    gone, new = set(before) - set(after), [one for one in after if one not in before]
    work.conn.execute(
        delete(PostAudience).where(PostAudience.post_id == row.id, PostAudience.subject.in_(sorted(gone)))
    )
    if new:
        rows = [{"subject": one, "post_id": row.id, "seq": _UNNUMBERED} for one in new]
        work.conn.execute(insert(table(PostAudience)), rows)
    lost = frozenset(seeing - _readers(work, row.id))
    if lost:
        hears = set(audience.who_hears(work, row, after))
        # Who still sees it for another reason hears it whole right after.
        streams = [one for one in heard if one not in hears]
        closed = [talk_stream(row.id), events.watch_stream(row.id)]
        work.record(events.post_taken_away(actor.id, row.id, streams, closed, sorted(lost)))
        _release(work, actor, row.id, lost, release)
    return lost


def stamp(work: Work, post_id: int, event: Event) -> None:
    """Who is newly named is so from this event on."""
    work.stamp(table(PostAudience), {"post_id": post_id, "seq": _UNNUMBERED}, event)


def must_release(release: bool, people: list[int]) -> None:
    """Raises `WrongState` with whom it concerns: the author is told in words before anything ends."""
    if people and not release:
        raise WrongState(
            "Of some who would not see it any more something is still asked.",
            reason="still_asked",
            ids=people[:SHOWN],
            count=len(people),
        )


def _readers(work: Work, post_id: int) -> set[int]:
    return set(work.conn.execute(select(Person.id).where(readers_of(work.conn, post_id))).scalars())


def _release(work: Work, actor: Actor, post_id: int, lost: frozenset[int], release: bool) -> None:
    """Their open receipts are withdrawn (RCPT-14); what was given stays given. Receipts before their tally, in key order."""
    asked = newest_ask(work, post_id)
    if asked is None:
        return
    is_open = (Receipt.post_id == post_id) & (Receipt.version == asked.version) & (Receipt.state == "open")
    rows = work.conn.execute(
        select(Receipt.person_id, Receipt.read_at)
        .where(is_open)
        .order_by(Receipt.person_id)
        .with_for_update()
    ).all()
    mine = [row for row in rows if row.person_id in lost]
    people = [row.person_id for row in mine]
    must_release(release, people)
    if not people:
        return
    work.conn.execute(update(Receipt).where(is_open, Receipt.person_id.in_(people)).values(state="withdrawn"))
    work.conn.execute(
        update(ReceiptAsk)
        .where(ReceiptAsk.post_id == post_id, ReceiptAsk.version == asked.version)
        .values(
            asked=ReceiptAsk.asked - len(people),
            withdrawn=ReceiptAsk.withdrawn + len(people),
            read=ReceiptAsk.read - sum(row.read_at is not None for row in mine),
        )
    )
    work.record(events.receipts_released(actor.id, post_id, people))
    count(work, post_id, asked.version)
