"""Who chose what, of a named vote, for whoever may read the post."""

from sqlalchemy import Connection, select

from feed.policies import must_read
from feed.poll.models import Poll, PollChoice, PollOption
from feed.poll.present import VoterRow
from server.db.keyset import decode_cursor, encode_cursor, page_size
from server.events.envelope import Change
from server.kit.problems import Forbidden, NotFound
from server.people.present import person_puts_for
from server.permissions.actor import Actor


def page(
    conn: Connection, actor: Actor, post_id: int, place: int, limit: int | None, cursor: str
) -> tuple[list[VoterRow], str | None, list[Change]]:
    """Raises `NotFound`, and `Forbidden` for everybody where the vote is anonymous."""
    must_read(conn, actor, post_id)
    found = conn.execute(
        select(Poll.anonymous)
        .join(PollOption, PollOption.post_id == Poll.post_id)
        .where(Poll.post_id == post_id, PollOption.place == place)
    ).first()
    if found is None:
        raise NotFound()
    if found.anonymous:
        raise Forbidden("This vote is anonymous: nobody sees who chose what.", reason="anonymous_vote")
    size, after = page_size(limit), decode_cursor(cursor, int)
    query = select(PollChoice.person_id).where(PollChoice.post_id == post_id, PollChoice.place == place)
    if after is not None:
        query = query.where(PollChoice.person_id > after[0])
    ids = list(conn.execute(query.order_by(PollChoice.person_id).limit(size + 1)).scalars())
    following = encode_cursor(ids[size - 1]) if len(ids) > size else None
    shown = ids[:size]
    return [VoterRow(one) for one in shown], following, list(person_puts_for(conn, actor, shown))
