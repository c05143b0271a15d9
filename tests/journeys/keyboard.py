"""Keys where the cursor is: what journeys press, the way to a field by Tab, the dialog that has just opened."""

from __future__ import annotations

from typing import TypeVar

from journey_user import User
from PySide6.QtCore import Qt
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
