"""What is told of requests to join, to those who may decide."""

from collections.abc import Sequence

from server.events.envelope import Event, person_stream
from server.joining.present import JoinRequestView, request_put


def asked(view: JoinRequestView, deciders: Sequence[int]) -> Event:
    return Event("join.asked", [person_stream(one) for one in deciders], [request_put(view)])


def decided(view: JoinRequestView, deciders: Sequence[int]) -> Event:
    streams = [person_stream(one) for one in deciders]
    return Event("join.decided", streams, [request_put(view)], actor=view.decided_by)
