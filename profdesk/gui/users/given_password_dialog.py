"""The dialog in which a user who has forgotten the password gets a new first one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.users import User
from profdesk.errors import CodeNeededError, ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.users.code_field import CodeField
from profdesk.gui.users.first_password import FirstPassword
from profdesk.services import users


class GivenPasswordDialog(QDialog):
    """Proposes a password and gives it."""

    given = Signal()

    heading: QLabel
    password: FirstPassword
    code: CodeField
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, user: User) -> None:
        super().__init__(parent)
        fill(self, "users_password")
        self._desk = desk
        self._user = user
        self.heading.setText(f"{'Пароль для этого компьютера' if user.here is None else 'Новый пароль'}: {user.name}")
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.finished.connect(self.deleteLater)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        workspace, actor, user = self._desk.workspace, self._desk.actor, self._user.id
        password, code = self.password.password, self.code.code
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: users.give_password(workspace, actor, user, password, code),
            owner=self,
            done=lambda _: self._written(),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self) -> None:
        self.given.emit()
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        needed = isinstance(error, CodeNeededError)
        self.message.say(error.message, Tone.WARN if needed else Tone.BAD)
        if needed:
            self.code.ask()
