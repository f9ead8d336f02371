"""Who sits in which departments, and who heads them: the rows, written for the import and for editing alike."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, delete, insert, or_, select, update

from server.org.models import PersonDepartment
from server.permissions.automatic import settle_heads
from server.work.work import Work


def seat(work: Work, wanted: Mapping[int, Sequence[int]]) -> set[int]:
    """Each person sits in exactly these departments, the main one first. Where a person stays, `since` and headship stay.

    Answers the departments that lost a head. The caller settles streams.
    """
    if not wanted:
        return set()
    of_these = PersonDepartment.person_id.in_(wanted)
    before = {
        (row.person_id, row.department_id): row
        for row in work.conn.execute(select(PersonDepartment.__table__).where(of_these))
    }
    work.conn.execute(delete(PersonDepartment).where(of_these))
    rows = []
    for person_id, departments in wanted.items():
        for place, department_id in enumerate(departments):
            old = before.pop((person_id, department_id), None)
            rows.append(
                {
                    "person_id": person_id,
                    "department_id": department_id,
                    "is_main": place == 0,
                    "position": place,
                    "since": old.since if old else work.now,
                    "is_head": old.is_head if old else False,
                }
            )
    if rows:
        work.conn.execute(insert(PersonDepartment), rows)
    gone = [row for row in before.values() if row.is_head]
    settle_heads(work, {row.person_id for row in gone})
    return {row.department_id for row in gone}


def head(work: Work, wanted: Mapping[int, Collection[int]]) -> set[int]:
    """Each person heads exactly these of the departments in which they sit. Answers the departments whose heads changed."""
    if not wanted:
        return set()
    rows = work.conn.execute(
        select(PersonDepartment.person_id, PersonDepartment.department_id, PersonDepartment.is_head).where(
            PersonDepartment.person_id.in_(wanted)
        )
    ).all()
    pairs = {
        (row.person_id, row.department_id): not row.is_head
        for row in rows
        if row.is_head != (row.department_id in wanted[row.person_id])
    }
    _mark(work, pairs)
    return {department_id for _, department_id in pairs}


def lead(work: Work, department_id: int, heads: Collection[int]) -> bool:
    """Exactly these of those who sit in the department head it. Answers whether anything changed."""
    rows = work.conn.execute(
        select(PersonDepartment.person_id, PersonDepartment.is_head).where(
            PersonDepartment.department_id == department_id
        )
    ).all()
    pairs = {
        (row.person_id, department_id): not row.is_head
        for row in rows
        if row.is_head != (row.person_id in heads)
    }
    _mark(work, pairs)
    return bool(pairs)


def _mark(work: Work, pairs: Mapping[tuple[int, int], bool]) -> None:
    for is_head in (True, False):
        chosen = [pair for pair, value in pairs.items() if value is is_head]
        for start in range(0, len(chosen), 200):
            these = [
                and_(PersonDepartment.person_id == person_id, PersonDepartment.department_id == department_id)
                for person_id, department_id in chosen[start : start + 200]
            ]
            work.conn.execute(update(PersonDepartment).where(or_(*these)).values(is_head=is_head))
    settle_heads(work, {person_id for person_id, _ in pairs})
