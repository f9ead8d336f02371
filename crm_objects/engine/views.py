"""Lists that everybody has, and those that somebody keeps for themselves."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from crm_objects.engine import filters, listing_order
from crm_objects.engine.filters import Asked, Filter
from crm_objects.engine.models import RecordColumns, RecordStar, RecordTeam, RecordView
from crm_objects.engine.reading import Desk
from crm_objects.engine.words import Words, words
from crm_objects.pools import reach
from server.db.base import table
from server.kit.problems import NotFound, WrongState, invalid
from server.kit.text import clean
from server.org.lines import below
from server.work.work import Work

_VIEWS, _COLUMNS = table(RecordView), table(RecordColumns)
MOST, MAX_NAME, MOST_COLUMNS = 30, 60, 30
BUILT_IN: dict[str, Words] = {
    "all": words("全部", "All"),
    "mine": words("我负责的", "Mine"),
    "below": words("下属负责的", "My reports'"),
    "team": words("我参与的", "I take part in"),
    "pool": words("公海", "Pool"),
    "starred": words("星标", "Starred"),
    "bin": words("回收站", "Recycle bin"),
}


class RecordViewView(msgspec.Struct, frozen=True):
    """`code` goes into `?view=`. `base`: the view of everybody's that it begins with. `filter` as in lists; `mine`: kept by me, under
    this `id`."""

    code: str
    words: Words
    base: str
    filter: list[Any]
    sort: str
    columns: list[str]
    mine: bool
    id: int | None


class Kept(msgspec.Struct):
    """A view to keep, as it was asked for."""

    name: str
    base: str
    filter: list[Any]
    sort: str
    columns: list[str]


@dataclass(frozen=True)
class Chosen:
    """What a view adds besides the rights. `condition` None: nothing. `base` `bin` means voided ones."""

    base: str
    condition: ColumnElement[bool] | None
    filter: Sequence[Filter] = ()
    sort: str = ""


def offered(desk: Desk) -> list[RecordViewView]:
    """Those that everybody has, with the columns of one's own choice, then one's own in their order."""
    kind = desk.kind
    leads = desk.conn.execute(below(desk.actor.id).limit(1)).first() is not None
    columns = columns_of(desk)
    pools = kind.pooled and desk.conn.execute(reach.pools_of(desk.actor.id).limit(1)).first() is not None
    shown = [
        RecordViewView(code, said, code, [], kind.sort, columns, False, None)
        for code, said in BUILT_IN.items()
        if {"below": leads, "pool": pools}.get(code, True)
    ]
    rows = desk.conn.execute(_mine(desk).order_by(_VIEWS.c.position, _VIEWS.c.id))
    return [*shown, *[_view(row) for row in rows]]


def chosen(desk: Desk, code: str) -> Chosen:
    """Raises `Invalid` on `view`."""
    if _is_built_in(desk, code):
        return Chosen(code, _base(desk, code))
    number = int(code) if code.isascii() and code.isdigit() and len(code) <= 15 else 0
    row = desk.conn.execute(_mine(desk).where(_VIEWS.c.id == number)).first()
    if row is None:
        raise invalid("view", "unknown", "There is no such view.")
    view = _view(row)
    return Chosen(view.base, _base(desk, view.base), view.filter, view.sort)


def _base(desk: Desk, code: str) -> ColumnElement[bool] | None:
    t, me = desk.kind.table, desk.actor.id
    match code:
        case "mine":
            return t.c.owner_id == me
        case "below":
            return t.c.owner_id.in_(below(me))
        case "pool":
            return reach.lies_in(t, reach.pools_of(me))
        case "team" | "starred":
            of: Any = RecordTeam if code == "team" else RecordStar
            return t.c.id.in_(select(of.record_id).where(of.kind == desk.kind.kind, of.person_id == me))
    return None


def _is_built_in(desk: Desk, code: str) -> bool:
    return code in BUILT_IN and (code != "pool" or desk.kind.pooled)


def keep(work: Work, asked: Asked, wanted: Kept) -> RecordViewView:
    """A new one, the last of one's own. Raises `Invalid` on `name`, `base`, `filter`, `sort`, `columns`, `WrongState` when there are
    too many."""
    desk = asked.desk
    values = _checked(asked, wanted)
    mine = (_VIEWS.c.person_id == desk.actor.id) & (_VIEWS.c.kind == desk.kind.kind)
    # Of two that one keeps at once the second waits here, and counts the first.
    work.conn.execute(select(_VIEWS.c.id).where(mine).order_by(_VIEWS.c.id).with_for_update(key_share=True))
    count, last = work.conn.execute(
        select(func.count(), func.coalesce(func.max(_VIEWS.c.position), 0)).where(mine)
    ).one()
    if count >= MOST:
        raise WrongState(f"At most {MOST} views of your own.", reason="views_full", limit=MOST)
    made = insert(_VIEWS).values(person_id=desk.actor.id, kind=desk.kind.kind, position=last + 1, **values)
    return one(desk, int(work.conn.execute(made.returning(_VIEWS.c.id)).scalar_one()))


def change(work: Work, asked: Asked, view_id: int, wanted: Kept) -> RecordViewView:
    """Raises `NotFound`, `Invalid` as for a new one."""
    one(asked.desk, view_id)
    values = _checked(asked, wanted)
    work.conn.execute(update(_VIEWS).where(_VIEWS.c.id == view_id).values(**values))
    return one(asked.desk, view_id)


def put_in_order(work: Work, desk: Desk, ids: Sequence[int]) -> None:
    """One's own views stand as in `ids`; those that are not named, behind them. Raises `NotFound` when one is not one's own."""
    mine = {row.id for row in work.conn.execute(_mine(desk))}
    if not set(ids) <= mine:
        raise NotFound()
    whole = [*dict.fromkeys(ids), *sorted(mine - set(ids))]
    for position, view_id in enumerate(whole, 1):
        work.conn.execute(update(_VIEWS).where(_VIEWS.c.id == view_id).values(position=position))


def columns_of(desk: Desk) -> list[str]:
    """Of the lists that everybody has: one's own choice, else as declared."""
    row = desk.conn.execute(select(_COLUMNS.c.columns).where(*_my_columns(desk))).first()
    if row is None:
        return list(desk.kind.columns)
    # A field that an administrator retired since is left out.
    return [name for name in json.loads(row.columns) if desk.shape.find(name)] or list(desk.kind.columns)


def choose_columns(work: Work, desk: Desk, columns: Sequence[str]) -> None:
    """For the lists that everybody has; none: as declared again. Raises `Invalid` on `columns`."""
    _check_columns(desk, columns)
    work.conn.execute(delete(_COLUMNS).where(*_my_columns(desk)))
    if columns:
        row = {"person_id": desk.actor.id, "kind": desk.kind.kind, "columns": json.dumps(list(columns))}
        work.conn.execute(insert(_COLUMNS).values(**row))


def _my_columns(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    return (_COLUMNS.c.person_id == desk.actor.id, _COLUMNS.c.kind == desk.kind.kind)


def forget(work: Work, desk: Desk, view_id: int) -> None:
    """Raises `NotFound`."""
    one(desk, view_id)
    work.conn.execute(delete(_VIEWS).where(_VIEWS.c.id == view_id))


def one(desk: Desk, view_id: int) -> RecordViewView:
    """Raises `NotFound` for others' too."""
    row = desk.conn.execute(_mine(desk).where(_VIEWS.c.id == view_id)).first()
    if row is None:
        raise NotFound()
    return _view(row)


def _mine(desk: Desk) -> Any:
    return select(_VIEWS).where(_VIEWS.c.person_id == desk.actor.id, _VIEWS.c.kind == desk.kind.kind)


def _checked(asked: Asked, wanted: Kept) -> dict[str, Any]:
    desk, said = asked.desk, clean(wanted.name, "name", limit=MAX_NAME, single_line=True)
    base = wanted.base or "all"
    if not _is_built_in(desk, base):
        raise invalid("base", "unknown", "A view of one's own begins with one that everybody has.")
    kept = filters.read(msgspec.json.encode(wanted.filter).decode())
    filters.conditions(asked, kept)
    sort = wanted.sort or asked.desk.kind.sort
    listing_order.order(asked, sort, kept)
    _check_columns(asked.desk, wanted.columns)
    return {
        "name": said,
        "base": base,
        "filter": msgspec.json.encode(kept).decode(),
        "sort": sort,
        "columns": json.dumps(list(wanted.columns)),
    }


def _check_columns(desk: Desk, columns: Sequence[str]) -> None:
    unknown = [one for one in columns if desk.shape.find(one) is None]
    if unknown or len(columns) > MOST_COLUMNS or len(set(columns)) != len(columns):
        raise invalid(
            "columns", "unknown", "Fields of this kind, each once.", names=[one[:60] for one in unknown[:5]]
        )


def _view(row: Any) -> RecordViewView:
    kept = msgspec.json.decode(row.filter, type=list[Filter])
    said = words(row.name, row.name)
    columns = json.loads(row.columns)
    return RecordViewView(str(row.id), said, row.base, list(kept), row.sort, columns, True, row.id)
