"""A hybrid logical clock: wall milliseconds and a counter, never going back.

Kulkarni et al., «Logical Physical Clocks», 2014. A reading is text that sorts as it happened.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

_WIDTH = 13
_COUNTER = 6


def _wall() -> int:
    return time.time_ns() // 1_000_000


class HybridClock:
    """Ticks for one device; ``last`` is the latest reading in the journal, however far ahead."""

    def __init__(self, last: str | None = None, wall: Callable[[], int] = _wall) -> None:
        self._wall = wall
        self._time, self._count = _parse(last) if last else (0, 0)

    def tick(self) -> str:
        """Give a reading later than every one before it, also when the wall clock went back."""
        now = self._wall()
        if now > self._time:
            self._time, self._count = now, 0
        else:
            self._time, self._count = _carried(self._time, self._count + 1)
        return f"{self._time:0{_WIDTH}d}-{self._count:0{_COUNTER}d}"


def moment_of(reading: str) -> datetime:
    """The wall time of a reading."""
    return datetime.fromtimestamp(_parse(reading)[0] / 1000, UTC)


def _carried(time_: int, count: int) -> tuple[int, int]:
    """A full counter moves the time on, so that readings keep their width and go on sorting."""
    return (time_ + 1, 0) if count == 10**_COUNTER else (time_, count)


def _parse(reading: str) -> tuple[int, int]:
    when, _, count = reading.partition("-")
    return int(when), int(count)
