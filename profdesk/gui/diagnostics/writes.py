"""What is on its way to the disk while one goes on keying in, and what became of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from profdesk.domain.changes import Changes
from profdesk.gui.common.desk import Desk


class Writes(QObject):
    """Writes in the order they were asked for; after a lost one, what is shown is no longer what the disk has."""

    recorded = Signal()
    """A write was answered: ``words`` and ``waiting`` are new."""
    lost = Signal(str)
    """Something was not written, and why."""
    outdated = Signal()
    """Nothing is on its way any more, and what is shown is to be read from the disk anew."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = False
        self.waiting = 0
        self.words = ""
        """What the status bar says of the last write."""

    def add(self, verb: Callable[..., tuple[object, Changes]], words: str) -> None:
        """Write by a verb; ``words`` tell that it is written."""
        workspace, actor = self._desk.workspace, self._desk.actor
        self.waiting += 1
        self._desk.write(
            lambda: verb(workspace, actor),
            owner=self,
            done=lambda _: self._written(words),
            failed=lambda error: self._lose(error.message),
            stopped=lambda: self._lose(""),
        )

    def settled(self) -> bool:
        """Whether what was read now is all there is; else ``outdated`` tells when to read again."""
        self._stale = bool(self.waiting)
        return not self._stale

    def _written(self, words: str) -> None:
        self.waiting -= 1
        self.words = words
        self._drain()
        self.recorded.emit()

    def _lose(self, why: str) -> None:
        self.waiting -= 1
        self._stale = True
        self.words = ""
        self.lost.emit(why)
        self._drain()

    def _drain(self) -> None:
        if self._stale and not self.waiting:
            self._stale = False
            self.outdated.emit()
