"""A second person's signature under an issued summary: the file of an own key, and its password."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import issued_summaries


class CountersignDialog(QDialog):
    """Stays open until the signature is kept; the key and the password are not."""

    signed = Signal(object, str)
    """The Step, and who signed."""

    heading: QLabel
    key_path: QLineEdit
    choose_button: QPushButton
    password: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    sign_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, number: str) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number = number
        fill(self, "summary_countersign")
        self.heading.setText(f"Вторая подпись под сводкой № {number}")
        self.choose_button.setAutoDefault(False)
        self.sign_button.setDefault(True)
        for field in (self.key_path, self.password):
            field.textChanged.connect(lambda _: self._offer())
        self.choose_button.clicked.connect(self._choose)
        self.leave_button.clicked.connect(self.reject)
        self.sign_button.clicked.connect(self._sign)
        FileDrop(self, (self.key_path,)).dropped.connect(self._take)
        self._offer()
        self.key_path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, *, busy: bool = False) -> None:
        self.sign_button.setEnabled(not busy and bool(self.key_path.text().strip() and self.password.text()))

    def _choose(self) -> None:
        path = file_dialogs.file_to_open(self, "Файл личного ключа", file_dialogs.PERSONAL_KEY)
        if path is not None:
            self._take([path])

    def _take(self, paths: Sequence[Path]) -> None:
        self.key_path.setText(str(paths[0]))
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign(self) -> None:
        workspace, actor, number = self._desk.workspace, self._desk.actor, self._number
        key, password = Path(self.key_path.text().strip()), self.password.text()

        def countersign() -> tuple[tuple[Step, str], Changes]:
            kept, changes = issued_summaries.countersign(workspace, actor, number, key, password)
            return (Step(f"вторая подпись сводки № {number}: {kept.who}", changes.batch, ()), kept.who), changes

        self._offer(busy=True)
        self._desk.write(
            countersign, owner=self, done=lambda told: self._done(*told), failed=self._failed, stopped=self._offer
        )

    def _done(self, step: Step, who: str) -> None:
        self.signed.emit(step, who)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._offer()
        self.message.say(error.message, Tone.BAD)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.selectAll()
