"""A dialog that ends in one write which can be taken back: it stays open where the write fails."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone


class StepDialog(QDialog):
    """``saved`` gives the Step; subclasses say in ``save`` what is written."""

    saved = Signal(object)

    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, form: str) -> None:
        super().__init__(parent)
        self.desk = desk
        fill(self, form)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)

    def save(self) -> None:
        """Called by the button: look at what was filled in, then ``write``."""
        raise NotImplementedError

    def write(self, verb: Callable[[], tuple[Step, Changes]]) -> None:
        """Write, and leave when it is written."""
        self.save_button.setEnabled(False)
        self.desk.write(
            verb,
            owner=self,
            done=self._written,
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, step: Step) -> None:
        self.saved.emit(step)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)
