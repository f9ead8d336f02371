"""The log: append under the head row, read by number. Called by the unit of work and by relays.

*Position* of a reader = the highest number it has processed. Numbers follow commit order because the head row is locked from
numbering to COMMIT (delivery.md P2); they only grow, gaps are legal, so readers always ask for «greater than my position».
"""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from server.db.base import table
from server.db.hot import Hot
from server.events.envelope import Control, Envelope, Event, LogRow
from server.events.models import EventStream, LoggedEvent, LogHead, StreamGrant
from server.kit.json import encode

_NUMBER = Hot(
    update(LogHead).where(LogHead.id == 1).values(seq=LogHead.seq + bindparam("n")).returning(LogHead.seq)
)
# Whoever holds the head and goes silent must let go of it soon.
_NUMBER_IN_TIME = Hot(
    update(LogHead)
    .where(LogHead.id == 1)
    .values(seq=LogHead.seq + bindparam("n"))
    .returning(LogHead.seq, func.set_config("idle_in_transaction_session_timeout", "1000", True))
)
_HEAD = Hot(select(LogHead.seq).where(LogHead.id == 1))
_STAND = Hot(select(LogHead.seq, LogHead.epoch).where(LogHead.id == 1))
_LOG = Hot(insert(table(LoggedEvent)), [column.name for column in table(LoggedEvent).columns])
_ADDRESS = Hot(insert(table(EventStream)), ["stream", "seq"])
_CLOSE = (
    update(StreamGrant)
    .where(
        StreamGrant.stream == bindparam("a_stream"),
        StreamGrant.person_id == bindparam("a_person"),
        StreamGrant.to_seq.is_(None),
    )
    .values(to_seq=bindparam("a_seq"))
)


def head(conn: Connection) -> int:
    """The newest number in this snapshot."""
    return int(_HEAD.rows(conn, {})[0][0])


def epoch(conn: Connection) -> str:
    return conn.execute(select(LogHead.epoch).where(LogHead.id == 1)).scalar_one()


def stand(conn: Connection) -> tuple[int, str]:
    """The newest number in this snapshot, and the epoch it belongs to."""
    seq, name = _STAND.rows(conn, {})[0]
    return int(seq), str(name)


def new_epoch(conn: Connection) -> str:
    """After it no client's cursor counts: each of them takes its first state again. For a log that is not the one they know."""
    made = secrets.token_hex(4)
    conn.execute(update(LogHead).where(LogHead.id == 1).values(epoch=made))
    return made


def ensure_head(conn: Connection) -> None:
    """Makes the head row of a new company."""
    if conn.execute(select(LogHead.id)).first() is None:
        conn.execute(insert(LogHead).values(id=1, seq=0, epoch=secrets.token_hex(4)))


def number(conn: Connection, count: int) -> int:
    """Locks the head and takes `count` numbers; answers the last one. After it: only statements that carry the numbers, then COMMIT."""
    take = _NUMBER_IN_TIME if conn.dialect.name == "postgresql" else _NUMBER
    return int(take.rows(conn, {"n": count})[0][0])


def append(conn: Connection, events: Sequence[Event], last: int, at: datetime) -> list[LogRow]:
    """Writes the events under the numbers that end with `last`; answers the rows as hubs keep them."""
    rows: list[LogRow] = []
    logged, streams = [], []
    for seq, event in enumerate(events, last - len(events) + 1):
        event.seq = seq
        body = encode(Envelope(seq, event.type, at, event.actor, event.echo, event.changes))
        control = _control_of(event)
        names = tuple(dict.fromkeys(event.streams))
        rows.append(LogRow(seq, names, body, control, event.merge))
        logged.append(
            {
                "seq": seq,
                "at": at,
                "type": event.type,
                "actor_id": event.actor,
                "body": body.decode(),
                "control": encode(control).decode() if control else None,
                "merge_key": event.merge,
            }
        )
        streams += [{"stream": name, "seq": seq} for name in names]
    _LOG.many(conn, logged)
    if streams:
        _ADDRESS.many(conn, streams)
    for row in rows:
        if row.control:
            _grant(conn, row.seq, row.control)
    return rows


def _control_of(event: Event) -> Control | None:
    """Most facts change nothing of what anybody hears."""
    if not (event.opens or event.closes or event.ends_sessions or event.asks_again):
        return None
    control = Control(
        {stream: list(persons) for stream, persons in event.opens.items() if persons},
        {stream: list(persons) for stream, persons in event.closes.items() if persons},
        list(event.ends_sessions),
        list(event.asks_again),
    )
    return control if control else None


def _grant(conn: Connection, seq: int, control: Control) -> None:
    closes = [
        {"a_stream": stream, "a_person": person, "a_seq": seq}
        for stream, persons in control.closes.items()
        for person in persons
    ]
    opens = [
        {"person_id": person, "stream": stream, "from_seq": seq}
        for stream, persons in control.opens.items()
        for person in persons
    ]
    if closes:
        conn.execute(_CLOSE, closes)
    if opens:
        conn.execute(insert(StreamGrant), opens)


def read_since(conn: Connection, position: int, limit: int) -> list[LogRow]:
    """The next rows above `position` for a hub, in order, streams and controls included."""
    found = conn.execute(
        select(LoggedEvent.seq, LoggedEvent.body, LoggedEvent.control, LoggedEvent.merge_key)
        .where(LoggedEvent.seq > position)
        .order_by(LoggedEvent.seq)
        .limit(limit)
    ).all()
    if not found:
        return []
    streams: dict[int, list[str]] = defaultdict(list)
    for stream, seq in conn.execute(
        select(EventStream.stream, EventStream.seq).where(
            EventStream.seq.between(found[0].seq, found[-1].seq)
        )
    ):
        streams[seq].append(stream)
    return [
        LogRow(
            row.seq,
            tuple(streams[row.seq]),
            row.body.encode(),
            msgspec.json.decode(row.control, type=Control) if row.control else None,
            row.merge_key,
        )
        for row in found
    ]


def spans_since(conn: Connection, person_id: int, position: int) -> list[tuple[str, int, int | None]]:
    """(stream, from, to) of everything this person hears or heard after `position`."""
    rows = conn.execute(
        select(StreamGrant.stream, StreamGrant.from_seq, StreamGrant.to_seq).where(
            StreamGrant.person_id == person_id,
            (StreamGrant.to_seq.is_(None)) | (StreamGrant.to_seq > position),
        )
    )
    return [(row.stream, row.from_seq, row.to_seq) for row in rows]


def replay(conn: Connection, person_id: int, position: int, limit: int) -> list[tuple[int, bytes]]:
    """(number, envelope bytes) of what this person may hear above `position`, by spans, at most `limit`."""
    heard = (
        select(EventStream.seq)
        .join(StreamGrant, StreamGrant.stream == EventStream.stream)
        .where(
            StreamGrant.person_id == person_id,
            EventStream.seq > position,
            EventStream.seq >= StreamGrant.from_seq,
            (StreamGrant.to_seq.is_(None)) | (EventStream.seq <= StreamGrant.to_seq),
        )
        .distinct()
        .order_by(EventStream.seq)
        .limit(limit)
        .subquery()
    )
    rows = conn.execute(
        select(LoggedEvent.seq, LoggedEvent.body)
        .join(heard, heard.c.seq == LoggedEvent.seq)
        .order_by(LoggedEvent.seq)
    )
    return [(row.seq, row.body.encode()) for row in rows]


def oldest(conn: Connection) -> int:
    """The lowest number still kept, or the next one when none is; a cursor below it minus one cannot be replayed."""
    kept = conn.execute(select(func.min(LoggedEvent.seq))).scalar()
    return head(conn) + 1 if kept is None else kept


def prune(conn: Connection, before: datetime) -> int:
    """Forgets events older than `before`; history tables and spans stay (W18 reads them). Answers how many went."""
    last = conn.execute(select(func.max(LoggedEvent.seq)).where(LoggedEvent.at < before)).scalar()
    if last is None:
        return 0
    conn.execute(delete(EventStream).where(EventStream.seq <= last))
    return conn.execute(delete(LoggedEvent).where(LoggedEvent.seq <= last)).rowcount
