"""When the desk locks by itself: idle time, sleep, and what each system tells."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes import wintypes
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from profdesk import settings
from profdesk.gui.common import lock_system
from profdesk.gui.common.lock_system import ASLEEP, LOCKED, POWER_BROADCAST, SESSION_CHANGE, WindowsMessages
from profdesk.gui.common.lock_watch import BY_KEYS, LockWatch

MINUTE = 60


class Times:
    """What the clocks say."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.ahead = 0.0
        self.busy = False
        self.heard: list[str] = []


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def watch(qapp: QApplication, times: Times) -> Iterator[LockWatch]:
    made = LockWatch(lambda: times.busy, clock=lambda: times.now, wall=lambda: times.now + times.ahead)
    made.due.connect(times.heard.append)
    made.begin()
    yield made
    made.end()


def shown(window: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def go_on(watch: LockWatch, times: Times, seconds: float) -> None:
    """Time passes with the program running."""
    for _ in range(int(seconds // 5)):
        times.now += 5
        watch.tick()


def test_ten_minutes_without_work_lock_and_the_minutes_are_a_setting(watch: LockWatch, times: Times) -> None:
    go_on(watch, times, 10 * MINUTE - 5)
    assert times.heard == []
    go_on(watch, times, 5)
    assert times.heard == ["10 минут без работы"]
    settings.save(replace(settings.load(), lock_minutes=60))
    times.heard.clear()
    go_on(watch, times, 49 * MINUTE)
    assert times.heard == []


def test_typing_and_the_pointer_in_our_windows_count_as_work(watch: LockWatch, times: Times, qtbot: QtBot) -> None:
    window = shown(QWidget(), qtbot)
    line, text, items = QLineEdit(window), QPlainTextEdit(window), QListWidget(window)
    items.addItems(["Абрамов", "Белов"])
    for part in (line, text, items):
        part.show()
    acts: tuple[Callable[[], object], ...] = (
        lambda: QTest.keyClick(line, Qt.Key.Key_A),
        lambda: QTest.keyClick(line, Qt.Key.Key_Left),
        lambda: QTest.keyClick(text, Qt.Key.Key_A),
        lambda: QTest.keyClick(text, Qt.Key.Key_Left),
        lambda: QTest.keyClick(items, Qt.Key.Key_Down),
        lambda: QCursor.setPos(QCursor.pos() + QPoint(3, 3)),
    )
    for part, act in zip((line, line, text, text, items, items), acts, strict=True):
        part.setFocus()
        watch.begin()
        go_on(watch, times, 9 * MINUTE)
        act()
        go_on(watch, times, 9 * MINUTE)
        assert times.heard == []
    go_on(watch, times, 2 * MINUTE)
    assert times.heard


def test_the_pointer_in_another_program_is_no_work(watch: LockWatch, times: Times) -> None:
    for _ in range(20):
        QCursor.setPos(QCursor.pos() + QPoint(1, 1))
        go_on(watch, times, 30)
    assert times.heard == ["10 минут без работы"]


def test_control_l_locks_in_every_window_that_gets_the_cursor(watch: LockWatch, times: Times, qtbot: QtBot) -> None:
    window = shown(QWidget(), qtbot)
    QTest.qWait(20)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert times.heard == [BY_KEYS]


def test_long_work_is_not_cut_and_idle_time_counts_from_its_end(watch: LockWatch, times: Times) -> None:
    times.busy = True
    go_on(watch, times, 60 * MINUTE)
    assert times.heard == []
    times.busy = False
    go_on(watch, times, 9 * MINUTE)
    assert times.heard == []
    go_on(watch, times, MINUTE)
    assert times.heard == ["10 минут без работы"]


def test_a_program_held_up_for_long_locks_nobody_out_at_its_end(watch: LockWatch, times: Times) -> None:
    times.now += 20 * MINUTE
    watch.tick()
    assert times.heard == []
    go_on(watch, times, 10 * MINUTE)
    assert times.heard == ["10 минут без работы"]


def test_a_computer_that_slept_is_locked_when_it_wakes(watch: LockWatch, times: Times) -> None:
    go_on(watch, times, MINUTE)
    times.ahead += 30 * MINUTE
    go_on(watch, times, 5)
    assert times.heard == ["Компьютер спал"]


@pytest.mark.parametrize(
    ("message", "parameter", "told"),
    [
        (SESSION_CHANGE, 0x7, [LOCKED]),
        (SESSION_CHANGE, 0x2, [LOCKED]),
        (SESSION_CHANGE, 0x4, [LOCKED]),
        (SESSION_CHANGE, 0x8, []),
        (POWER_BROADCAST, 0x4, [ASLEEP]),
        (POWER_BROADCAST, 0x7, []),
        (0x0100, 0x7, []),
    ],
)
def test_windows_tells_of_its_lock_and_sleep(message: int, parameter: int, told: list[str]) -> None:
    heard: list[str] = []
    messages = WindowsMessages(heard.append)
    sent = wintypes.MSG(message=message, wParam=parameter)
    for kind in (b"windows_generic_MSG", b"windows_dispatcher_MSG", b"xcb_generic_event_t"):
        assert messages.nativeEventFilter(kind, ctypes.addressof(sent)) == (False, 0)
    assert heard == told


def test_a_session_is_named_in_a_path_as_logind_does() -> None:
    assert [lock_system._escaped(name) for name in ("2", "c1", "a-b")] == ["_32", "c1", "a_2db"]


BUS = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from profdesk.gui.common.lock_system import BusSignals

app = QCoreApplication([])
heard = []
signals = BusSignals(heard.append)
bus = QDBusConnection.sessionBus()
assert bus.registerService("org.freedesktop.login1")
login = "/org/freedesktop/login1"
for path, interface, name, values in (
    ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [False]),
    ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    (login, "org.freedesktop.login1.Manager", "PrepareForSleep", [False]),
    (login, "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
    (login + "/session/_37", "org.freedesktop.login1.Session", "Lock", []),
    (login + "/session/_38", "org.freedesktop.login1.Session", "Lock", []),
):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(values)
    assert bus.send(message)
end = QDBusMessage.createSignal("/ScreenSaver", "org.mate.ScreenSaver", "ActiveChanged")
end.setArguments([True])
bus.send(end)
timer = QTimer(interval=20)
timer.timeout.connect(lambda: len(heard) < 5 or app.quit())
timer.start()
QTimer.singleShot(20000, app.quit)
app.exec()
print(*heard, sep="|")
"""


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="no D-Bus here")
def test_linux_tells_by_its_buses(tmp_path: Path) -> None:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:path={tmp_path / 'bus'}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bus:
        try:
            assert bus.stdout is not None
            address = bus.stdout.readline().strip()
            there = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address, "XDG_SESSION_ID": "7"}
            answer = subprocess.run(
                [sys.executable, "-c", BUS], env={**os.environ, **there}, capture_output=True, text=True, check=True
            )
        finally:
            bus.terminate()
    assert answer.stderr == ""
    assert sorted(answer.stdout.strip().split("|")) == sorted([LOCKED] * 4 + [ASLEEP])


def test_where_there_is_no_bus_nothing_is_said() -> None:
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"}
    code = "from profdesk.gui.common.lock_system import BusSignals; BusSignals(print)"
    answer = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **nowhere}, capture_output=True, text=True, check=True
    )
    assert (answer.stdout, answer.stderr) == ("", "")
