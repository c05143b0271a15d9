"""The system's own lock and sleep, as far as each system tells of them without anything installed besides Qt.

Windows sends messages to a window (WTSRegisterSessionNotification, WM_POWERBROADCAST). On Linux logind and the
screen savers of the desktops tell by D-Bus. macOS tells only through frameworks that Qt does not bind: there the lock
comes by Ctrl+L, by idle time, and when the computer wakes up (``lock_watch`` sees that it slept).
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

LOCKED = "Экран заблокирован"
ASLEEP = "Компьютер уснул"
SESSION_CHANGE, POWER_BROADCAST = 0x02B1, 0x0218
_MESSAGES = {
    (SESSION_CHANGE, 0x7): LOCKED,  # WTS_SESSION_LOCK
    (SESSION_CHANGE, 0x2): LOCKED,  # WTS_CONSOLE_DISCONNECT: another user was switched to
    (SESSION_CHANGE, 0x4): LOCKED,  # WTS_REMOTE_DISCONNECT
    (POWER_BROADCAST, 0x4): ASLEEP,  # PBT_APMSUSPEND
}
_LOGIN = "org.freedesktop.login1"
_SAVERS = tuple(f"org.{name}.ScreenSaver" for name in ("freedesktop", "gnome", "cinnamon", "mate"))


class SystemLock(QObject):
    """``locked`` gives the reason as the journal names it."""

    locked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._messages: WindowsMessages | None = None
        self._bus: BusSignals | None = None

    def listen(self, window: QWidget) -> None:
        """Hear of the system's lock from now on; Windows tells the given window."""
        if sys.platform == "win32":
            if self._messages is None:
                self._messages = WindowsMessages(self.locked.emit)
                QCoreApplication.instance().installNativeEventFilter(self._messages)
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window.winId()), 0)
        elif sys.platform == "linux" and self._bus is None:
            self._bus = BusSignals(self.locked.emit)


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages of every window of ours."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        super().__init__()
        self._tell = tell

    @override
    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if why := _MESSAGES.get((told.message, told.wParam)):
                self._tell(why)
        return False, 0


class BusSignals(QObject):
    """Hears logind on the system's bus and screen savers on the session's; silent where there is no bus."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        from PySide6.QtDBus import QDBusConnection

        super().__init__()
        self._tell = tell
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            manager = "/org/freedesktop/login1"
            system.connect(_LOGIN, manager, f"{_LOGIN}.Manager", "PrepareForSleep", self, _slot("sleep(bool)"))
            if own := os.environ.get("XDG_SESSION_ID"):
                path = f"{manager}/session/{_escaped(own)}"
                system.connect(_LOGIN, path, f"{_LOGIN}.Session", "Lock", self, _slot("lock()"))
        if session.isConnected():
            for saver in _SAVERS:
                session.connect("", "", saver, "ActiveChanged", self, _slot("cover(bool)"))

    @Slot(bool)
    def sleep(self, begins: bool) -> None:
        """Logind says that the computer goes to sleep, or that it woke up."""
        if begins:
            self._tell(ASLEEP)

    @Slot()
    def lock(self) -> None:
        """Logind says that the session is to be locked."""
        self._tell(LOCKED)

    @Slot(bool)
    def cover(self, begins: bool) -> None:
        """A screen saver says that it covers the screen, or no longer does."""
        if begins:
            self._tell(LOCKED)


def _slot(signature: str) -> bytes:
    """PySide's stub of ``connect`` asks for bytes, PySide itself takes nothing but text."""
    return cast("bytes", SLOT(signature))


def _escaped(label: str) -> str:
    """A session's id as logind writes it in a path: a leading digit and signs are given by their codes."""
    return "".join(
        sign if sign.isascii() and (sign.isalpha() or (place and sign.isdigit())) else f"_{ord(sign):02x}"
        for place, sign in enumerate(label)
    )
