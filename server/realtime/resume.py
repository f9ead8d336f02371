"""Hello: from a cursor to one of three outcomes, each named: *nothing_missed*, *replay*, *reset* (P5: never a silent gap).

Subscribe at position p, replay (cursor, p] by spans. From memory the rows are walked exactly as the hub walks them; beyond memory one
query answers, and what was committed since its snapshot is walked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from server.events import log
from server.events.envelope import LogRow
from server.realtime.hub import Hub, Listener, bundles, events_payload
from server.realtime.protocol import text_frame
from server.work.company import Company

MAX_REPLAY = 5_000


@dataclass
class _Snapshot:
    head: int
    epoch: str
    oldest: int
    spans: list[tuple[str, int, int | None]]
    missed: list[tuple[int, bytes]] = field(default_factory=list)


@dataclass(frozen=True)
class Resumed:
    """`missed` are the envelopes with their numbers, `position` the number they reach to, `since` the cursor of the hello."""

    outcome: str
    position: int
    missed: Sequence[tuple[int, bytes]] = ()
    since: str = ""

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, body in self.missed]


def parse_cursor(cursor: str, epoch: str) -> int | None:
    """The number in a cursor of this epoch, else None."""
    name, _, number = cursor.rpartition("-")
    if name != epoch or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return int(number)


async def resume(company: Company, hub: Hub, listener: Listener, cursor: str) -> Resumed:
    """Subscribes the listener and answers what it missed. Afterwards it hears everything above `position`, each once."""
    hub.silence(listener)
    position = parse_cursor(cursor, hub.relay.epoch)
    if position is None:
        return Resumed("reset", hub.settled)
    in_memory = hub.relay.since(position) is not None

    def look(conn: Connection) -> _Snapshot:
        found = _Snapshot(*log.stand(conn), 0, log.spans_since(conn, listener.person_id, position))
        if not in_memory and position <= found.head:
            found.oldest = log.oldest(conn)
            found.missed = log.replay(conn, listener.person_id, position, MAX_REPLAY + 1)
        return found

    seen = await company.read(look)
    if parse_cursor(cursor, hub.relay.epoch) is None:
        return Resumed("reset", hub.settled)  # another epoch began while we were looking
    if position > max(seen.head, hub.relay.position) or (not in_memory and position < seen.oldest - 1):
        return Resumed("reset", hub.settled)
    # From here to the return nothing awaits: the hub cannot move between the replay and the subscription.
    rows = hub.relay.since(position) if in_memory else hub.relay.since(seen.head)
    if rows is None or len(seen.missed) > MAX_REPLAY:
        return Resumed("reset", hub.settled)
    if in_memory:
        streams = {
            name
            for name, since, until in seen.spans
            if since <= position and (until is None or until > position)
        }
        start = position
    else:
        streams = {name for name, _, until in seen.spans if until is None}
        start = seen.head
    missed = [*seen.missed, *[(row.seq, row.body) for row in _walk(rows, streams, listener.person_id)]]
    if len(missed) > MAX_REPLAY:
        return Resumed("reset", hub.settled)
    listener.position = max(start, hub.relay.position)
    for name in streams:
        hub.subscribe(listener, name)
    return Resumed("replay" if missed else "nothing_missed", listener.position, missed, cursor)


def _walk(rows: list[LogRow], streams: set[str], person_id: int) -> list[LogRow]:
    """The rows this person hears, changing `streams` on the way as the rows say."""
    heard = []
    for row in rows:
        if row.control is not None:
            streams.update(name for name, persons in row.control.opens.items() if person_id in persons)
        if not streams.isdisjoint(row.streams):
            heard.append(row)
        if row.control is not None:
            streams.difference_update(
                name for name, persons in row.control.closes.items() if person_id in persons
            )
    return heard


def frames(hub: Hub, resumed: Resumed) -> Iterator[tuple[bytes, bytes]]:
    """`ready` and the replay, as (payload, frame). Each frame's cursor is as far as the client then is: a break loses nothing."""
    cursor = resumed.since if resumed.outcome == "replay" else hub.cursor(resumed.position)
    ready = f'{{"op":"ready","outcome":"{resumed.outcome}","cursor":"{cursor}"}}'.encode()
    yield ready, text_frame(ready)
    bodies = resumed.bodies
    for start, end in bundles(bodies):
        reached = resumed.position if end == len(bodies) else resumed.missed[end - 1][0]
        payload = events_payload(bodies[start:end], hub.cursor(reached))
        yield payload, text_frame(payload)
