"""What prepared tables add to the feed."""

from feed.table.present import PreparedTableView, TableRowView, TableTally
from feed.table.routes import ROUTES
from server.api.entities import Entity
from server.db.invariant import Invariant
from server.permissions.capabilities import Capability

PARTS = [
    *ROUTES,
    Capability("tables.prepare"),
    Entity("prepared_table", PreparedTableView),
    Entity("table_row", TableRowView),
    Entity("tally/table", TableTally),
    Invariant(
        "exactly the posts that carry a table have one",
        """SELECT p.id FROM post p LEFT JOIN post_table t ON t.post_id = p.id
             WHERE (p.carried_table <> '') <> (t.post_id IS NOT NULL)""",
    ),
    Invariant(
        "the count of a table's rows equals a recount",
        """SELECT t.post_id FROM post_table t
             WHERE t.row_count <> (SELECT count(*) FROM table_row r WHERE r.post_id = t.post_id)
             UNION ALL SELECT r.post_id FROM table_row r WHERE NOT EXISTS
               (SELECT 1 FROM post_table t WHERE t.post_id = r.post_id)""",
    ),
]
