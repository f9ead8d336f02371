"""Going through every record of a kind for what is derived from it: in short turns, each with its place in the same commit, so that a walk
that was cut goes on where it was, and one that is over is not made again until it is wanted otherwise."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, Table, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from crm_objects.engine.record_type import RecordType
from server.work.work import Work


class WalkPlace:
    """The columns of a table of places, one row for each kind. `filled` and `filling` say with what the walk was, and is, made; `filled` is
    empty until it was whole once; `last` is the last record of the round that is going on."""

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    filled: Mapped[str] = mapped_column(String(1000), server_default="")
    filling: Mapped[str] = mapped_column(String(1000), server_default="")
    last: Mapped[int] = mapped_column(BigInteger, server_default="0")


def turn(
    work: Work,
    places: Table,
    kind: RecordType,
    wanted: str,
    each: int,
    make: Callable[[Sequence[Any]], None],
    *where: ColumnElement[bool],
) -> bool:
    """The next `each` records, locked, are given to `make`; answers whether there are more. `wanted`: with what; another than before begins
    anew."""
    conn, mine = work.conn, places.c.kind == kind.kind
    row = conn.execute(select(places).where(mine).with_for_update()).first()
    if row is None:
        conn.execute(insert(places).values(kind=kind.kind, filling=wanted))
    elif row.filled == wanted:
        return False
    last = row.last if row is not None and row.filling == wanted else 0
    t = kind.table
    there = select(t).where(t.c.id > last, *where)
    some = conn.execute(there.order_by(t.c.id).limit(each).with_for_update()).all()
    make(some)
    is_over = len(some) < each
    place: dict[str, Any] = {"filling": wanted, "last": some[-1].id if some else last}
    conn.execute(update(places).where(mine).values(**place, **({"filled": wanted} if is_over else {})))
    return not is_over
