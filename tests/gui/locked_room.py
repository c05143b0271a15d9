"""The program's windows over a class of three, to be locked and unlocked by tests."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support import CHEAP, PASSWORD

from profdesk import app
from profdesk.domain.access import Actor, Role
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.gui.start.window import StartWindow
from profdesk.storage import vault
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = Actor("other-user", "Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST}))
OTHERS_PASSWORD = "другой пароль"


class LockedRoom:
    def __init__(self, workspace: Workspace) -> None:
        app.application()
        keys = workspace._keys
        assert keys is not None
        vault.save(workspace.path, vault.load(workspace.path).with_user(OTHER, OTHERS_PASSWORD, keys, CHEAP))
        self.workspace, self.folder = workspace, workspace.path
        self.windows = app.Windows()
        self.main: MainWindow = self.windows.show_main(opened.read(workspace))
        self.main.activateWindow()
        self.settle()

    @property
    def start(self) -> StartWindow:
        assert isinstance(self.windows.window, StartWindow)
        return self.windows.window

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.windows.settle()

    def wait(self, true: Callable[[], bool]) -> None:
        until = monotonic() + 5
        while not true():
            assert monotonic() < until
            QTest.qWait(10)

    def type(self, widget: QWidget, text: str) -> None:
        for letter in text:
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, key)

    def lock(self) -> None:
        QTest.keyClick(self.main, Qt.Key.Key_L, CTRL)
        self.settle()
        assert isinstance(self.windows.window, StartWindow)

    def unlock(self, user: str = "", password: str = PASSWORD) -> None:
        step = self.start.unlock
        step.users.choose(user or self.workspace.actor.id)
        self.type(step.password, password)
        QTest.keyClick(step.password, Qt.Key.Key_Return)
        self.settle()

    def visible(self) -> list[QWidget]:
        return [one for one in QApplication.topLevelWidgets() if one.isVisible()]
