"""A second person's signature is asked for: the file of an own key, and its password."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone


class SecondSignatureDialog(QDialog):
    """``given`` gives the key's Path and the password; whoever signs then calls ``accept``, ``fail`` or ``release``."""

    given = Signal(object, str)

    heading: QLabel
    key_path: QLineEdit
    choose_button: QPushButton
    password: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    sign_button: QPushButton

    def __init__(self, parent: QWidget | None, heading: str, verb: str = "Подписать") -> None:
        super().__init__(parent)
        fill(self, "second_signature")
        self.heading.setText(heading)
        self.sign_button.setText(verb)
        self.choose_button.setAutoDefault(False)
        self.sign_button.setDefault(True)
        for field in (self.key_path, self.password):
            field.textChanged.connect(lambda _: self.release())
        self.choose_button.clicked.connect(self._choose)
        self.leave_button.clicked.connect(self.reject)
        self.sign_button.clicked.connect(self._give)
        FileDrop(self, (self.key_path,)).dropped.connect(self._take)
        self.finished.connect(self.deleteLater)
        self.release()
        self.key_path.setFocus(Qt.FocusReason.OtherFocusReason)

    def release(self) -> None:
        """Let the button be pressed once both are given."""
        self.sign_button.setEnabled(bool(self.key_path.text().strip() and self.password.text()))

    def fail(self, error: ProfdeskError) -> None:
        """Say why nothing was signed; the fields stay for another try."""
        self.release()
        self.message.say(error.message, Tone.BAD)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.selectAll()

    @override
    def done(self, result: int) -> None:
        self.password.clear()
        super().done(result)

    def _choose(self) -> None:
        path = file_dialogs.file_to_open(self, "Файл личного ключа", file_dialogs.PERSONAL_KEY)
        if path is not None:
            self._take([path])

    def _take(self, paths: Sequence[Path]) -> None:
        self.key_path.setText(str(paths[0]))
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        self.sign_button.setEnabled(False)
        self.given.emit(Path(self.key_path.text().strip()), self.password.text())
