"""Copies of a whole workspace: what there are, and when another one is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

DUE, LATE = 7, 30
"""Days: what was entered in a week can be entered again from paper and memory, what was in a month cannot."""


@dataclass(frozen=True)
class Copy:
    """A copy in its folder, ``size`` in bytes; the program makes an ``automatic`` one itself before it updates."""

    folder: Path
    made_at: datetime
    size: int
    why: str
    automatic: bool


def age(last: date | None, today: date) -> int | None:
    """Days since the last copy; None if there is none."""
    return None if last is None else (today - last).days
