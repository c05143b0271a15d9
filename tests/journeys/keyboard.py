"""Keys where the cursor is: what journeys press, the way to a field by Tab, the dialog that has just opened."""

from __future__ import annotations

from typing import TypeVar

from journey_user import User
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
D = TypeVar("D", bound=QDialog)


def press(user: User, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    user.qtbot.keyClick(QApplication.focusWidget() or user.main, key, modifiers)
    user.wait()


def tab_to(user: User, widget: QWidget) -> None:
    for _ in range(40):
        if widget.hasFocus():
            return
        press(user, Qt.Key.Key_Tab)
    raise AssertionError(f"{widget.objectName()} is not reached by Tab")


def dialog(user: User, kind: type[D]) -> D:
    (found,) = [one for one in user.main.findChildren(kind) if one.isVisible()]
    found.activateWindow()
    user.wait()
    return found


def back(user: User) -> None:
    """The window again, after a dialog has closed."""
    user.main.activateWindow()
    user.wait()


def type_here(user: User, text: str) -> None:
    """Letters where the cursor is; a field is not entered anew."""
    for letter in text:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(QApplication.focusWidget() or user.windows.window, key)
    user.wait()


def log_in(user: User, password: str) -> None:
    user.start.activateWindow()
    user.wait()
    type_here(user, password)
    user.qtbot.keyClick(user.start.unlock.password, Qt.Key.Key_Return)
    user.wait()


def lock(user: User) -> None:
    press(user, Qt.Key.Key_L, CTRL)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [user.start]
    assert not user.windows.desk.is_open
