"""What must be true of a company's rows at any time (features.md §3.1, delivery.md §3). Checked after every test with a house."""

from sqlalchemy import Connection, text

# Each query finds what breaks the rule in its key.
BROKEN: dict[str, str] = {
    "a tally equals a recount of its receipts": """
        SELECT a.post_id, a.version FROM receipt_ask a WHERE
          a.done <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version AND r.state = 'done')
          OR a.asked <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                         AND r.state IN ('open', 'done'))
          OR a.read <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                        AND r.state = 'open' AND r.read_at IS NOT NULL)
          OR a.withdrawn <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                             AND r.state = 'withdrawn')""",
    "a conversation's numbers are dense": """
        SELECT c.id FROM conversation c WHERE
          c.last_number <> (SELECT count(*) FROM message m WHERE m.conversation_id = c.id)
          OR c.last_number <> (SELECT coalesce(max(number), 0) FROM message m WHERE m.conversation_id = c.id)""",
    "nobody has read past the newest message": """
        SELECT m.conversation_id, m.person_id FROM membership m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.read_number > c.last_number""",
    "every message names the event that announced it": """
        SELECT m.id FROM message m LEFT JOIN event e ON e.seq = m.seq WHERE m.seq IS NULL OR e.type <> 'message.sent'""",
    "every post names the event that published it": """
        SELECT p.id FROM post p LEFT JOIN event e ON e.seq = p.seq WHERE p.seq IS NULL OR e.type <> 'post.published'""",
    "numbers in the log are dense and end at the head": """
        SELECT h.seq FROM log_head h WHERE h.seq <> (SELECT coalesce(max(seq), 0) FROM event)
          OR h.seq <> (SELECT count(*) FROM event)""",
    "active members hear their conversation, nobody else does": """
        SELECT m.conversation_id, m.person_id FROM membership m
        LEFT JOIN stream_grant g ON g.person_id = m.person_id AND g.stream = 'conversation:' || m.conversation_id
          AND g.to_seq IS NULL
        WHERE (m.state = 'active') <> (g.person_id IS NOT NULL)""",
    "receipts are asked only of who could be asked": """
        SELECT r.post_id, r.person_id FROM receipt r JOIN receipt_ask a ON a.post_id = r.post_id AND a.version = r.version
        WHERE r.person_id = a.asked_by""",
    "sign-in names are one person's": """
        SELECT n.name FROM sign_in_name n LEFT JOIN person p ON p.id = n.person_id
        WHERE n.name NOT IN (lower(coalesce(p.phone, '')), lower(coalesce(p.staff_number, '')), lower(coalesce(p.email, '')))""",
}


def check_invariants(conn: Connection) -> None:
    """Fails naming the rule and the first rows that break it."""
    for rule, query in BROKEN.items():
        rows = conn.execute(text(query)).fetchmany(3)
        assert not rows, f"broken: {rule}: {rows}"
