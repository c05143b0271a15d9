"""How long work reports on itself and learns that the user wants it to stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
_STEP = 1_000


class Progress(Protocol):
    """Called between steps from the worker; raises ``errors.CancelledError`` to stop the work."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` steps are finished."""


def silent(done: int, total: int) -> None:
    """Report to nobody: for scripts and tests."""


class Report(Protocol):
    """The same of work in several parts: each time it is said which of them is being done."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """``done`` of ``total`` steps of ``what`` are finished."""


def mute(what: str, done: int, total: int) -> None:
    """Say nothing to anybody: for scripts and tests."""


def saying(report: Report, what: str) -> Progress:
    """The progress of one part."""
    return lambda done, total: report(what, done, total)


def counted(items: Sequence[Item], progress: Progress) -> Iterator[Item]:
    """Hand items on, and tell of each thousand and of the last."""
    for done, item in enumerate(items, 1):
        yield item
        if done % _STEP == 0 or done == len(items):
            progress(done, len(items))


_MB = 1 << 20


class Meter:
    """Tells in megabytes how much of so many bytes is done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, size: int) -> None:
        """So many bytes more are done."""
        self._done = min(self._total, self._done + size)
        self._progress(self._done // _MB, max(1, self._total // _MB))
