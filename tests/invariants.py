"""What must be true of a company's rows at any time (features.md §3.1, delivery.md §3). Checked after every test with a house."""

import json
from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from notifications.todos import TodoKind, counts, open_todos
from server.kit.module import every
from server.modules import MODULES
from server.permissions.actor import load_actor

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
    "one's own message is never unread": """
        SELECT m.conversation_id, m.person_id FROM membership m JOIN (SELECT conversation_id, author_id, max(number) AS newest
          FROM message WHERE kind = 'text' GROUP BY conversation_id, author_id) o
          ON o.conversation_id = m.conversation_id AND o.author_id = m.person_id WHERE m.read_number < o.newest""",
    "an inbox is read up to a notice that lies in it": """
        SELECT k.person_id FROM notice_mark k LEFT JOIN notice_recipient r
          ON r.person_id = k.person_id AND r.notice_id = k.read_id WHERE r.person_id IS NULL""",
    # One that fired, was done by one person and then cancelled for the others stays done by that one.
    "nobody is done with a reminder that waits": """
        SELECT p.reminder_id, p.person_id FROM reminder_person p JOIN reminder r ON r.id = p.reminder_id
        WHERE p.done_at IS NOT NULL AND r.state = 'waiting'""",
    "the room a person has taken is what their files take": """
        SELECT r.person_id FROM file_room r WHERE r.used <> (SELECT coalesce(sum(f.charged), 0) FROM file f
          WHERE f.state <> 'gone' AND (r.person_id = 0 OR f.owner_id = r.person_id))""",
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
    _check_mention_marks(conn)
    _check_traces(conn)
    _check_badges(conn)


def _check_mention_marks(conn: Connection) -> None:
    """The marks behind «@» in the list of conversations equal a recount of the messages that name somebody."""
    named: dict[tuple[int, int], list[int]] = defaultdict(list)
    everyone: dict[int, int] = {}
    rows = conn.execute(
        text(
            "SELECT conversation_id, number, mentions FROM message"
            " WHERE kind = 'text' AND (mentions LIKE '%true%' OR mentions NOT LIKE '%[]%') ORDER BY number"
        )
    )
    for row in rows:
        found = json.loads(row.mentions)
        for person in found.get("people", ()):
            named[row.conversation_id, person].append(row.number)
        if found.get("everyone"):
            everyone[row.conversation_id] = row.number
    marks = conn.execute(text("SELECT id, everyone_number FROM conversation WHERE everyone_number > 0"))
    assert everyone == {row.id: row.everyone_number for row in marks}
    places = "SELECT conversation_id, person_id, state, from_number, mentioned_number FROM membership"
    for row in conn.execute(text(places)):
        mine = named.get((row.conversation_id, row.person_id), [])
        assert row.mentioned_number == 0 or row.mentioned_number in mine, row
        inside = [number for number in mine if number >= row.from_number]
        assert row.state != "active" or not inside or row.mentioned_number == inside[-1], row


def _check_traces(conn: Connection) -> None:
    """Every card that is carried has left its trace, and no other card has; what was deleted carries nothing."""
    carried = {
        (kind, row.id, card["kind"], card["id"])
        for kind, there in (("post", "deleted_at IS NULL"), ("message", "1 = 1"))
        for row in conn.execute(text(f"SELECT id, cards FROM {kind} WHERE cards <> '' AND {there}"))
        for card in json.loads(row.cards)
    }
    columns = "source_kind, source_id, target_kind, target_id"
    left = conn.execute(text(f"SELECT {columns} FROM link WHERE how = 'card'"))
    assert {tuple(row) for row in left} == carried


def _check_badges(conn: Connection) -> None:
    """What the badge says equals the list behind it, and the list equals a recount, for those on whom the most waits."""
    busiest = conn.execute(
        text(
            "SELECT person_id, count(*) AS many FROM receipt WHERE state = 'open' GROUP BY person_id"
            " ORDER BY many DESC, person_id LIMIT 2"
        )
    ).all()
    kinds = every(MODULES, TodoKind)
    for person, receipts in busiest:
        actor = load_actor(conn, person)
        if actor is None:
            continue
        said = counts(conn, actor, kinds)
        listed = open_todos(conn, actor, kinds, datetime.now(UTC), 10_000)
        assert said.total == len(listed), (person, said)
        assert said.categories["receipt"] == receipts, (person, said)
        due = "SELECT count(*) FROM reminder_person p JOIN reminder r ON r.id = p.reminder_id"
        waiting = conn.execute(
            text(f"{due} WHERE p.person_id = :one AND p.done_at IS NULL AND r.state = 'fired'"),
            {"one": person},
        ).scalar_one()
        # One of a thing that the person no longer sees does not wait.
        assert said.categories["reminder"] <= waiting, (person, said)
