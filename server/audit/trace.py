"""From where an act comes: set on the unit of work by the endpoint, so that a use-case only says what it did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """`actor_id` is who pressed, `behalf_id` for whom (W34); both None for the house itself and the command line."""

    actor_id: int | None = None
    behalf_id: int | None = None
    address: str = ""
    device: str = ""


BY_THE_HOUSE = Trace()
