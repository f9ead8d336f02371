"""How often somebody may ask for something in a while: counted in the database, so that all processes count together."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, ForeignKey, Integer, String, case, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, table
from server.db.upsert import insert_into
from server.kit.problems import RateLimited
from server.work.company import Company
from server.work.work import Work


class RecordAllowance(Base):
    """One row for each person and thing: how often in the time that began at `since`."""

    __tablename__ = "record_allowance"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime]
    count: Mapped[int] = mapped_column(Integer)


_ALLOWANCES = table(RecordAllowance)


def spend(
    work: Work, person_id: int, what: str, since: datetime, until: datetime, limit: int, many: int = 1
) -> None:
    """So many more in the time from `since` until `until`, counted and checked in one, so that no two share the last. Raises
    `RateLimited`."""
    a = _ALLOWANCES.c
    first = {"person_id": person_id, "what": what, "since": since, "count": many}
    counted = (
        insert_into(work.conn, _ALLOWANCES)
        .values(first)
        .on_conflict_do_update(
            index_elements=[a.person_id, a.what],
            set_={"since": since, "count": case((a.since == since, a.count + many), else_=many)},
            where=or_(a.since != since, a.count + many <= limit),
        )
    )
    if many > limit or work.conn.execute(counted.returning(a.count)).first() is None:
        raise _too_often(limit, until)


def must_be_left(
    conn: Connection, person_id: int, what: str, since: datetime, until: datetime, limit: int, many: int = 1
) -> None:
    """Counts nothing. Raises `RateLimited` where so many are not left."""
    a = _ALLOWANCES.c
    used = select(a.count).where(a.person_id == person_id, a.what == what, a.since == since)
    if (conn.execute(used).scalar() or 0) + many > limit:
        raise _too_often(limit, until)


def _too_often(limit: int, until: datetime) -> RateLimited:
    return RateLimited("Too often; please wait a little.", limit=limit, used=limit, until=until)


def today(company: Company) -> tuple[datetime, datetime]:
    """When the day of the company's time zone began, and when it ends."""
    day = company.today()
    begins = datetime.combine(day, datetime.min.time(), company.zone)
    return begins, datetime.combine(day + timedelta(days=1), datetime.min.time(), company.zone)
