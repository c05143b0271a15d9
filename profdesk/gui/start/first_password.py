"""The step between the first password, which somebody else has thought of, and the main window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from profdesk import settings
from profdesk.domain import passwords
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common import fields
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.start.opened import Opened
from profdesk.services import users


class FirstPasswordStep(QWidget):
    """``opened`` gives the workspace under the user's own password; ``left`` closes it again."""

    opened = Signal(object)
    left = Signal()

    user: QLabel
    password: QLineEdit
    repeated: QLineEdit
    save_button: QPushButton
    leave_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Opened | None = None
        self._first = ""
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.leave)
        fill(self, "start_first_password")
        for field in (self.password, self.repeated):
            field.returnPressed.connect(self._save)
            field.textEdited.connect(lambda _: self._idle.start())
        self.save_button.clicked.connect(self._save)
        self.leave_button.clicked.connect(self.leave)

    def show_user(self, found: Opened, first: str) -> None:
        """Ask the user of an open workspace for a password of the own in place of the first."""
        self._found, self._first = found, first
        self.user.setText(f"{found.workspace.actor.name}. Первый пароль знает и тот, кто его выдал.")
        self._clear()
        self._idle.start(settings.load().lock_minutes * 60_000)
        self.password.setFocus()

    def leave(self) -> None:
        """Close the workspace again; nothing was changed in it."""
        self._idle.stop()
        found, self._found, self._first = self._found, None, ""
        self._clear()
        if found is not None:
            found.workspace.close()
            self.left.emit()

    def _clear(self) -> None:
        for field in (self.password, self.repeated):
            field.clear()
        fields.complain(self, self.message, None, "")

    def _save(self) -> None:
        found, new = self._found, self.password.text()
        if found is None or not self.save_button.isEnabled():
            return
        if wrong := self._wrong(new):
            fields.complain(self, self.message, *wrong)
            return
        fields.complain(self, self.message, None, "")
        self.save_button.setEnabled(False)
        self._desk.run(
            partial(users.change_password, found.workspace, found.workspace.actor, self._first, new),
            owner=self,
            done=lambda _: self._done(found),
            failed=self._fail,
            stopped=partial(self.save_button.setEnabled, True),
        )

    def _wrong(self, new: str) -> tuple[QLineEdit, str] | None:
        """The field that is to be typed anew, and why."""
        try:
            checked = passwords.checked(new)
        except WrongInputError as error:
            return self.password, error.message
        if checked == passwords.normal(self._first):
            return self.password, "Это и есть прежний пароль. Придумайте другой."
        if checked != passwords.normal(self.repeated.text()):
            return self.repeated, "Пароли не совпадают. Наберите второй раз то же самое."
        return None

    def _done(self, found: Opened) -> None:
        self._idle.stop()
        self._found, self._first = None, ""
        self.save_button.setEnabled(True)
        self._clear()
        self.opened.emit(found)

    def _fail(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        fields.complain(self, self.message, self.password, error.message)
