"""How fast sheets are keyed in, and how long the rest will take."""

from __future__ import annotations

from collections import deque

_PAUSE = 20.0
"""A longer wait between two answers, in seconds, is a pause and tells nothing of the pace."""
_LEAST = 5
_RECENT = 200


class Pace:
    """Learns from the moments of answers, in seconds of any steady clock."""

    def __init__(self) -> None:
        self._waits: deque[float] = deque(maxlen=_RECENT)
        self._last: float | None = None

    def answered(self, moment: float) -> None:
        """An answer was given."""
        if self._last is not None and moment - self._last <= _PAUSE:
            self._waits.append(moment - self._last)
        self._last = moment

    def seconds(self, answers: int) -> float | None:
        """How long a number of answers takes at this pace; None before enough was seen."""
        if len(self._waits) < _LEAST:
            return None
        return answers * sum(self._waits) / len(self._waits)
