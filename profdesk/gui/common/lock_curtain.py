"""What is done to the windows at the lock: all are gone at once, and back as they were for the same user."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QClipboard, QFocusEvent, QGuiApplication
from PySide6.QtPrintSupport import QAbstractPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip, QWidget
from typing_extensions import override

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class Curtain:
    """Hides every window of the program; what is half-typed in them stays, unless leaving its field writes it.

    Menus, tips and the system's own dialogs are closed instead, and the clipboard is emptied of what
    was copied here.
    """

    def __init__(self) -> None:
        self._close_passing()
        self._active = QApplication.activeWindow()
        self._focus = QApplication.focusWidget()
        self._windows = sorted(filter(_is_shown, QApplication.topLevelWidgets()), key=_depth)
        self._still = _Still()
        self._write_what_is_left()
        for window in reversed(self._windows):
            if (cursor := window.focusWidget()) is not None:
                cursor.installEventFilter(self._still)
            window.hide()
        _empty_clipboard()

    def replace_by(self, window: QWidget) -> None:
        """Show another window where the hidden ones were, in front only if one of them was."""
        under = next(iter(self._windows), None)
        if under is not None:
            window.restoreGeometry(under.saveGeometry())
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, self._active is None)
        if under is not None and under.isMinimized():
            window.showMinimized()
        else:
            window.show()

    def lift(self) -> None:
        """Bring every window back, the cursor where it was."""
        self._still.deleteLater()
        there = [window for window in self._windows if shiboken6.isValid(window)]
        for window in there:
            window.show()
            if (cursor := window.focusWidget()) is not None:
                cursor.removeEventFilter(self._still)
        if self._active is not None and shiboken6.isValid(self._active):
            self._active.activateWindow()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def drop(self) -> None:
        """Destroy what is hidden, with all that was typed in it."""
        self._still.deleteLater()
        for window in self._windows:
            if shiboken6.isValid(window):
                window.blockSignals(True)
                window.deleteLater()

    def _close_passing(self) -> None:
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.hide()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QFileDialog | QAbstractPrintDialog) and window.isVisible():
                window.reject()

    def _write_what_is_left(self) -> None:
        """Let the field with the cursor write itself as when another program comes to the front; it stays as it is."""
        if self._focus is not None:
            QCoreApplication.sendEvent(
                self._focus, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
            )


class _Still(QObject):
    """Keeps from a field that its window goes and comes: no half-typed cell is closed, no cursor is moved."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            return event.type() is QEvent.Type.FocusOut or event.reason() is Qt.FocusReason.TabFocusReason
        return False


def _empty_clipboard() -> None:
    """On X11 what was only marked is there for the middle button, and macOS keeps what was searched for."""
    clipboard = QGuiApplication.clipboard()
    for mode, is_own in (
        (QClipboard.Mode.Clipboard, clipboard.ownsClipboard()),
        (QClipboard.Mode.Selection, clipboard.ownsSelection()),
        (QClipboard.Mode.FindBuffer, clipboard.ownsFindBuffer()),
    ):
        if is_own:
            clipboard.clear(mode)


def _is_shown(window: QWidget) -> bool:
    return window.isVisible() and window.windowType() not in _PASSING


def _depth(window: QWidget) -> int:
    """How many windows it stands upon."""
    depth, parent = 0, window.parentWidget()
    while parent is not None:
        depth, parent = depth + 1, parent.parentWidget()
    return depth
