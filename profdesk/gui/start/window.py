"""The start window and the order of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget
from typing_extensions import override

from profdesk import __version__
from profdesk.domain.access import Actor
from profdesk.errors import DamagedError, ProfdeskError
from profdesk.gui.common import icons
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.tones import Tone
from profdesk.gui.start.choose import ChooseStep
from profdesk.gui.start.code import CodeStep
from profdesk.gui.start.create import CreateStep
from profdesk.gui.start.first_password import FirstPasswordStep
from profdesk.gui.start.join import JoinStep
from profdesk.gui.start.opened import Opened
from profdesk.gui.start.recovery import RecoveryStep
from profdesk.gui.start.restore import RestoreStep
from profdesk.gui.start.unlock import UnlockStep
from profdesk.services import workspaces
from profdesk.services.workspaces import NewWorkspace

_PLACE = "Данные зашифрованы и лежат только на этом компьютере"
_FAR_PLACE = "Данные зашифрованы и лежат на сетевом диске"


class StartWindow(QWidget):
    """``opened`` gives an Opened: the main window takes over from there; ``closed`` ends the program."""

    opened = Signal(object)
    closed = Signal()

    steps: QStackedWidget
    mark: QLabel
    place_icon: QLabel
    place: QLabel
    version: QLabel

    def __init__(self, desk: Desk, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "start_window")
        self.mark.setPixmap(icons.pixmap("compass-fill", "accent", 22, self.devicePixelRatioF()))
        self.place_icon.setPixmap(icons.pixmap("lock-simple", "text2", 14, self.devicePixelRatioF()))
        self.version.setText(f"Версия {__version__}")
        self.choose = ChooseStep(desk, recent)
        self.unlock = UnlockStep(desk)
        self.create_step = CreateStep(desk)
        self.join_step = JoinStep(desk)
        self.code = CodeStep(desk)
        self.restore = RestoreStep(desk)
        self.first = FirstPasswordStep(desk)
        self.recovery = RecoveryStep(desk)
        first = (self.choose, self.unlock, self.create_step, self.join_step)
        for step in (*first, self.code, self.restore, self.first, self.recovery):
            self.steps.addWidget(step)
        self._connect()
        self.steps.currentChanged.connect(self._show_place)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.first.blockSignals(True)
        self.first.leave()
        self.closed.emit()
        super().closeEvent(event)

    def show_folder(self, path: Path) -> None:
        """Ask for the password of a workspace; stay at the choice if the folder is none."""
        try:
            self.unlock.show_folder(path)
        except DamagedError as error:
            self.recover(path, error)
            return
        except ProfdeskError as error:
            self.choose.complain(error.message)
            self.steps.setCurrentWidget(self.choose)
            return
        self.steps.setCurrentWidget(self.unlock)
        self._show_place()
        self.unlock.password.setFocus()

    def tell(self, words: str) -> None:
        """Say what has happened, below the step in front."""
        step = self.steps.currentWidget()
        if isinstance(step, UnlockStep | ChooseStep):
            step.message.say(words, Tone.INFO)

    def _connect(self) -> None:
        self.choose.chosen.connect(self.show_folder)
        self.choose.wanted_new.connect(lambda: self.steps.setCurrentWidget(self.create_step))
        self.choose.wanted_joining.connect(self._join)
        for step in (self.choose, self.unlock, self.code, self.first, self.recovery):
            step.opened.connect(self.opened)
        for one in (self.unlock, self.recovery):
            one.opened_first.connect(self._ask_own_password)
        self.unlock.broken.connect(self.recover)
        self.recovery.left.connect(self._back)
        self.recovery.restored.connect(self._show_restored)
        self.first.left.connect(lambda: self.show_folder(self.unlock.path))
        self.unlock.forgot.connect(self._restore)
        self.unlock.left.connect(self._back)
        for begun in (self.create_step, self.join_step):
            begun.left.connect(self._back)
            begun.made.connect(self._show_code)
        self.restore.restored.connect(self.show_folder)
        self.restore.left.connect(lambda: self.steps.setCurrentWidget(self.unlock))

    def _show_place(self) -> None:
        """Say where the data lie, once it is known of which workspace the step speaks."""
        known = self.steps.currentWidget() in (self.unlock, self.restore, self.first)
        if not known:
            self.place.setText(_PLACE)
            return
        far = workspaces.is_on_network(self.unlock.path)
        self.place.setText(f"{_FAR_PLACE if far else _PLACE}:  {self.unlock.path}")

    def _back(self) -> None:
        self.choose.complain("")
        self.steps.setCurrentWidget(self.choose)

    def _join(self) -> None:
        self.steps.setCurrentWidget(self.join_step)
        self.join_step.begin()

    def _show_code(self, made: NewWorkspace) -> None:
        self.steps.setCurrentWidget(self.code)
        self.code.show_code(made)

    def _ask_own_password(self, found: Opened, first: str) -> None:
        self.steps.setCurrentWidget(self.first)
        self.first.show_user(found, first)

    def recover(self, path: Path, error: ProfdeskError, user: str = "", password: str = "") -> None:
        """Show what is the matter with a workspace and what can be done about it."""
        self.steps.setCurrentWidget(self.recovery)
        self.recovery.show_error(path, error, user, password)

    def _show_restored(self, path: Path, words: str) -> None:
        self.show_folder(path)
        self.tell(words)

    def _restore(self, path: Path, actor: Actor) -> None:
        self.steps.setCurrentWidget(self.restore)
        self.restore.show_user(path, actor)
