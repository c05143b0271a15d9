"""The overview of a class: one base for every share, ways to a pupil, and its papers before they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from portfolio_class import add_class, codes, programme
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from support import FIRST, mark, organisation

from profdesk.domain.people import Group
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.common import file_dialogs, printing
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.pages import Pages
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.main_window import MainWindow
from profdesk.services import class_papers
from profdesk.storage.workspace import Workspace

EARLIER = "Бледная цифра"


@pytest.fixture
def group(workspace: Workspace) -> Group:
    """Four pupils; three are assessed: all high in the first competency, one of them in the second."""
    group, pupils = add_class(workspace, 4)
    first, second = codes(group)[:2]
    rated = zip(pupils[:3], (3, 2, 2), (2, 1, 0), strict=True)
    marks = [(pupil, code, stage) for pupil, *both in rated for code, stage in zip((first, second), both, strict=True)]
    mark(workspace, FIRST.previous, (pupils[0], first, 1))
    mark(workspace, FIRST, *marks)
    return group


@pytest.fixture
def page(workspace: Workspace, group: Group) -> Iterator[ClassOverviewPage]:
    desk = Desk()
    desk.use(workspace, programme(), organisation())
    window = MainWindow(desk, Pages([ClassOverviewPage], lambda kind: kind(desk)))
    made = window.pages[ClassOverviewPage]
    window.resize(1366, 697)
    window.show()
    window.activateWindow()
    made.choose_group(group.id)
    settle(made)
    yield made
    window.close()
    desk.close()
    window.deleteLater()


def settle(page: ClassOverviewPage) -> None:
    for _ in range(3):
        QApplication.processEvents()
        page.desk.settle()


def opened(page: ClassOverviewPage, qtbot: QtBot) -> PaperDialog:
    """The paper's dialog once it is there: a button pressed by its key answers a moment later."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog))
    settle(page)
    found = QApplication.activeModalWidget()
    assert isinstance(found, PaperDialog)
    return found


def lines(label: QLabel) -> list[str]:
    return label.accessibleName().split(". ")


def text(pdf: bytes) -> str:
    with PdfDocument(pdf) as document:
        words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(words.replace("\u00a0", " ").split())


def test_shares_have_one_base_wherever_they_stand(page: ClassOverviewPage, group: Group) -> None:
    best, worst = (item.plain_short for item in programme().level(group.level).competencies.items[:2])
    assert lines(page.strongest) == [f"{best}: 3 из 3, 100 %"]
    assert lines(page.weakest) == [f"{worst}: 1 из 3, 33 %"]
    said = page.bars.accessibleDescription()
    assert "не оценено 1, на двух высших стадиях 100 % оценённых" in said
    assert "не оценено 1, на двух высших стадиях 33 % оценённых" in said


def test_a_list_that_fits_is_seen_whole_on_a_low_screen(page: ClassOverviewPage) -> None:
    assert page.window().height() == 697
    assert len(page.unfinished.rows()) == 4
    for table in (page.unfinished, page.changes):
        assert table.verticalScrollBar().maximum() == 0


def test_enter_on_a_pupil_leads_to_the_card(page: ClassOverviewPage, qtbot: QtBot) -> None:
    page.unfinished.selectRow(0)
    with qtbot.waitSignal(page.wanted_card) as asked:
        qtbot.keyClick(page.unfinished, Qt.Key.Key_Return)
    assert asked.args == [page.unfinished.rows()[0][0].id]


def test_overview_is_saved_as_it_is_shown(
    page: ClassOverviewPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "обзор.pdf"
    asked: list[str] = []
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda _, __, name, ___: asked.append(name) or target)
    qtbot.keyClick(page.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(page, qtbot)
    assert dialog.option.isHidden()
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(target.exists)
    settle(page)
    assert asked == ["Обзор класса 7 А, 1-е полугодие 2026-27.pdf"]
    assert "3 из 3" in text(target.read_bytes())
    assert str(target) in dialog.message.words
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_a_place_that_cannot_be_written_is_told_in_the_dialog(
    page: ClassOverviewPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: tmp_path / "нет такой папки" / "обзор.pdf")
    qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    dialog = opened(page, qtbot)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    settle(page)
    assert "Не удалось сохранить" in dialog.message.words
    dialog.reject()


def test_observation_sheet_takes_the_earlier_stages_when_asked(
    page: ClassOverviewPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: tmp_path / "лист.pdf")
    qtbot.keyClick(page.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = opened(page, qtbot)
    for ticked in (False, True):
        dialog.option.setChecked(ticked)
        settle(page)
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
        settle(page)
        assert (EARLIER in text((tmp_path / "лист.pdf").read_bytes())) is ticked
    dialog.reject()


def test_a_sheet_is_printed_in_its_own_direction(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    sheet = class_papers.observation_sheet(workspace, workspace.actor, group.id, FIRST, with_earlier=False)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "напечатано.pdf"))
    printing.draw(sheet, printer)
    with PdfDocument(tmp_path / "напечатано.pdf") as printed:
        assert [page.get_width() > page.get_height() for page in printed] == [True]
