"""What must be true of the log whatever happened to it; a restore checks it."""

from server.db.invariant import Invariant

INVARIANTS = [
    Invariant(
        "the log has one head, and nothing lies beyond it",
        """SELECT h.seq FROM log_head h WHERE h.seq < (SELECT coalesce(max(seq), 0) FROM event)
             OR (SELECT count(*) FROM log_head) <> 1""",
    ),
    Invariant(
        "every event that a stream names is in the log",
        "SELECT s.seq FROM event_stream s LEFT JOIN event e ON e.seq = s.seq WHERE e.seq IS NULL",
    ),
    Invariant("there is one company", "SELECT count(*) FROM company HAVING count(*) <> 1"),
]
