"""Work handed to the desk, and whom to call with its outcome."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event
from typing import Any

from PySide6.QtCore import QObject

from profdesk.errors import CancelledError, ProfdeskError


class Task:
    """Work handed to the desk; keep it to be able to stop it."""

    def __init__(self, owner: QObject, answer: Answer) -> None:
        self.owner = owner
        self.answer = answer
        self.work: Callable[[], object] = _nothing
        self.future: Future[Any] = Future()
        self.must_finish = False
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop: a read is dropped, a write is rolled back unless already committed."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked it to stop."""
        return self._stop.is_set()

    @property
    def is_long(self) -> bool:
        """Whether it tells of its progress, and so may take its time."""
        return self.answer.progress is not None

    def check(self) -> None:
        """Raise CancelledError if the work is to stop."""
        if self.cancelled:
            raise CancelledError


class Answer:
    """Whom to call with the outcome."""

    def __init__(
        self,
        done: Callable[[Any], None],
        failed: Callable[[ProfdeskError], None] | None,
        progress: Callable[..., None] | None,
        stopped: Callable[[], None] | None,
    ) -> None:
        self.done = done
        self.failed = failed
        self.progress = progress
        self.stopped = stopped


def _nothing() -> None:
    """Until it is given work, a task has none."""
