"""A token bucket per person: so many frames a second, with a burst. Real time; lost on restart, which is harmless."""

import time


class Buckets:
    """One per process, keyed by person, shared by all of that person's sockets."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._rate = per_second
        self._burst = float(burst)
        self._levels: dict[int, tuple[float, float]] = {}

    def take(self, person_id: int) -> float:
        """0.0 when there was a token, else the seconds until there is one."""
        now = time.monotonic()
        level, at = self._levels.get(person_id, (self._burst, now))
        level = min(self._burst, level + (now - at) * self._rate)
        if level < 1.0:
            self._levels[person_id] = (level, now)
            return (1.0 - level) / self._rate
        if len(self._levels) > 20_000:
            self._levels.clear()
        self._levels[person_id] = (level - 1.0, now)
        return 0.0
