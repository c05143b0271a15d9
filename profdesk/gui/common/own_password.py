"""The dialog in which whoever works here changes the own password."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from profdesk.errors import AccessError, ProfdeskError
from profdesk.gui.common import fields
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.services import users


class OwnPasswordDialog(QDialog):
    """Accepted once the new password is the one that opens."""

    old: QLineEdit
    fresh: QLineEdit
    fresh_note: FieldNote
    repeated: QLineEdit
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        fill(self, "own_password")
        self._desk = desk
        self.fresh_note.set_hint("Не короче 8 знаков; лучше фраза из нескольких слов")
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.finished.connect(self.deleteLater)
        self.old.setFocus()

    def _save(self) -> None:
        old, fresh = self.old.text(), self.fresh.text()
        if fresh != self.repeated.text():
            self._complain(self.repeated, "Пароли не совпадают. Наберите второй раз то же самое.")
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: users.change_password(workspace, actor, old, fresh),
            owner=self,
            done=lambda _: self.accept(),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self._complain(self.old if isinstance(error, AccessError) else self.fresh, error.message)

    def _complain(self, edit: QLineEdit, sentence: str) -> None:
        fields.complain(self, self.message, edit, sentence)
        edit.selectAll()
