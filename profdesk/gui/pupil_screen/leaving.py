"""The way out of a pupil's window: the psychologist's password; wrong ones make the next wait."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from profdesk.errors import ProfdeskError
from profdesk.gui.common import fonts
from profdesk.gui.common.countdown import EARLY, Countdown
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.services import workspaces


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
        fill(self, "pupil_leaving")
        self._wait = Countdown(self.message, self.open_button)
        self.heading.setFont(fonts.font(28, bold=True))
        self.who.setText(f"Пароль: {self._actor.name}")
        self.password.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.password.returnPressed.connect(self._check)
        self.open_button.clicked.connect(self._check)
        self.back_button.clicked.connect(self.left)

    def begin(self) -> None:
        """Ask for the password anew; a wait that is running goes on."""
        self.password.clear()
        left = workspaces.wait(self._workspace.path, self._actor.id)
        if left and not self._wait.running:
            self._wait.begin(EARLY, left)
        elif not left:
            self._wait.end()
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
        self._wait.end()
        self.password.clear()
        self.passed.emit()

    def _refuse(self, error: ProfdeskError) -> None:
        self.password.clear()
        self._wait.refuse(error)
