"""When to lock: our windows were left alone for a while, the computer slept, or Ctrl+L was pressed in any of them.

Nothing listens to every event of every window; instead, what a user moves is looked at every few seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from profdesk import settings
from profdesk.domain import plural

KEYS = "Ctrl+L"
BY_KEYS = "По команде"
_TICK_MS = 5000
_SLEPT = 60


@runtime_checkable
class Awake(Protocol):
    """A window in a child's hands: it may be left alone for long without being locked, and no key of it locks."""

    def stays_awake(self) -> bool:
        """Whether that is so just now."""


class LockWatch(QObject):
    """``due`` gives the reason as the journal names it.

    ``busy`` tells of long work: nobody is locked out of it, and idle time counts from its end.
    """

    due = Signal(str)

    def __init__(
        self,
        busy: Callable[[], bool],
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._busy = busy
        self._clock, self._wall = clock, wall
        self._touched = 0.0
        self._ticked = (0.0, 0.0)
        self._traces: tuple[object, ...] = ()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._keys = QTimer(self, singleShot=True, interval=0)
        self._keys.timeout.connect(self._give_keys)
        gui = QGuiApplication.instance()
        if isinstance(gui, QGuiApplication):
            gui.focusWindowChanged.connect(self._look_at_keys)

    def begin(self) -> None:
        """Watch from now on."""
        self.touch()
        self._traces = _traces()
        self._ticked = self._wall(), self._touched
        self._timer.start()
        self._keys.start()

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._keys.stop()

    def touch(self) -> None:
        """Somebody is at work just now."""
        self._touched = self._clock()

    def tick(self) -> None:
        """See what time it is and what has moved; called every few seconds.

        The clock of idle time stands still in a sleep; on Windows it does not, but Windows tells of one before.
        Where the program itself was held up for long, by printing perhaps, nobody could have worked.
        """
        wall, clock = self._wall(), self._clock()
        on_the_wall, passed = wall - self._ticked[0], clock - self._ticked[1]
        self._ticked = wall, clock
        if on_the_wall - passed > _SLEPT:
            self.due.emit("Компьютер спал")
            return
        before, self._traces = self._traces, _traces()
        if passed > _SLEPT or self._busy() or _somebody_thinks() or self._traces != before:
            self.touch()
        idle = (clock - self._touched) / 60
        if idle >= settings.SHORTEST_IDLE and idle >= (minutes := settings.load().lock_minutes):
            self.due.emit(f"{plural.counted(minutes, 'минута', 'минуты', 'минут')} без работы")

    def _look_at_keys(self) -> None:
        """Another window has the cursor: Ctrl+L is to lock there too."""
        if self._timer.isActive():
            self._keys.start()

    def _give_keys(self) -> None:
        window = QApplication.activeWindow()
        if window is None or isinstance(window, Awake) or window.windowType() is Qt.WindowType.Popup:
            return
        if not any(one.key() == QKeySequence(KEYS) for one in window.findChildren(QShortcut)):
            QShortcut(QKeySequence(KEYS), window).activated.connect(self._press)

    def _press(self) -> None:
        self.due.emit(BY_KEYS)


def _somebody_thinks() -> bool:
    return any(
        isinstance(one, Awake) and one.isVisible() and one.stays_awake() for one in QApplication.topLevelWidgets()
    )


def _traces() -> tuple[object, ...]:
    """What work in our windows leaves behind: pointer, cursor, text, cell, place; empty behind other programs."""
    window = QApplication.activeWindow()
    if window is None:
        return ()
    pointer = QCursor.pos().toTuple()
    bars = tuple(bar.value() for bar in window.findChildren(QScrollBar) if bar.isVisible())
    return window.windowTitle(), pointer, bars, *_cursor(QApplication.focusWidget())


def _cursor(widget: QWidget | None) -> tuple[object, ...]:
    if isinstance(widget, QLineEdit):
        return widget.objectName(), widget.text(), widget.cursorPosition()
    if isinstance(widget, QPlainTextEdit):
        return widget.objectName(), widget.document().revision(), widget.textCursor().position()
    if isinstance(widget, QAbstractItemView):
        index = widget.currentIndex()
        return widget.objectName(), index.row(), index.column(), index.data()
    if isinstance(widget, QComboBox):
        return widget.objectName(), widget.currentText()
    if isinstance(widget, QAbstractButton):
        return widget.objectName(), widget.text(), widget.isChecked()
    return (widget.objectName() if widget is not None else "",)
