"""The main job through real windows: start page, class list, a class marked by keyboard, papers, verification."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from profdesk import app, paths
from profdesk.domain.verification import Verdict
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.page import Page
from profdesk.gui.main_window import MainWindow
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.start.window import StartWindow
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import verification

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[app.Windows]:
    app.application()
    made = app.Windows()
    yield made
    made.desk.close()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()


class User:
    """Answers the file dialogs and types; waits until the program has answered."""

    def __init__(self, windows: app.Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.windows, self.qtbot = windows, qtbot
        self.given: Path | None = None
        monkeypatch.setattr(file_dialogs, "file_to_open", lambda *_: self.given)
        monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: self.given)
        monkeypatch.setattr(file_dialogs, "folder", lambda *_: self.given)

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.windows.desk.settle()

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


@pytest.fixture
def user(windows: app.Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> User:
    return User(windows, qtbot, monkeypatch)


def make_workspace(user: User, folder: Path) -> None:
    start = user.windows.show_start()
    user.click(start.choose.create_button)
    create = start.create_step
    user.type(create.short_name, "Школа № 5")
    user.type(create.full_name, "Средняя школа № 5")
    user.type(create.owner_name, "Иванова Анна Петровна")
    user.type(create.owner_post, "завуч")
    user.type(create.password, "proverka-2026")
    user.type(create.repeated, "proverka-2026")
    create.folder.setText(str(folder))
    user.press(create.create_button, Qt.Key.Key_Space)
    assert len(start.code.code.text()) == 34
    user.given = folder.parent / "Код.pdf"
    user.click(start.code.save_button)
    assert user.given.read_bytes().startswith(b"%PDF")
    user.click(start.code.done_button)
    user.wait()


def load_class(user: User) -> None:
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    user.given = ROSTERS / "old_excel_9a.xls"
    user.click(pupils.list.empty.primary)
    assert pupils.preview.load_button.text() == "Загрузить 25 строк"
    user.click(pupils.preview.load_button)
    assert "25 новых" in pupils.list.message.words
    assert len(pupils.list.table.rows()) == 25


def mark_class(user: User) -> None:
    portfolio = user.page("portfolio")
    assert isinstance(portfolio, PortfolioPage)
    grid = portfolio.table
    grid.setFocus()
    user.press(grid, *[Qt.Key.Key_2] * (25 * 20 - 1))
    assert "24 из 25" in portfolio.complete.text()
    user.press(grid, Qt.Key.Key_3)
    assert "25 из 25" in portfolio.complete.text()


def test_from_start_page_to_verified_summary(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    load_class(user)
    mark_class(user)
    certificates = user.page("certificates")
    assert isinstance(certificates, CertificatesPage)
    assert certificates.save_button.text() == "Выдать 25 и сохранить…"
    user.given = tmp_path / "Сертификаты.pdf"
    user.click(certificates.save_button)
    assert "Выдано: 25 сертификатов" in certificates.message.words
    assert verification.verify(user.given).verdict is Verdict.TRUSTED

    summary = user.page("summary")
    assert isinstance(summary, SummaryPage)
    user.given = tmp_path / "Сводка.pdf"
    user.click(summary.sign_button)
    assert "подписана и сохранена" in summary.message.words
    user.given = tmp_path / "Сводка.xlsx"
    user.click(summary.workbook_button)
    assert user.given.stat().st_size > 5000

    check = user.page("verification")
    assert isinstance(check, VerificationPage)
    user.given = tmp_path / "Сводка.pdf"
    user.click(check.empty.primary)
    assert check.verdict.text() == "Документ цел, ключ известен"
    spoiled = bytearray(user.given.read_bytes())
    spoiled[1000] ^= 1
    user.given.write_bytes(spoiled)
    user.click(check.file_button)
    assert check.verdict.text() == "Документ не принят"


def test_second_opening_asks_for_the_password(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    user.windows.desk.release()
    start = user.windows.show_start(tmp_path / "desk")
    user.type(start.unlock.password, "не тот пароль")
    user.press(start.unlock.password, Qt.Key.Key_Return)
    assert "Пароль не подходит" in start.unlock.message.words
    start.unlock.password.clear()
    user.type(start.unlock.password, "proverka-2026")
    user.press(start.unlock.password, Qt.Key.Key_Return)
    assert user.main.page.name == "pupils"


def test_wrong_file_is_told_and_writes_nothing(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    picture = tmp_path / "фото.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    pupils.open_file(picture)
    user.wait()
    assert "фото.xlsx" in pupils.preview.message.words
    assert not pupils.preview.load_button.isEnabled()
    user.press(pupils.preview.other_button, Qt.Key.Key_Escape)
    assert pupils.list.empty.isVisible()


def test_second_import_changes_nothing(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    for expected in ("Загрузить 27 строк", "Загружать нечего"):
        pupils.open_file(ROSTERS / "journal_5a.xlsx")
        user.wait()
        assert pupils.preview.load_button.text() == expected
        if pupils.preview.load_button.isEnabled():
            user.click(pupils.preview.load_button)


def test_cancelled_dialogs_change_nothing(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    user.given = None
    user.click(pupils.list.empty.primary)
    assert pupils.list.empty.isVisible()
    check = user.page("verification")
    assert isinstance(check, VerificationPage)
    user.click(check.empty.primary)
    assert check.empty.isVisible()
