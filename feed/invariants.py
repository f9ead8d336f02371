"""What must be true of the feed's rows whatever happened to them; a restore checks it."""

from server.db.invariant import Invariant

INVARIANTS = [
    Invariant(
        "a tally equals a recount of its receipts",
        """SELECT a.post_id, a.version FROM receipt_ask a WHERE
             a.asked <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                         AND r.state IN ('open', 'done'))
             OR a.done <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                           AND r.state = 'done')
             OR a.read <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                           AND r.state = 'open' AND r.read_at IS NOT NULL)
             OR a."left" <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                             AND r.state = 'left')""",
    ),
    Invariant(
        "nothing waits for who has left",
        """SELECT r.post_id, r.person_id FROM receipt r JOIN person p ON p.id = r.person_id
             WHERE r.state = 'open' AND p.state = 'left'""",
    ),
    Invariant(
        "a post that was deleted reaches nobody and waits for nobody",
        """SELECT p.id FROM post p WHERE p.deleted_at IS NOT NULL AND (p.deleted_by IS NULL
             OR EXISTS (SELECT 1 FROM post_audience a WHERE a.post_id = p.id)
             OR EXISTS (SELECT 1 FROM receipt r WHERE r.post_id = p.id AND r.state IN ('open', 'left')))""",
    ),
    Invariant(
        "a receipt says which version was confirmed, and none that counts is of a version before the author asked again",
        """SELECT r.post_id, r.person_id FROM receipt r JOIN receipt_ask a ON a.post_id = r.post_id AND a.version = r.version
             JOIN post p ON p.id = r.post_id
             WHERE (r.state = 'done') <> (r.confirmed > 0) OR r.confirmed > p.version
             OR (r.state = 'done' AND r.confirmed < a.counts_from)""",
    ),
    Invariant(
        "every post was published by an event of the log",
        "SELECT p.id FROM post p, log_head h WHERE p.seq IS NULL OR p.seq > h.seq",
    ),
]
