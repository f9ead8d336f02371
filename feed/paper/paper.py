"""Gathers what stands on a post's paper, from one snapshot (FEED-20, N24)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, true

from feed import earlier
from feed.kinds import kind_named
from feed.models import EarlierReceipt, Receipt
from feed.panel import asked_of, rows_of
from feed.paper.present import EarlierRow, Names, PaperDepartment, PaperFile, PaperPerson, PostPaper
from feed.policies import must_read, receipts_seen_by
from feed.poll.present import tallies
from feed.present import PostVersionView, PostView, ReceiptRow, TallyView, posts, tally
from feed.table.cells import people_in
from feed.table.rows import all_of as rows_of_table
from server.cards.cards import Ref, cards_of
from server.events import log
from server.files.models import File
from server.files.present import FileView
from server.kit.module import Module
from server.org.lines import below
from server.people.present import departments, person_puts_for
from server.permissions.actor import Actor
from server.work.company import profile_of


def paper(
    conn: Connection, actor: Actor, modules: Sequence[Module], post_id: int, now: datetime
) -> PostPaper:
    """Raises `NotFound` for who may not read the post."""
    must_read(conn, actor, post_id)
    (view,) = posts(conn, [post_id])
    names, counts, receipts, before = _receipts(conn, actor, view)
    said = earlier.versions(conn, actor, post_id, most=None)
    answers = kind_named(modules, view.kind).on_paper(conn, actor, post_id)
    refs = [Ref(one.kind, one.id) for one in view.cards]
    cards = list(cards_of(conn, actor, modules, refs).values())
    rows = rows_of_table(conn, post_id) if view.table else []
    people = {
        actor.id,
        view.author_id,
        *([] if view.by_id is None else [view.by_id]),
        *view.audience.people,
        *(one for version in said if version.audience for one in version.audience.people),
        *view.mentions.people,
        *(view.receipts.people if view.receipts else []),
        *(one for row in receipts for one in (row.person_id, row.by_id) if one is not None),
        *(one for row in before for one in (row.person_id, row.by_id) if one is not None),
        *(row.person_id for row in answers),
        *((view.details or {}).get("people") or []),
        *(card.person_id for card in cards if card.person_id is not None),
        *(one.person_id for one in rows),
        *(people_in(view.table.columns, [one.cells for one in rows]) if view.table else ()),
    }
    asked = view.receipts.departments if view.receipts else []
    places = {*view.audience.departments, *view.mentions.departments, *asked}
    places.update(one for version in said if version.audience for one in version.audience.departments)
    paths = {one.id: one.path for one in departments(conn)}
    return PostPaper(
        "tenfour.post.1",
        profile_of(conn).name,
        now,
        actor.id,
        log.head(conn),
        view,
        [*reversed(said), _present(view)],
        _files(conn, view, said),
        cards,
        names,
        counts,
        receipts,
        before,
        [
            PaperPerson(
                put.id,
                put.data.name,
                put.data.staff_number,
                [paths[one] for one in put.data.department_ids if one in paths],
            )
            for put in person_puts_for(conn, actor, sorted(people))
        ],
        [PaperDepartment(one, paths[one]) for one in sorted(places) if one in paths],
        rows,
        tallies(conn, [post_id]).get(post_id),
        answers,
    )


def _present(view: PostView) -> PostVersionView:
    since = view.edited_at or view.created_at
    return PostVersionView(
        view.version,
        view.text,
        since,
        view.title,
        view.poll,
        view.files,
        view.cards,
        view.audience,
        view.details,
    )


def _files(conn: Connection, view: PostView, said: Sequence[PostVersionView]) -> list[PaperFile]:
    """Those it carries, then those that earlier versions (the newest first) did."""
    found = {one.id: (one, None) for one in view.files}
    until = {one.id: (one, version.version) for version in reversed(said) for one in version.files}
    every: dict[int, tuple[FileView, int | None]] = {**until, **found}
    hashes = {
        row.id: row.sha256 for row in conn.execute(select(File.id, File.sha256).where(File.id.in_(every)))
    }
    order = [*found, *(one for version in said for one in (f.id for f in version.files))]
    return [
        PaperFile(one, every[one][0].name, every[one][0].size, hashes.get(one, ""), every[one][1])
        for one in dict.fromkeys(order)
    ]


def _receipts(
    conn: Connection, actor: Actor, view: PostView
) -> tuple[Names | None, TallyView | None, list[ReceiptRow], list[EarlierRow]]:
    """What of them this reader sees, by the rules of the panel (W21)."""
    names = receipts_seen_by(conn, actor, view.id) if view.receipts else None
    if names is None:
        return None, None, [], []
    asked = asked_of(conn, view.id)
    if names == "none":
        return names, tally(asked), [], []
    whose = below(actor.id) if names == "below" else None
    now: ColumnElement[bool] = true() if whose is None else Receipt.person_id.in_(whose)
    then: ColumnElement[bool] = true() if whose is None else EarlierReceipt.person_id.in_(whose)
    before = conn.execute(
        select(
            EarlierReceipt.person_id, EarlierReceipt.confirmed, EarlierReceipt.done_at, EarlierReceipt.by_id
        )
        .where(EarlierReceipt.post_id == view.id, then)
        .order_by(EarlierReceipt.confirmed, EarlierReceipt.person_id)
    )
    return names, tally(asked), rows_of(conn, asked, now), [EarlierRow(*row) for row in before]
