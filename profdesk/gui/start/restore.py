"""A new password by the recovery code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.access import Actor
from profdesk.gui.common import icons
from profdesk.gui.common.countdown import Countdown
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import workspaces


class RestoreStep(QWidget):
    """``restored`` gives the folder, to be unlocked with the new password."""

    restored = Signal(object)
    left = Signal()

    user: QLabel
    code: QLineEdit
    password: QLineEdit
    repeated: QLineEdit
    restore_button: QPushButton
    back_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = Path()
        self._actor: Actor | None = None
        fill(self, "start_restore")
        self.back_button.setIcon(icons.icon("caret-left"))
        self._wait = Countdown(self.message, self.restore_button)
        self._wait.over.connect(self.code.setFocus)
        self.restore_button.clicked.connect(self._restore)
        self.back_button.clicked.connect(self.left)

    def show_user(self, path: Path, actor: Actor) -> None:
        """Ask for the code of this workspace to renew this user's password."""
        self._path, self._actor = path, actor
        self.user.setText(f"{actor.name}, папка {path}")
        for edit in (self.code, self.password, self.repeated):
            edit.clear()
        self._wait.end()
        self.code.setFocus()

    def _restore(self) -> None:
        actor = self._actor
        if self.password.text() != self.repeated.text():
            self._say("Пароли не совпадают. Наберите второй раз то же самое.")
        elif actor is not None:
            path, code, password = self._path, self.code.text(), self.password.text()
            self._desk.run(
                lambda: workspaces.restore_password(path, actor.id, code, password),
                owner=self,
                done=lambda _: self.restored.emit(path),
                failed=self._wait.refuse,
            )

    def _say(self, sentence: str) -> None:
        self.message.say(sentence, Tone.BAD)
