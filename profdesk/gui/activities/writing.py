"""A verb on an activity as one step of undo, and the dialogs that end in one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from profdesk.domain.activities import Activity
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone


def stepped(words: str, verb: Callable[[], tuple[Activity, Changes]]) -> tuple[tuple[Activity, Step], Changes]:
    """What a verb wrote, with the step that takes it back."""
    written, changes = verb()
    return (written, Step(words, changes.batch, ())), changes


class WritingDialog(QDialog):
    """Stays open where the write fails; ``saved`` gives the Activity and the Step."""

    saved = Signal(object, object)

    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, form: str) -> None:
        super().__init__(parent)
        self._desk = desk
        fill(self, form)

    def write(self, words: str, verb: Callable[[], tuple[Activity, Changes]]) -> None:
        """Write, and leave when it is written; ``words`` name the step."""
        self.save_button.setEnabled(False)
        self._desk.write(
            partial(stepped, words, verb),
            owner=self,
            done=lambda done: self._written(*done),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, one: Activity, step: Step) -> None:
        self.saved.emit(one, step)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)
