"""Lists that everybody has, and those that somebody keeps for themselves."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from crm_objects.engine import filters, listing_order
from crm_objects.engine.filters import Asked, Filter
from crm_objects.engine.models import RecordStar, RecordTeam, RecordView
from crm_objects.engine.reading import Desk
from crm_objects.engine.words import Words, words
from server.db.base import table
from server.kit.problems import NotFound, WrongState, invalid
from server.kit.text import clean
from server.org.lines import below
from server.work.work import Work

_VIEWS = table(RecordView)
MOST, MAX_NAME, MOST_COLUMNS = 30, 60, 30
BUILT_IN: dict[str, Words] = {
    "all": words("全部", "All"),
    "mine": words("我负责的", "Mine"),
    "below": words("下属负责的", "My reports'"),
    "team": words("我参与的", "I take part in"),
    "starred": words("星标", "Starred"),
    "bin": words("回收站", "Recycle bin"),
}


class RecordViewView(msgspec.Struct, frozen=True):
    """`code` goes into `?view=`. `filter` as in lists; `mine`: kept by me, under this `id`."""

    code: str
    words: Words
    filter: list[Any]
    sort: str
    columns: list[str]
    mine: bool
    id: int | None


def offered(desk: Desk) -> list[RecordViewView]:
    """Those that everybody has, then one's own by age."""
    kind = desk.kind
    leads = desk.conn.execute(below(desk.actor.id).limit(1)).first() is not None
    shown = [
        RecordViewView(code, said, [], kind.sort, list(kind.columns), False, None)
        for code, said in BUILT_IN.items()
        if code != "below" or leads
    ]
    rows = desk.conn.execute(_mine(desk).order_by(_VIEWS.c.id))
    return [*shown, *[_view(row) for row in rows]]


def condition(desk: Desk, code: str) -> tuple[ColumnElement[bool] | None, RecordViewView | None]:
    """What a view adds besides the rights, and the kept view. Raises `Invalid` on `view`."""
    t = desk.kind.table
    shared = {"kind": desk.kind.kind, "me": desk.actor.id}
    match code:
        case "all" | "bin":
            return None, None
        case "mine":
            return t.c.owner_id == desk.actor.id, None
        case "below":
            return t.c.owner_id.in_(below(desk.actor.id)), None
        case "team":
            teams = select(RecordTeam.record_id).where(
                RecordTeam.kind == shared["kind"], RecordTeam.person_id == shared["me"]
            )
            return t.c.id.in_(teams), None
        case "starred":
            stars = select(RecordStar.record_id).where(
                RecordStar.kind == shared["kind"], RecordStar.person_id == shared["me"]
            )
            return t.c.id.in_(stars), None
    number = int(code) if code.isascii() and code.isdigit() and len(code) <= 15 else 0
    row = desk.conn.execute(_mine(desk).where(_VIEWS.c.id == number)).first()
    if row is None:
        raise invalid("view", "unknown", "There is no such view.")
    return None, _view(row)


def keep(
    work: Work, asked: Asked, name: str, wanted: list[Any], sort: str, columns: Sequence[str]
) -> RecordViewView:
    """A new one. Raises `Invalid` on `name`, `filter`, `sort`, `columns`, `WrongState` when there are too many."""
    desk = asked.desk
    values = _checked(asked, name, wanted, sort, columns)
    mine = (_VIEWS.c.person_id == desk.actor.id) & (_VIEWS.c.kind == desk.kind.kind)
    count = select(func.count()).select_from(_VIEWS).where(mine)
    if work.conn.execute(count).scalar_one() >= MOST:
        raise WrongState(f"At most {MOST} views of your own.", reason="views_full", limit=MOST)
    made = insert(_VIEWS).values(person_id=desk.actor.id, kind=desk.kind.kind, **values)
    return one(desk, int(work.conn.execute(made.returning(_VIEWS.c.id)).scalar_one()))


def change(
    work: Work, asked: Asked, view_id: int, name: str, wanted: list[Any], sort: str, columns: Sequence[str]
) -> RecordViewView:
    """Raises `NotFound`, `Invalid` as for a new one."""
    one(asked.desk, view_id)
    values = _checked(asked, name, wanted, sort, columns)
    work.conn.execute(update(_VIEWS).where(_VIEWS.c.id == view_id).values(**values))
    return one(asked.desk, view_id)


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


def _checked(asked: Asked, name: str, wanted: list[Any], sort: str, columns: Sequence[str]) -> dict[str, Any]:
    said = clean(name, "name", limit=MAX_NAME, single_line=True)
    kept = filters.read(msgspec.json.encode(wanted).decode())
    filters.conditions(asked, kept)
    listing_order.order(asked.desk, sort or asked.desk.kind.sort)
    unknown = [one for one in columns if asked.desk.shape.find(one) is None]
    if unknown or len(columns) > MOST_COLUMNS or len(set(columns)) != len(columns):
        raise invalid(
            "columns", "unknown", "Fields of this kind, each once.", names=[one[:60] for one in unknown[:5]]
        )
    return {
        "name": said,
        "filter": msgspec.json.encode(kept).decode(),
        "sort": sort or asked.desk.kind.sort,
        "columns": json.dumps(list(columns)),
    }


def _view(row: Any) -> RecordViewView:
    kept = msgspec.json.decode(row.filter, type=list[Filter])
    said = words(row.name, row.name)
    return RecordViewView(str(row.id), said, list(kept), row.sort, json.loads(row.columns), True, row.id)
