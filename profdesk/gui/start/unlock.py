"""The second step: who works, and the password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.access import Actor
from profdesk.errors import ProfdeskError
from profdesk.gui.common import fields
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.start import opened
from profdesk.gui.start.opened import Opened
from profdesk.services import workspaces


class UnlockStep(QWidget):
    """``opened`` gives the workspace; ``forgot`` the folder and the user who has no password any more."""

    opened = Signal(object)
    forgot = Signal(object, object)
    left = Signal()

    folder: QLabel
    users: QListWidget
    password: QLineEdit
    open_button: QPushButton
    layout_hint: QLabel
    caps_hint: QLabel
    message: InlineMessage
    forgot_button: QPushButton
    other_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = Path()
        fill(self, "start_unlock")
        self.caps_hint.hide()
        self.open_button.clicked.connect(self._open)
        self.password.returnPressed.connect(self._open)
        self.users.itemActivated.connect(lambda _: self.password.setFocus())
        self.forgot_button.clicked.connect(self._forgot)
        self.other_button.clicked.connect(self.left)
        self.password.installEventFilter(self)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_layout)
        self._show_layout()

    def show_folder(self, path: Path) -> None:
        """List the users of a workspace; ProfdeskError if the folder is none."""
        people = workspaces.users(path)
        self._path = path
        self.folder.setText(str(path))
        self.users.clear()
        for actor in people:
            item = QListWidgetItem(f"{actor.name}, {actor.post}" if actor.post else actor.name, self.users)
            item.setData(Qt.ItemDataRole.UserRole, actor)
        self.users.setCurrentRow(0)
        self.users.setFixedHeight(10 + 28 * min(5, max(1, len(people))))
        self.password.clear()
        self._complain("")
        self.password.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._watch_caps(event)
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        letter = event.text()
        if letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_hint.setVisible(letter.isupper() != shifted)

    def _show_layout(self) -> None:
        language = QGuiApplication.inputMethod().locale().nativeLanguageName()
        self.layout_hint.setText(f"Раскладка: {language.lower()}" if language else "")

    def _open(self) -> None:
        path, user, password = self._path, self._user(), self.password.text()
        self.open_button.setEnabled(False)
        self._desk.run(
            lambda: opened.read(workspaces.open_workspace(path, user.id, password)),
            owner=self,
            done=self._done,
            failed=self._failed,
            stopped=lambda: self.open_button.setEnabled(True),
        )

    def _user(self) -> Actor:
        actor: Actor = self.users.currentItem().data(Qt.ItemDataRole.UserRole)
        return actor

    def _done(self, value: Opened) -> None:
        self.open_button.setEnabled(True)
        self.password.clear()
        self.opened.emit(value)

    def _failed(self, error: ProfdeskError) -> None:
        self.open_button.setEnabled(True)
        self._complain(error.message)
        self.password.selectAll()
        self.password.setFocus()

    def _complain(self, sentence: str) -> None:
        if sentence:
            self.message.say(sentence, Tone.BAD)
        else:
            self.message.clear()
        fields.set_wrong(self.password, None, sentence)

    def _forgot(self) -> None:
        self.forgot.emit(self._path, self._user())
