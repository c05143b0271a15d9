"""How long work reports on itself and learns that the user wants it to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called between steps from the worker; raises ``errors.CancelledError`` to stop the work."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` steps are finished."""


def silent(done: int, total: int) -> None:
    """Report to nobody: for scripts and tests."""
