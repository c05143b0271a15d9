"""The second step: who works, and the password."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk import settings
from profdesk.domain.mark import MissingRecordsError
from profdesk.errors import DamagedError, ProfdeskError
from profdesk.gui.common import fields, icons
from profdesk.gui.common.countdown import EARLY, Countdown
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.start import opened, shared_disk
from profdesk.gui.start.hint import Hint
from profdesk.gui.start.opened import Opened
from profdesk.gui.start.people import PeopleList
from profdesk.services import workspaces

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class UnlockStep(QWidget):
    """``opened`` gives the workspace; ``forgot`` the folder and the user who has no password any more.

    ``opened_first`` gives the workspace and the password where that has to be changed before anything else.
    """

    opened = Signal(object)
    opened_first = Signal(object, str)
    forgot = Signal(object, object)
    left = Signal()
    broken = Signal(object, object, str, str)
    """The folder, what its opening has met, and whose password was right."""

    organisation: QLabel
    users: PeopleList
    password: QLineEdit
    open_button: QPushButton
    layout_hint: Hint
    caps_hint: Hint
    place_message: InlineMessage
    message: InlineMessage
    forgot_button: QPushButton
    other_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path = Path()
        fill(self, "start_unlock")
        self._wait = Countdown(self.message, self.open_button)
        self._eye = QAction(self)
        self._eye.setShortcut("Ctrl+H")
        self._eye.triggered.connect(self._turn_eye)
        self.password.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show_eye()
        self.open_button.clicked.connect(self._open)
        self.password.returnPressed.connect(self._open)
        self.users.itemActivated.connect(lambda _: self.password.setFocus())
        self.users.itemClicked.connect(lambda _: self.password.setFocus())
        self.users.currentRowChanged.connect(self._change_person)
        self.forgot_button.clicked.connect(lambda: self.forgot.emit(self.path, self.users.person()))
        self.other_button.clicked.connect(self.left)
        self.password.installEventFilter(self)
        self._wait.over.connect(self.password.setFocus)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_layout)
        self._show_layout()

    def show_folder(self, path: Path) -> None:
        """List the users of a workspace; ProfdeskError if the folder is none."""
        people = workspaces.users(path)
        known = settings.load()
        self.path = path
        self.organisation.setText(known.organisations.get(str(path.resolve()), path.name))
        self.organisation.setToolTip(str(path))
        self.users.set_people(people, known.logins)
        self._change_person()
        shared_disk.tell_once(path, self.place_message)
        self.password.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the password choose a name; letters tell of Caps Lock."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _STEPS:
                self.users.step(_STEPS[key])
                return True
            self._watch_caps(event)
        return super().eventFilter(watched, event)

    # -- telling ---------------------------------------------------------------------------------

    def _watch_caps(self, event: QKeyEvent) -> None:
        """A letter's case tells it on every system; Windows is also asked, before any letter."""
        letter, on = event.text(), bool(self.caps_hint.words)
        if letter.isalpha():
            on = letter.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_CapsLock:
            on = caps_lock() if sys.platform == "win32" else False
        self.caps_hint.say("включён Caps Lock" if on else "", "arrow-fat-up", Tone.WARN)

    def _show_layout(self) -> None:
        language = QGuiApplication.inputMethod().locale().nativeLanguageName()
        self.layout_hint.say(f"Раскладка: {language.lower()}" if language else "", "keyboard")

    def _turn_eye(self) -> None:
        hidden = self.password.echoMode() is QLineEdit.EchoMode.Password
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show_eye()

    def _show_eye(self) -> None:
        hidden = self.password.echoMode() is QLineEdit.EchoMode.Password
        self._eye.setIcon(icons.icon("eye" if hidden else "eye-slash", "text2"))
        self._eye.setText(f"{'Показать' if hidden else 'Скрыть'} пароль (Ctrl+H)")

    # -- opening ---------------------------------------------------------------------------------

    def _change_person(self) -> None:
        """Another name has a password, and a wait, of its own."""
        if self.users.currentRow() < 0:
            return
        self.password.clear()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._show_eye()
        self._wait.end()
        fields.set_wrong(self.password, None, "")
        if seconds := workspaces.wait(self.path, self.users.person().id):
            self._wait.begin(EARLY, seconds)

    def _open(self) -> None:
        if not self.open_button.isEnabled():
            return
        path, user, password = self.path, self.users.person(), self.password.text()
        self._set_busy(busy=True)
        self._desk.run(
            lambda: opened.read(workspaces.open_workspace(path, user.id, password)),
            owner=self,
            done=self._done,
            failed=lambda error: self._meet(error, user.id, password),
            stopped=lambda: self.refuse(ProfdeskError("Открыть не удалось: программа ошиблась. Откройте ещё раз.")),
        )

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.open_button, self.users, self.password, self.forgot_button, self.other_button):
            part.setEnabled(not busy)

    def _done(self, value: Opened) -> None:
        self._set_busy(busy=False)
        self._wait.end()
        password = self.password.text()
        self.password.clear()
        if value.workspace.must_change_password:
            self.opened_first.emit(value, password)
        else:
            self.opened.emit(value)

    def _meet(self, error: ProfdeskError, user: str, password: str) -> None:
        """What a copy can put right is another step's matter."""
        self.refuse(error)
        if isinstance(error, DamagedError | MissingRecordsError):
            self.password.clear()
            self.broken.emit(self.path, error, user, password)

    def refuse(self, error: ProfdeskError) -> None:
        """Say why it could not be opened, and hold the verb while the next password has to wait."""
        self._set_busy(busy=False)
        self._wait.refuse(error)
        fields.set_wrong(self.password, None, error.message)
        self.password.selectAll()
        self.password.setFocus()


def caps_lock() -> bool:
    """Whether Caps Lock is on, as Windows knows it; False elsewhere."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return False
