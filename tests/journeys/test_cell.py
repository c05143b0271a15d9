"""A note and a file at a cell, typed and dropped in real windows, there again after the workspace was opened anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kept_workspaces import create
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support import CHEAP, FIRST, PASSWORD, YEAR

from profdesk import app
from profdesk.domain.access import Actor, NewUser, Role
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.portfolio import Cell, Mark
from profdesk.gui.main_window import MainWindow
from profdesk.gui.portfolio.cell_dialog import CellDialog
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.start.window import StartWindow
from profdesk.services import evidence, portfolio
from profdesk.storage import vault

CODE = "flexibility"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
PSYCHOLOGIST = Actor("psychologist", "Дёмина Вера Львовна", "педагог-психолог", frozenset({Role.PSYCHOLOGIST}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace where the psychologist has marked 1 and the teacher, later, 2."""
    owner = NewUser("Седова Ольга Ивановна", "классный руководитель", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    with made.unit(made.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        pupil = unit.pupils.add(PersonName("Ильин", "Даниил", "Евгеньевич"), date(2013, 5, 6), None)
        unit.pupils.enrol(pupil, group.id, YEAR)
    for actor, stage in ((PSYCHOLOGIST, 1), (made.actor, 2)):
        portfolio.set_stages(made, actor, FIRST, [Mark(Cell(pupil, CODE), stage)], made_on=date(2026, 11, 2))
    made.close()
    known = vault.load(made.path).with_user(PSYCHOLOGIST, PASSWORD, vault.Keys.fresh(), CHEAP)
    vault.save(made.path, known)
    return made.path


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[app.Windows]:
    app.application()
    made = app.Windows()
    yield made
    made.close()


class User:
    """Types and drops; waits until the program has answered."""

    def __init__(self, windows: app.Windows) -> None:
        self.windows = windows

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.windows.settle()

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        QTest.keyClick(widget, key)
        self.wait()

    def type(self, widget: QWidget, text: str) -> None:
        for letter in text:  # QTest types Latin letters only
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))

    def drop(self, widget: QWidget, file: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
        QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), copy, data, left, none))
        self.wait()

    def unlock(self, folder: Path) -> None:
        start = self.windows.show_start(folder)
        assert isinstance(start, StartWindow)
        owner = start.unlock.users.findItems("Седова", Qt.MatchFlag.MatchStartsWith)[0]
        start.unlock.users.setCurrentItem(owner)
        self.type(start.unlock.password, PASSWORD)
        self.press(start.unlock.password, Qt.Key.Key_Return)

    @property
    def page(self) -> PortfolioPage:
        assert isinstance(self.windows.window, MainWindow)
        self.windows.window.activateWindow()
        self.windows.window.show_page("portfolio")
        self.wait()
        assert isinstance(self.windows.window.page, PortfolioPage)
        return self.windows.window.page

    def open_cell(self) -> CellDialog:
        page = self.page
        column = next(number for number, one in enumerate(page.table.grid.sheet.competencies) if one.code == CODE)
        page.table.go_to(0, column)
        self.press(page.table, Qt.Key.Key_F2)
        (dialog,) = (one for one in page.window().findChildren(CellDialog) if one.isVisible())
        return dialog

    def heard(self) -> str:
        page = self.page
        said: str = page.table.currentIndex().data(SPOKEN)
        return said


def test_a_note_and_a_file_outlive_the_window_and_the_workspace(
    windows: app.Windows, folder: Path, tmp_path: Path
) -> None:
    essay = tmp_path / "Эссе.docx"
    essay.write_bytes("кем я буду".encode())
    user = User(windows)
    user.unlock(folder)
    dialog = user.open_cell()
    user.type(dialog.note, "Меняет план, когда мешает погода")
    user.drop(dialog.files, essay)
    assert [file.evidence.title for file in dialog.files.files_table.rows()] == ["Эссе"]
    user.press(dialog, Qt.Key.Key_Escape)
    heard = "Ильин Даниил, Гибкость: стадия 2, формируется, другая оценка: 1, есть заметка, 1 файл"
    assert user.heard() == heard
    essay.unlink()

    windows.desk.release()
    user.unlock(folder)
    dialog = user.open_cell()
    assert user.heard() == heard
    assert dialog.note.toPlainText() == "Меняет план, когда мешает погода"
    assert [file.evidence.name for file in dialog.files.files_table.rows()] == ["Эссе.docx"]
    look = user.page.table.grid.look(0, user.page.table.choice.current[1])
    assert (look.stage, look.noted, look.disputed) == (2, True, True)
    user.press(dialog, Qt.Key.Key_Escape)


def test_a_copy_that_was_looked_at_is_gone_once_the_desk_is_locked(
    windows: app.Windows, folder: Path, tmp_path: Path
) -> None:
    essay = tmp_path / "Эссе.docx"
    essay.write_bytes("кем я буду".encode())
    user = User(windows)
    user.unlock(folder)
    dialog = user.open_cell()
    user.drop(dialog.files, essay)
    kept = dialog.files.files_table.row().evidence
    copy = evidence.open_copy(windows.desk.workspace, windows.desk.actor, kept.id)
    assert copy.read_bytes() == essay.read_bytes()
    user.press(dialog, Qt.Key.Key_Escape)
    assert isinstance(windows.window, MainWindow)
    QTest.mouseClick(windows.window.lock, Qt.MouseButton.LeftButton)
    user.wait()
    assert isinstance(windows.window, StartWindow)
    assert not copy.exists()
