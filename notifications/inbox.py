"""The inbox: what was told to me, newest first, and how far I have read it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from notifications.models import Notice, NoticeMark, NoticeRecipient
from notifications.present import NoticeView, inbox_put, notice, notice_put
from server.cards.cards import Ref, cards_of
from server.db.hot import Hot
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change, Event, person_stream
from server.kit.module import Module
from server.people.present import person_puts_for
from server.permissions.actor import Actor
from server.work.work import Work

FIRST = 30
_PAGE = Hot(
    select(Notice.__table__, NoticeRecipient.alerted)
    .join(NoticeRecipient, NoticeRecipient.notice_id == Notice.id)
    .where(NoticeRecipient.person_id == bindparam("person"), NoticeRecipient.notice_id < bindparam("below"))
    .order_by(NoticeRecipient.notice_id.desc())
    .limit(bindparam("limit"))
)
_MARK = Hot(select(NoticeMark.read_id).where(NoticeMark.person_id == bindparam("person")))


def page(
    conn: Connection, modules: Sequence[Module], actor: Actor, limit: int | None, cursor: str
) -> tuple[list[NoticeView], str | None, list[Change]]:
    """Titles are those of the cards as I may see them now (NOTI-11)."""
    size = page_size(limit, FIRST)
    before = decode_cursor(cursor, int)
    below = int(before[0]) if before else 2**63 - 1
    rows = _PAGE.named(conn, {"person": actor.id, "below": below, "limit": size + 1})
    shown = rows[:size]
    refs = [Ref(row.about_kind, row.about_id) for row in shown]
    cards = cards_of(conn, actor, modules, refs)
    views = [notice(row, cards[ref], row.alerted) for row, ref in zip(shown, refs, strict=True)]
    following = encode_cursor(shown[-1].id) if len(rows) > size else None
    people = {view.actor_id for view in views if view.actor_id is not None}
    also: list[Change] = [
        inbox_put(actor.id, read_up_to(conn, actor.id)),
        *person_puts_for(conn, actor, sorted(people)),
    ]
    return views, following, also


def read_up_to(conn: Connection, person_id: int) -> int:
    found = _MARK.rows(conn, {"person": person_id})
    return found[0][0] if found else 0


def read(work: Work, actor: Actor, up_to: int) -> None:
    """Marks everything up to this notice as read, on all my screens; a mark beyond the newest stands at the newest."""
    newest = select(func.max(NoticeRecipient.notice_id)).where(
        NoticeRecipient.person_id == actor.id, NoticeRecipient.notice_id <= up_to
    )
    mark = work.conn.execute(newest).scalar()
    if mark is None:
        return
    moved = work.conn.execute(
        update(NoticeMark)
        .where(NoticeMark.person_id == actor.id, NoticeMark.read_id < mark)
        .values(read_id=mark)
    )
    if moved.rowcount == 0:
        if read_up_to(work.conn, actor.id):
            return
        work.conn.execute(insert(NoticeMark).values(person_id=actor.id, read_id=mark))
    work.record(Event("inbox.read", [person_stream(actor.id)], [inbox_put(actor.id, mark)], actor=actor.id))


def first_state(conn: Connection, actor: Actor, company: Any) -> dict[str, object]:
    """The bootstrap's part: the newest notices and the mark."""
    views, following, also = page(conn, company.modules, actor, None, "")
    return {
        "notices": {"ids": [view.id for view in views], "next": following},
        "changes": [*[notice_put(view) for view in views], *also],
    }
