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
                             AND r.state = 'withdrawn')
          OR a."left" <> (SELECT count(*) FROM receipt r WHERE r.post_id = a.post_id AND r.version = a.version
                          AND r.state = 'left')""",
    "a post's counts equal a recount, and its comments are numbered densely": """
        SELECT p.id FROM post p WHERE
          p.comments <> (SELECT count(*) FROM comment c WHERE c.post_id = p.id AND c.deleted_at IS NULL)
          OR p.last_comment <> (SELECT count(*) FROM comment c WHERE c.post_id = p.id)
          OR p.last_comment <> (SELECT coalesce(max(c.number), 0) FROM comment c WHERE c.post_id = p.id)
          OR p.likes <> (SELECT count(*) FROM post_like l WHERE l.post_id = p.id)""",
    "a comment's count equals a recount of its likes": """
        SELECT c.id FROM comment c WHERE c.likes <> (SELECT count(*) FROM comment_like l WHERE l.comment_id = c.id)""",
    "a deleted comment says nothing, and what comments said before is kept": """
        SELECT c.id FROM comment c WHERE (c.deleted_at IS NULL) <> (c.deleted_by IS NULL)
          OR (c.deleted_at IS NOT NULL AND (c.text <> '' OR c.files <> ''))
          OR c.version - 1 <> (SELECT count(*) FROM comment_version v WHERE v.comment_id = c.id)""",
    "a comment answers an earlier one of its post": """
        SELECT c.id FROM comment c LEFT JOIN comment q ON q.id = c.reply_to AND q.post_id = c.post_id AND q.number < c.number
        WHERE c.reply_to IS NOT NULL AND q.id IS NULL""",
    "nothing waits for who has left, and nobody acts for or as them": """
        SELECT p.id FROM person p WHERE p.state = 'left' AND (
          EXISTS (SELECT 1 FROM receipt r WHERE r.person_id = p.id AND r.state = 'open')
          OR EXISTS (SELECT 1 FROM delegation d WHERE d.ended_at IS NULL AND p.id IN (d.principal_id, d.deputy_id)))""",
    "nobody is away twice at once": """
        SELECT a.id FROM absence a JOIN absence b ON b.person_id = a.person_id AND b.id > a.id
          AND b.from_day <= a.to_day AND b.to_day >= a.from_day""",
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
    "the pairs «at or below» are those that the parents make": """
        WITH RECURSIVE below(ancestor_id, descendant_id) AS (
          SELECT id, id FROM department WHERE removed_at IS NULL
          UNION SELECT d.parent_id, b.descendant_id FROM below b JOIN department d ON d.id = b.ancestor_id
          WHERE d.parent_id IS NOT NULL)
        SELECT b.ancestor_id, b.descendant_id FROM below b LEFT JOIN department_closure c
          ON c.ancestor_id = b.ancestor_id AND c.descendant_id = b.descendant_id WHERE c.ancestor_id IS NULL
        UNION ALL SELECT c.ancestor_id, c.descendant_id FROM department_closure c LEFT JOIN below b
          ON c.ancestor_id = b.ancestor_id AND c.descendant_id = b.descendant_id WHERE b.ancestor_id IS NULL""",
    "a path is the names from the root": """
        SELECT d.id FROM department d LEFT JOIN department p ON p.id = d.parent_id
        WHERE d.path <> CASE WHEN d.removed_at IS NOT NULL THEN '/' || d.id
          WHEN d.parent_id IS NULL THEN d.name ELSE p.path || '/' || d.name END""",
    "nobody sits in, or below, a department that was removed": """
        SELECT d.id FROM department d JOIN department r ON r.id = d.parent_id WHERE r.removed_at IS NOT NULL
        UNION ALL SELECT s.person_id FROM person_department s JOIN department d ON d.id = s.department_id
        WHERE d.removed_at IS NOT NULL""",
    "whoever sits anywhere has one main department": """
        SELECT person_id FROM person_department GROUP BY person_id HAVING sum(CASE WHEN is_main THEN 1 ELSE 0 END) <> 1""",
    "roles held by rule are the deserved ones": """
        WITH deserved(person_id, code) AS (
          SELECT m.id, 'manager' FROM person m WHERE m.kind = 'employee' AND EXISTS (SELECT 1 FROM person p
            WHERE p.manager_id = m.id AND p.state <> 'left')
          UNION ALL SELECT p.id, 'department_head' FROM person p WHERE p.kind = 'employee'
            AND EXISTS (SELECT 1 FROM person_department s WHERE s.person_id = p.id AND s.is_head))
        SELECT x.person_id FROM person_role x JOIN role r ON r.id = x.role_id LEFT JOIN deserved d
          ON d.person_id = x.person_id AND d.code = r.code WHERE x.is_automatic AND d.person_id IS NULL
        UNION ALL SELECT d.person_id FROM deserved d JOIN role r ON r.code = d.code LEFT JOIN person_role x
          ON x.person_id = d.person_id AND x.role_id = r.id WHERE x.person_id IS NULL""",
    "the streams of departments are heard by who sits at or below them": """
        WITH deserved(person_id, stream) AS (
          SELECT DISTINCT p.id, 'department:' || c.ancestor_id FROM person p JOIN person_department s ON s.person_id = p.id
          JOIN department_closure c ON c.descendant_id = s.department_id WHERE p.kind = 'employee' AND p.state <> 'left'),
        heard(person_id, stream) AS (
          SELECT person_id, stream FROM stream_grant WHERE to_seq IS NULL AND stream LIKE 'department:%')
        SELECT d.person_id, d.stream FROM deserved d LEFT JOIN heard h ON h.person_id = d.person_id AND h.stream = d.stream
          WHERE h.person_id IS NULL
        UNION ALL SELECT h.person_id, h.stream FROM heard h LEFT JOIN deserved d
          ON h.person_id = d.person_id AND h.stream = d.stream WHERE d.person_id IS NULL""",
    "sign-in names are one person's": """
        SELECT n.name FROM sign_in_name n LEFT JOIN person p ON p.id = n.person_id
        WHERE n.name NOT IN (lower(coalesce(p.phone, '')), lower(coalesce(p.staff_number, '')), lower(coalesce(p.email, '')))""",
}


def check_invariants(conn: Connection) -> None:
    """Fails naming the rule and the first rows that break it."""
    for rule, query in BROKEN.items():
        rows = conn.execute(text(query)).fetchmany(3)
        assert not rows, f"broken: {rule}: {rows}"
