"""What must be true of the rows of files whatever happened to them; a restore checks it."""

from server.db.invariant import Invariant

INVARIANTS = [
    Invariant(
        "every file that is kept has its place and its fingerprint",
        "SELECT id FROM file WHERE state IN ('ready', 'attached') AND (length(sha256) <> 64 OR length(key) <> 32 OR form = '')",
    ),
    Invariant(
        "exactly the attached files hang on something",
        """SELECT f.id FROM file f LEFT JOIN file_link l ON l.file_id = f.id
           WHERE (f.state = 'attached') <> (l.file_id IS NOT NULL)""",
    ),
    Invariant(
        "the room a person has taken is what their files take",
        """SELECT r.person_id FROM file_room r WHERE r.used <> (SELECT coalesce(sum(f.charged), 0) FROM file f
           WHERE f.state <> 'gone' AND (r.person_id = 0 OR f.owner_id = r.person_id))""",
    ),
]
