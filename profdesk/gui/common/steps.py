"""What Ctrl+Z takes back on the page, each step by name, and Ctrl+Y does again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.services import batches


class Steps(QObject):
    """Steps done and undone since the workspace was opened; one is turned round at a time."""

    turned = Signal(object, bool)
    """The Step, and whether it was undone rather than done again."""
    changed = Signal()
    failed = Signal(object)
    """ProfdeskError: the step stands, since somebody has built on it."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._turning = False
        desk.changed.connect(self._forget_erased)

    @property
    def next_undo(self) -> str:
        """What Ctrl+Z would take back, empty if nothing."""
        return self._done[-1].words if self._done else ""

    def add(self, step: Step) -> None:
        """Note a step just done; nothing can be redone after it, and what changed nothing is no step."""
        if step.batch is not None:
            self._done.append(step)
            self._undone.clear()
            self.changed.emit()

    def forget(self, batch: str) -> None:
        """Drop a step that was taken back elsewhere."""
        self._done = [step for step in self._done if step.batch != batch]
        self.changed.emit()

    def _forget_erased(self, changes: Changes) -> None:
        """Steps are named by pupils: after an erasure none of them may be."""
        if changes.batch is not None and changes.touches(Kind.ERASURES) and changes.touches(Kind.PUPILS):
            self._done.clear()
            self._undone.clear()
            self.changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        self._turn(self._done, self._undone)

    def redo(self) -> None:
        """Do the last undone step again."""
        self._turn(self._undone, self._done)

    def _turn(self, source: list[Step], target: list[Step]) -> None:
        if self._turning or not source or (batch := source[-1].batch) is None:
            return
        self._turning = True
        workspace, step = self._desk.workspace, source[-1]

        def done(turned: str) -> None:
            self._turning = False
            source.remove(step)
            target.append(replace(step, batch=turned))
            self.changed.emit()
            self.turned.emit(step, source is self._done)

        self._desk.write(
            lambda: batches.turn_back(workspace, workspace.actor, batch),
            owner=self,
            done=done,
            failed=self._fail,
            stopped=self._stop,
        )

    def _fail(self, error: ProfdeskError) -> None:
        self._turning = False
        self.failed.emit(error)

    def _stop(self) -> None:
        self._turning = False
