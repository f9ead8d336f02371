"""A page of a list: view, filters, words, sort, all within the rights of who looks. A bounded number of statements, whatever it holds."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, literal, select

from crm_objects.engine import filters, views
from crm_objects.engine.filters import Asked, Filter, number_in, where_fits
from crm_objects.engine.listing_order import SORTED, order
from crm_objects.engine.present import RecordList, RecordTotal
from crm_objects.engine.reading import Desk, found, people_of
from crm_objects.engine.reading import views as presented
from crm_objects.engine.word_index import fits, rows_that_fit
from server.db.keyset import page_size

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


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to: conditions that all hold, the filters among them, the view's own order."""

    where: list[ColumnElement[bool]]
    filters: list[Filter]
    sort: str


def narrowed(asked: Asked, wanted: Wanted) -> Narrowed:
    """View, filters and words, within the rights of who looks. Raises `Invalid` on `view`, `filter`."""
    desk = asked.desk
    view = views.chosen(desk, wanted.view or "all")
    is_voided = desk.kind.table.c.voided_at
    filtered = [*view.filter, *filters.read(wanted.filter)]
    where = [
        desk.rights.listed(),
        is_voided.is_not(None) if view.base == "bin" else is_voided.is_(None),
        *filters.conditions(asked, filtered),
    ]
    if view.condition is not None:
        where.append(view.condition)
    if wanted.q.strip():
        where.append(named_like(desk, wanted.q))
    return Narrowed(where, filtered, view.sort or desk.kind.sort)


def page(asked: Asked, wanted: Wanted) -> RecordList:
    """Raises `Invalid` on `view`, `filter`, `sort`, `limit`, `cursor`."""
    desk = asked.desk
    by_view = narrowed(asked, wanted)
    by = order(asked, wanted.sort or by_view.sort, by_view.filters)
    size = page_size(wanted.limit)
    rows = by.rows(desk.conn, desk.query().where(*by_view.where), size + 1, wanted.cursor)
    shown = [found(desk, row) for row in rows[:size]]
    last = rows[size - 1] if len(rows) > size else None
    following = None if last is None else by.cursor(last._mapping[SORTED], last.id)
    total = None if wanted.cursor else _total(desk, by_view.where)
    return RecordList(presented(desk, shown), following, people_of(desk, shown), total)


def named_like(desk: Desk, q: str) -> ColumnElement[bool]:
    """Words of the title, its sound (from any syllable on), its initials, or its number."""
    said = " ".join(q.split())[:100]
    number = number_in(desk, said)
    if desk.conn.dialect.name == "postgresql":
        return fits(desk.kind.table, said, number)
    rows = rows_that_fit(desk.kind.table, said, number)
    return false() if rows is None else where_fits(desk, rows)


def _total(desk: Desk, where: list[ColumnElement[bool]]) -> RecordTotal:
    some = select(literal(1)).select_from(desk.kind.table).where(*where).limit(COUNTED + 1).subquery()
    count = desk.conn.execute(select(func.count()).select_from(some)).scalar_one()
    return RecordTotal(min(count, COUNTED), count <= COUNTED)
