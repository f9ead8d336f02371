"""From inside to outside and back: what one may follows from it."""

from sqlalchemy import update

from server.org.models import Person
from server.permissions import roles
from server.permissions.automatic import settle_roles
from server.permissions.guard import lock_roles, must_leave_an_editor
from server.permissions.rights import rights_changed
from server.work.work import Work


def change_kind(work: Work, person_id: int, kind: str) -> None:
    """An outsider keeps no role of the inside; who comes in begins as a member. The caller takes an outsider's headships away.

    Raises `WrongState` when nobody could edit roles any more.
    """
    lock_roles(work.conn)
    work.conn.execute(update(Person).where(Person.id == person_id).values(kind=kind))
    roles.replace(work.conn, person_id, "external" if kind == "external" else "member")
    settle_roles(work, [person_id])
    must_leave_an_editor(work.conn)
    rights_changed(work, [person_id])
