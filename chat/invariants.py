"""What must be true of conversations whatever happened to them; a restore checks it."""

from server.db.invariant import Invariant

INVARIANTS = [
    Invariant(
        "a conversation's messages are numbered 1, 2, 3 … to its last",
        """SELECT c.id, c.last_number, m.last, m.many FROM conversation c
           LEFT JOIN (SELECT conversation_id, max(number) AS last, count(*) AS many FROM message GROUP BY conversation_id) m
             ON m.conversation_id = c.id
           WHERE c.last_number <> coalesce(m.last, 0) OR c.last_number <> coalesce(m.many, 0)""",
    ),
    Invariant(
        "nobody has read past the newest message",
        """SELECT m.conversation_id, m.person_id FROM membership m JOIN conversation c ON c.id = m.conversation_id
           WHERE m.read_number > c.last_number""",
    ),
    Invariant(
        "every message was said by an event of the log",
        "SELECT m.id FROM message m, log_head h WHERE m.seq IS NULL OR m.seq > h.seq",
    ),
]
