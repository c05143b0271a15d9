"""A hybrid logical clock: wall milliseconds and a counter, never going back.

Kulkarni et al., «Logical Physical Clocks», 2014. A reading is text that sorts as it happened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_WIDTH = 13
_COUNTER = 6
_FIRST_YEAR, _LAST_YEAR = 1970, 9998


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
        return _told(self._time, self._count)

    def follow(self, reading: str) -> None:
        """Go on from what another computer read, if that was later."""
        self._time, self._count = max((self._time, self._count), _parse(reading))

    def restart(self, last: str | None) -> None:
        """Go on from another latest reading, also from an earlier one: what ran ahead was corrected."""
        self._time, self._count = _parse(last) if last else (0, 0)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Let it be as it was, if the block raises: what was read inside was written nowhere."""
        before = self._time, self._count
        try:
            yield
        except BaseException:
            self._time, self._count = before
            raise

    def apart(self, last: str | None) -> HybridClock:
        """Another one by the same wall clock, which goes on from a reading."""
        return HybridClock(last, self._wall)

    def reading_in(self, milliseconds: int) -> str:
        """The first reading of a moment so far from now by the wall clock alone."""
        return _told(self._wall() + milliseconds, 0)


def moment_of(reading: str) -> datetime:
    """The wall time of a reading."""
    return datetime.fromtimestamp(_parse(reading)[0] / 1000, UTC)


def kept_moment(told: str) -> datetime:
    """A moment that a JSON file of the workspace tells; ValueError or TypeError for what no program has written."""
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError
    return moment


def _carried(time_: int, count: int) -> tuple[int, int]:
    """A full counter moves the time on, so that readings keep their width and go on sorting."""
    return (time_ + 1, 0) if count == 10**_COUNTER else (time_, count)


def _parse(reading: str) -> tuple[int, int]:
    when, _, count = reading.partition("-")
    return int(when), int(count)


def reading_of(moment: datetime) -> str:
    """The first reading of a moment."""
    return _told(int(moment.timestamp() * 1000), 0)


def _told(time_: int, count: int) -> str:
    return f"{time_:0{_WIDTH}d}-{count:0{_COUNTER}d}"
