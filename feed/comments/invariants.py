"""What must be true of comments and likes whatever happened to them; a restore checks it."""

from server.db.invariant import Invariant

INVARIANTS = [
    Invariant(
        "a post's counts equal a recount of its comments and likes",
        """SELECT p.id FROM post p WHERE
             p.comments <> (SELECT count(*) FROM comment c WHERE c.post_id = p.id AND c.deleted_at IS NULL)
             OR p.last_comment <> (SELECT count(*) FROM comment c WHERE c.post_id = p.id)
             OR p.last_comment <> (SELECT coalesce(max(c.number), 0) FROM comment c WHERE c.post_id = p.id)
             OR p.likes <> (SELECT count(*) FROM post_like l WHERE l.post_id = p.id)""",
    ),
    Invariant(
        "a comment's count equals a recount of its likes",
        """SELECT c.id FROM comment c WHERE
             c.likes <> (SELECT count(*) FROM comment_like l WHERE l.comment_id = c.id)""",
    ),
    Invariant(
        "what was deleted says nothing, and every earlier version is kept",
        """SELECT c.id FROM comment c WHERE
             (c.deleted_at IS NOT NULL AND (c.text <> '' OR c.files <> '' OR c.deleted_by IS NULL))
             OR c.version - 1 <> (SELECT count(*) FROM comment_version v WHERE v.comment_id = c.id)""",
    ),
    Invariant(
        "an answer stands under the same post as what it answers, and later",
        """SELECT c.id FROM comment c LEFT JOIN comment q ON q.id = c.reply_to AND q.post_id = c.post_id
             AND q.number < c.number WHERE c.reply_to IS NOT NULL AND q.id IS NULL""",
    ),
]
