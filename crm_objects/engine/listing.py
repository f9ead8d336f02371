"""A page of a list: view, filters, words, sort, all within the rights of who looks. A bounded number of statements, whatever it holds."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal, or_, select

from crm_objects.engine import filters, views
from crm_objects.engine.filters import Asked, number_in
from crm_objects.engine.listing_order import order
from crm_objects.engine.present import RecordList, RecordTotal
from crm_objects.engine.reading import Desk, found, people_of
from crm_objects.engine.reading import views as presented
from server.db.keyset import page_size
from server.kit.text import like_pattern
from server.people.spelling import searched

SORTED = "r_sorted"
COUNTED = 1_000


@dataclass(frozen=True)
class Wanted:
    """A list as it was asked for: `filter` JSON, `sort` a field, both perhaps empty."""

    view: str = ""
    filter: str = ""
    sort: str = ""
    q: str = ""
    limit: int | None = None
    cursor: str = ""


def page(asked: Asked, wanted: Wanted) -> RecordList:
    """Raises `Invalid` on `view`, `filter`, `sort`, `limit`, `cursor`."""
    desk = asked.desk
    code = wanted.view or "all"
    own, kept = views.condition(desk, code)
    narrowed = [*(kept.filter if kept else []), *filters.read(wanted.filter)]
    by = order(desk, wanted.sort or (kept.sort if kept else desk.kind.sort))
    bin_only = desk.kind.table.c.voided_at.is_not(None)
    where: list[ColumnElement[bool]] = [
        desk.rights.readable(),
        bin_only if code == "bin" else desk.kind.table.c.voided_at.is_(None),
        *filters.conditions(asked, narrowed),
    ]
    if own is not None:
        where.append(own)
    if wanted.q.strip():
        where.append(named_like(desk, wanted.q))
    size = page_size(wanted.limit)
    after = by.after(wanted.cursor)
    query = desk.query().add_columns(by.value.label(SORTED)).where(*where)
    if after is not None:
        query = query.where(after)
    rows = desk.conn.execute(query.order_by(*by.by()).limit(size + 1)).all()
    shown = [found(desk, row) for row in rows[:size]]
    last = rows[size - 1] if len(rows) > size else None
    following = None if last is None else by.cursor(last._mapping[SORTED], last.id)
    total = None if wanted.cursor else _total(desk, where)
    return RecordList(presented(desk, shown), following, people_of(desk, shown), total)


def named_like(desk: Desk, q: str) -> ColumnElement[bool]:
    """Title, its sound (from any syllable on), its initials, or its number."""
    t, said = desk.kind.table, " ".join(q.split())[:100]
    sound = like_pattern(searched(said))[1:]
    parts = [func.lower(t.c[desk.kind.title]).like(like_pattern(said), escape="\\")]
    if len(sound) > 1:
        parts += [
            t.c.spelled.like(sound, escape="\\"),
            t.c.spelled.like(f"% {sound}", escape="\\"),
            t.c.initials.like(f"%{sound}", escape="\\"),
        ]
    number = number_in(desk, said)
    return or_(*parts, t.c.id == number) if number else or_(*parts)


def _total(desk: Desk, where: list[ColumnElement[bool]]) -> RecordTotal:
    some = select(literal(1)).select_from(desk.kind.table).where(*where).limit(COUNTED + 1).subquery()
    count = desk.conn.execute(select(func.count()).select_from(some)).scalar_one()
    return RecordTotal(min(count, COUNTED), count <= COUNTED)
