"""A period of a template as a card: «Daily log 2026-11-20». Not a log, but what to-dos and notices ask for."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from feed.log.models import LogTemplate
from feed.log.periods import begin_of, label, parts_of
from feed.log.policies import MAY_READ_TEMPLATES
from server.cards.cards import CardKind, CardView
from server.permissions.actor import Actor


def _cards(conn: Connection, actor: Actor, ids: Sequence[int]) -> list[CardView]:
    wanted = {one: parts for one in ids if (parts := parts_of(one)) is not None}
    templates = {
        row.id: row
        for row in conn.execute(
            select(LogTemplate.id, LogTemplate.name, LogTemplate.rhythm, LogTemplate.version).where(
                LogTemplate.id.in_({template_id for template_id, _ in wanted.values()})
            )
        )
    }
    found = []
    for number, (template_id, begin) in wanted.items():
        row = templates.get(template_id)
        if row is not None and begin == begin_of(row.rhythm, begin):
            title = f"{row.name} {label(row.rhythm, begin)}"
            found.append(CardView("log_period", number, False, title, version=row.version))
    return found


PERIOD_CARDS = CardKind("log_period", MAY_READ_TEMPLATES, _cards)
