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
from profdesk.errors import ProfdeskError
from profdesk.gui.common import icons
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.start.choose import ChooseStep
from profdesk.gui.start.code import CodeStep
from profdesk.gui.start.create import CreateStep
from profdesk.gui.start.restore import RestoreStep
from profdesk.gui.start.unlock import UnlockStep
from profdesk.services.workspaces import NewWorkspace


class StartWindow(QWidget):
    """``opened`` gives an Opened: the main window takes over from there; ``closed`` ends the program."""

    opened = Signal(object)
    closed = Signal()

    steps: QStackedWidget
    mark: QLabel
    place_icon: QLabel
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
        self.code = CodeStep(desk)
        self.restore = RestoreStep(desk)
        for step in (self.choose, self.unlock, self.create_step, self.code, self.restore):
            self.steps.addWidget(step)
        self._connect()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def show_folder(self, path: Path) -> None:
        """Ask for the password of a workspace; stay at the choice if the folder is none."""
        try:
            self.unlock.show_folder(path)
        except ProfdeskError as error:
            self.choose.complain(error.message)
            self.steps.setCurrentWidget(self.choose)
            return
        self.steps.setCurrentWidget(self.unlock)
        self.unlock.password.setFocus()

    def _connect(self) -> None:
        self.choose.chosen.connect(self.show_folder)
        self.choose.wanted_new.connect(lambda: self.steps.setCurrentWidget(self.create_step))
        for step in (self.choose, self.unlock, self.code):
            step.opened.connect(self.opened)
        self.unlock.forgot.connect(self._restore)
        self.unlock.left.connect(self._back)
        self.create_step.left.connect(self._back)
        self.create_step.made.connect(self._show_code)
        self.restore.restored.connect(self.show_folder)
        self.restore.left.connect(lambda: self.steps.setCurrentWidget(self.unlock))

    def _back(self) -> None:
        self.choose.complain("")
        self.steps.setCurrentWidget(self.choose)

    def _show_code(self, made: NewWorkspace) -> None:
        self.steps.setCurrentWidget(self.code)
        self.code.show_code(made)

    def _restore(self, path: Path, actor: Actor) -> None:
        self.steps.setCurrentWidget(self.restore)
        self.restore.show_user(path, actor)
