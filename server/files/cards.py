"""A file as a card, for who may read what it hangs on."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from server.cards.cards import CardKind, CardView, Looking, Ref, seen_by
from server.files.downloads import readable_among
from server.files.forms import FORMS
from server.files.models import FileLink
from server.files.policies import MAY_READ_FILE
from server.kit.module import Module
from server.permissions.actor import Actor


def _looking(modules: Sequence[Module]) -> Looking:
    def cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
        """Its name; below it its length in bytes; `state` is its kind."""
        return [
            CardView(
                "file",
                row.id,
                False,
                row.name,
                str(row.size),
                person_id=row.owner_id,
                at=row.created_at,
                state=FORMS[row.form].kind,
                version=1,
            )
            for row in readable_among(conn, modules, actor, ids)
        ]

    return cards


def _seen_by(
    conn: Connection, actor: Actor, modules: Sequence[Module], file_id: int
) -> ColumnElement[bool] | None:
    """Who sees what it hangs on."""
    on = conn.execute(select(FileLink.kind, FileLink.ref_id).where(FileLink.file_id == file_id)).first()
    return None if on is None else seen_by(conn, actor, modules, Ref(on.kind, on.ref_id))


FILE_CARDS = CardKind("file", MAY_READ_FILE, within=_looking, seen_by=_seen_by)
