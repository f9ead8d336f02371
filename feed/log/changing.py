"""Correcting a log: what was filled in, never what was asked then. A new version of its post; the earlier one stays readable."""

import msgspec

from feed.editing import rewrite
from feed.log.filling import filled, words
from feed.log.inputs import ChangedLog
from feed.log.logs import KIND
from feed.log.present import LogView
from feed.policies import must_lock
from feed.present import PostView, posts
from feed.publishing import MAX_TEXT
from server.kit.problems import Forbidden, StaleVersion
from server.kit.text import clean
from server.permissions.actor import Actor
from server.work.work import Work


def change(work: Work, actor: Actor, post_id: int, change: ChangedLog) -> PostView:
    """The same again changes nothing. Raises `NotFound`, `Forbidden`, `Invalid` on `values…`, `StaleVersion`."""
    row = must_lock(work, actor, post_id, KIND)
    if row.author_id != actor.id:
        raise Forbidden("Only the author changes this.", next_step="ask_author")
    log = msgspec.json.decode(row.details, type=LogView)
    fields = filled(log.fields, change.values, "values")
    text = clean(words(fields, change.text), "text", limit=MAX_TEXT, required=not row.files)
    if text != row.text:
        if change.version != row.version:
            raise StaleVersion("It was changed meanwhile.", version=row.version, given=change.version)
        shape = msgspec.structs.replace(log, fields=fields, remark=change.text.strip())
        rewrite(work, row, row.title, text, shape)
    return posts(work.conn, [post_id])[0]
