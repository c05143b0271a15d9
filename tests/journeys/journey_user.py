"""Somebody at the program's real windows, offscreen: types, presses keys, answers file dialogs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from kept_workspaces import Shelf
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support import LINES, listed

from profdesk import app, paths
from profdesk.domain.organisation import OrganisationKind
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.page import Page
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.gui.start.window import StartWindow
from profdesk.services import keys, roster
from profdesk.signing import known_keys
from profdesk.storage import opening as storage

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
PASSWORD = "proverka-2026"
_MADE: dict[OrganisationKind, Path] = {}


class User:
    """Answers the file dialogs and types; waits until the program has answered."""

    def __init__(self, windows: app.Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.windows, self.qtbot = windows, qtbot
        self.given: Path | None = None
        monkeypatch.setattr(file_dialogs, "file_to_open", lambda *_: self.given)
        monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: [self.given] if self.given else [])
        monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: self.given)
        monkeypatch.setattr(file_dialogs, "folder", lambda *_: self.given)

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.windows.settle()

    def press(self, widget: QWidget, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(widget, key)
        self.wait()

    def type(self, widget: QWidget, text: str) -> None:
        widget.setFocus()
        for letter in text:  # QTest types Latin letters only
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, key)

    def click(self, widget: QWidget) -> None:
        assert widget.isEnabled(), self.complaint()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.wait()

    def complaint(self) -> str:
        """What the window or crash.log say went wrong."""
        log = paths.user_data() / "crash.log"
        words = self.main.message.words if isinstance(self.windows.window, MainWindow) else ""
        return words + (log.read_text(encoding="utf-8") if log.exists() else "")

    @property
    def start(self) -> StartWindow:
        assert isinstance(self.windows.window, StartWindow)
        return self.windows.window

    @property
    def main(self) -> MainWindow:
        assert isinstance(self.windows.window, MainWindow)
        return self.windows.window

    def page(self, name: str) -> Page:
        self.main.activateWindow()
        self.main.show_page(name)
        self.wait()
        return self.main.page


def make_workspace(user: User, folder: Path, kind: OrganisationKind = OrganisationKind.SCHOOL) -> None:
    """Made at the start window once, as anybody does it; others are copies of that one, open in the window."""
    if kind not in _MADE:
        _MADE[kind] = Shelf.place / kind.value / "desk"
        own, user.windows = user.windows, app.Windows()
        with paths.moved_to(Shelf.place / "home"):
            make_by_hand(user, _MADE[kind], kind)
            user.windows.desk.release()
            user.windows.close()
        user.windows = own
    shutil.copytree(_MADE[kind], folder)
    workspace = storage.open_workspace(folder, None, PASSWORD)
    known_keys.remember(keys.certificate(workspace, workspace.actor))
    user.windows.show_main(opened.read(workspace))
    user.wait()


def make_by_hand(user: User, folder: Path, kind: OrganisationKind = OrganisationKind.SCHOOL) -> None:
    start = user.windows.show_start()
    user.click(start.choose.create_button)
    create = start.create_step
    create.kind.setCurrentIndex(create.kind.findData(kind))
    user.type(create.short_name, "Школа № 5")
    user.type(create.full_name, "Средняя школа № 5")
    user.type(create.owner_name, "Иванова Анна Петровна")
    user.type(create.owner_post, "завуч")
    user.type(create.password, PASSWORD)
    user.type(create.repeated, PASSWORD)
    create.folder.setText(str(folder))
    user.press(create.create_button, Qt.Key.Key_Space)
    assert len(start.code.code.text()) == 34
    user.given = folder.parent / "Код.pdf"
    user.click(start.code.save_button)
    assert user.given.read_bytes().startswith(b"%PDF")
    user.click(start.code.done_button)
    user.wait()


def make_class(user: User, folder: Path) -> None:
    """A workspace in a folder with a class of three; nobody's portfolio is complete."""
    make_workspace(user, folder / "desk")
    desk = user.windows.desk
    preview = roster.preview(desk.workspace, desk.actor, listed(folder, *LINES), desk.organisation.period.year)
    desk.write(lambda: roster.apply(desk.workspace, desk.actor, preview), owner=desk, done=lambda _: None)
    user.wait()
