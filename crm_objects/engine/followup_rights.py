"""Which follow-ups of a record whoever reads the record hears of; what a sales record says is its post's readers' alone."""

from sqlalchemy import ColumnElement, Connection, exists, or_

from crm_objects.engine.models import RecordFollowup
from feed.models import Post
from feed.policies import readable_by
from server.db.base import table
from server.permissions.actor import Actor


def told_to(conn: Connection, actor: Actor) -> ColumnElement[bool]:
    """Notes; what counts, since the record's clock says so anyhow; of other sales records those that the actor may read."""
    f = table(RecordFollowup).c
    theirs = exists().where(Post.id == f.post_id, readable_by(conn, actor))
    return or_(f.post_id.is_(None), f.counts, theirs)
