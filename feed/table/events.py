"""Facts of tables. Rows reach who watches the post, and its author; the library everybody who may post."""

from collections.abc import Sequence
from typing import Literal

from feed.comments.events import watch_stream
from feed.table.present import PreparedTableView, TableRowView, TableTally, row_put, tally_put
from server.events.envelope import EVERYONE, Change, Drop, Event, Put, person_stream


def tables_changed(actor: int, views: Sequence[PreparedTableView]) -> Event:
    changes = [Put("prepared_table", view.id, view) for view in views]
    return Event("prepared_table.changed", [EVERYONE], changes, actor=actor)


def row_filled(
    how: Literal["table.row_added", "table.row_changed"], author: int, view: TableRowView, tally: TableTally
) -> Event:
    return Event(how, _streams(author, view.post_id), [row_put(view), tally_put(tally)], actor=view.person_id)


def row_taken_away(actor: int, author: int, row_id: int, tally: TableTally) -> Event:
    changes: list[Change] = [Drop("table_row", row_id), tally_put(tally)]
    return Event("table.row_removed", _streams(author, tally.post_id), changes, actor=actor)


def _streams(author: int, post_id: int) -> list[str]:
    return [person_stream(author), watch_stream(post_id)]
