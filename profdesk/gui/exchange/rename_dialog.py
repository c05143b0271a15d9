"""The dialog in which a computer is called otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.computers import Computer
from profdesk.errors import ProfdeskError
from profdesk.gui.common import growing
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import computers


class RenameDialog(QDialog):
    """The name goes to the other computers with the next changes."""

    renamed = Signal(str)

    title: QLabel
    name: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget, desk: Desk, computer: Computer) -> None:
        super().__init__(parent)
        fill(self, "exchange_rename")
        self._desk = desk
        self._computer = computer
        self.setWindowTitle("Переименовать компьютер")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name.setText(computer.name)
        self.name.selectAll()
        self.name.textChanged.connect(lambda words: self.save_button.setEnabled(bool(words.strip())))
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _save(self) -> None:
        workspace, actor, name = self._desk.workspace, self._desk.actor, self.name.text().strip()
        self._desk.write(
            lambda: computers.rename(workspace, actor, self._computer.id, name),
            owner=self,
            done=lambda _: self._saved(name),
            failed=self._failed,
        )

    def _saved(self, name: str) -> None:
        self.renamed.emit(name)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)
        growing.make_room(self)
