"""The hub by itself: rows in, frames out, and what a listener hears changes only by passing rows."""

import json
from typing import Any, cast

import msgspec

from server.events.envelope import Control, Envelope, LogRow
from server.events.relay import Relay
from server.kit.clock import real_now
from server.realtime.bucket import Buckets
from server.realtime.hub import Hub, Listener, Pace
from tests.server.realtime.crowd import eventually


class Outlet:
    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.code: int | None = None

    def push(self, payload: bytes, frame: bytes) -> None:
        assert frame.endswith(payload)
        self.frames.append(json.loads(payload))

    def buffered(self) -> int:
        return 0

    def hang_up(self, code: int) -> None:
        self.code = code

    def asks_again(self, seq: int) -> None:
        self.asked_again = seq

    @property
    def heard(self) -> list[list[int]]:
        """The numbers of each frame."""
        return [[event["seq"] for event in frame["events"]] for frame in self.frames]

    @property
    def reached(self) -> list[int]:
        """The number in each frame's cursor."""
        return [frame["seq"] for frame in self.frames]


def hub_at(position: int) -> Hub:
    nothing = cast(Any, None)
    relay = Relay(nothing, nothing)
    relay.position, relay.epoch = position, "e"
    return Hub(relay)


def listener(hub: Hub, person: int, *streams: str, session: int = 1) -> tuple[Listener, Outlet]:
    outlet = Outlet()
    one = Listener(person, session, outlet)
    one.position = hub.relay.position
    hub.admit(one, 10)
    for stream in streams:
        hub.subscribe(one, stream)
    return one, outlet


def row(seq: int, *streams: str, **control: Any) -> LogRow:
    body = msgspec.json.encode(Envelope(seq, "test.happened", real_now(), None, None, []))
    return LogRow(seq, streams, body, Control(**control) if control else None)


def feed(hub: Hub, *rows: LogRow) -> None:
    hub.relay._advance(rows)


def test_what_comes_together_leaves_in_one_frame_and_only_what_one_hears() -> None:
    hub = hub_at(10)
    _, four = listener(hub, 4, "person:4", "everyone")
    _, five = listener(hub, 5, "person:5", "everyone")
    feed(hub, row(11, "person:4"), row(12, "everyone"), row(13, "person:9"))
    assert four.heard == [[11, 12]]
    assert five.heard == [[12]]
    assert four.reached == five.reached == [13]


def test_an_event_on_two_streams_of_mine_comes_once() -> None:
    hub = hub_at(10)
    _, outlet = listener(hub, 4, "person:4", "everyone", "department:3")
    feed(hub, row(11, "department:3", "everyone", "person:4"), row(12, "everyone", "person:4"))
    assert outlet.heard == [[11, 12]]


def test_the_opening_row_is_heard_and_so_is_the_closing_one_but_nothing_after_it() -> None:
    hub = hub_at(10)
    one, outlet = listener(hub, 4, "person:4")
    feed(
        hub,
        row(11, "conversation:7"),
        row(12, "conversation:7", opens={"conversation:7": [4]}),
        row(13, "conversation:7"),
        row(14, "conversation:7", closes={"conversation:7": [4]}),
        row(15, "conversation:7"),
    )
    assert outlet.heard == [[12, 13, 14]]
    assert one.streams == {"person:4"}
    assert "conversation:7" not in hub.by_stream


def test_rows_below_a_listeners_position_neither_reach_it_nor_change_what_it_hears() -> None:
    hub = hub_at(10)
    ahead, outlet = listener(hub, 4, "person:4", "conversation:7")
    ahead.position = 12  # it replayed from the database what this process has still to walk
    feed(
        hub,
        row(11, "person:4", closes={"conversation:7": [4]}),
        row(12, "person:4"),
        row(13, "conversation:7"),
    )
    assert outlet.heard == [[13]]


def test_who_has_not_said_hello_hears_nothing_even_when_a_stream_opens() -> None:
    hub = hub_at(10)
    one, outlet = listener(hub, 4)
    feed(hub, row(11, "conversation:7", "person:4", opens={"conversation:7": [4]}), row(12, "conversation:7"))
    assert (outlet.frames, one.streams) == ([], set())


def test_a_frame_sent_in_the_middle_of_a_walk_claims_no_more_than_was_handed_out() -> None:
    hub = hub_at(10)
    _, ended = listener(hub, 4, "person:4", session=8)
    _, other = listener(hub, 4, "person:4", session=9)
    feed(hub, row(11, "person:4"), row(12, "person:4", ends=[8]), row(13, "person:4"), row(14, "person:9"))
    assert ended.code == 4401
    assert ended.heard == [[11, 12]]
    assert ended.reached == [12]
    assert other.code is None
    assert (other.heard, other.reached) == ([[11, 12], [13]], [12, 14])
    assert 8 in hub.ended_sessions


async def test_who_listens_hears_a_beat_with_how_far_it_is_and_who_has_not_said_hello_hears_none() -> None:
    hub = hub_at(10)
    hub.pace = Pace(beat_every=0.0, look_every=0.001)
    _, outlet = listener(hub, 4, "person:4")
    _, silent = listener(hub, 4)
    hub.start()
    await eventually(lambda: len(outlet.frames) >= 2)
    await hub.stop()
    assert outlet.frames[0] == {"op": "beat", "cursor": "e-10"}
    assert silent.frames == []


def test_a_bucket_fills_again_with_time_and_is_one_per_person() -> None:
    buckets = Buckets(per_second=1_000_000.0, burst=3)
    assert [buckets.take(4) for _ in range(3)] == [0.0, 0.0, 0.0]
    slow = Buckets(per_second=0.001, burst=2)
    assert [slow.take(4) == 0.0 for _ in range(3)] == [True, True, False]
    assert slow.take(5) == 0.0
    assert 0 < slow.take(4) <= 1_000
