"""The way out of a pupil's window: the psychologist's password, each wrong one making the next wait longer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.errors import ProfdeskError
from profdesk.gui.common import fonts
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import workspaces

_LONGEST = 60


def delay(wrong: int) -> int:
    """Seconds to wait after so many wrong passwords: 1, 2, 4 and so on, up to a minute."""
    return int(min(_LONGEST, 2 ** (wrong - 1)))


class LeavingView(QWidget):
    """``passed`` after the right password; ``left`` when the pupil goes back to the questions."""

    passed = Signal()
    left = Signal()

    heading: QLabel
    who: QLabel
    password: QLineEdit
    open_button: QPushButton
    back_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._workspace, self._actor = desk.workspace, desk.actor
        self._wrong = 0
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.timeout.connect(self._again)
        fill(self, "pupil_leaving")
        self.heading.setFont(fonts.font(28, bold=True))
        self.who.setText(f"Пароль: {self._actor.name}")
        self.password.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.password.returnPressed.connect(self._check)
        self.open_button.clicked.connect(self._check)
        self.back_button.clicked.connect(self.left)

    def begin(self) -> None:
        """Ask for the password anew; a wait that is running goes on."""
        self.password.clear()
        if not self._waiting.isActive():
            self.message.clear()
        self.password.setFocus()

    def _check(self) -> None:
        """A wait keeps the button alone from being pressed: the cursor stays where the password is typed."""
        if not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self._desk.run(
            partial(workspaces.check_password, self._workspace, self._actor, self.password.text()),
            owner=self,
            done=lambda _: self._pass(),
            failed=self._refuse,
            stopped=partial(self.open_button.setEnabled, True),
        )

    def _pass(self) -> None:
        self._wrong = 0
        self.open_button.setEnabled(True)
        self.password.clear()
        self.message.clear()
        self.passed.emit()

    def _refuse(self, error: ProfdeskError) -> None:
        self._wrong += 1
        seconds = delay(self._wrong)
        self.password.clear()
        wait = plural.counted(seconds, "секунду", "секунды", "секунд")
        self.message.say(f"{error.message} Ещё раз можно через {wait}.", Tone.BAD)
        self._waiting.start(seconds * 1000)

    def _again(self) -> None:
        self.open_button.setEnabled(True)
        self.message.say("Введите пароль ещё раз.", Tone.INFO)
