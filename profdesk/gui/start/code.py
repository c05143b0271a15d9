"""The recovery code of a new workspace: shown once, kept on paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, fonts
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.start import opened
from profdesk.services import workspaces
from profdesk.services.workspaces import NewWorkspace


class CodeStep(QWidget):
    """``opened`` gives the workspace once the user says that the code is kept."""

    opened = Signal(object)

    code: QLineEdit
    copy_button: QPushButton
    save_button: QPushButton
    done_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: NewWorkspace | None = None
        fill(self, "start_code")
        self.code.setFont(fonts.font(fonts.CARD, bold=True))
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.done_button.clicked.connect(self._go_on)

    def show_code(self, made: NewWorkspace) -> None:
        """Show the code of a workspace that was just made."""
        self._made = made
        self.code.setText(made.recovery_code)
        self.save_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self._say("Код в буфере обмена. Вставьте его туда, где он не пропадёт.")

    def _save(self) -> None:
        made = self._made
        path = file_dialogs.file_to_save(self, "Сохранить лист", "Код восстановления.pdf", file_dialogs.PDF)
        if made is None or path is None:
            return
        self._desk.run(
            lambda: workspaces.save_recovery_sheet(made, path),
            owner=self,
            done=lambda _: self._say(f"Лист сохранён: {path}. Напечатайте его и уберите файл."),
            failed=self._failed,
        )

    def _go_on(self) -> None:
        made, self._made = self._made, None
        if made is None:
            return
        self._desk.run(
            lambda: opened.read(made.workspace),
            owner=self,
            done=self.opened.emit,
            failed=self._failed,
        )
        self.code.clear()

    def _failed(self, error: ProfdeskError) -> None:
        self._say(error.message, Tone.BAD)

    def _say(self, sentence: str, tone: Tone = Tone.INFO) -> None:
        self.message.say(sentence, tone)
