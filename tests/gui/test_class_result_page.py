"""The page of a session: dots, lists by what leads, what is left out, the way to a pupil and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from diagnostic_room import DiagnosticRoom
from diagnostic_school import INCLINATIONS, add_class, held, session_of, some_answers
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from profdesk.domain.people import Pupil
from profdesk.gui.common import file_dialogs, theme
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.gui.diagnostic_results.page import ResultPage
from profdesk.services import diagnostics, instruments
from profdesk.storage.workspace import Workspace


@pytest.fixture
def pupils(workspace: Workspace) -> list[Pupil]:
    return add_class(workspace)


@pytest.fixture
def sheets(workspace: Workspace, pupils: list[Pupil]) -> list[str]:
    instrument = instruments.called(INCLINATIONS)
    made = held(workspace, INCLINATIONS, pupils, [some_answers(instrument, seed) for seed in (1, 2, 5)])
    diagnostics.mark_doubtful(workspace, workspace.actor, made[1], "спешил")
    return made


@pytest.fixture
def room(workspace: Workspace, sheets: list[str]) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(workspace, ClassResultPage, ResultPage)
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom, workspace: Workspace, sheets: list[str]) -> ClassResultPage:
    found = room.window.pages[ClassResultPage]
    found.show_session(session_of(workspace, sheets[0]))
    room.show("class-result")
    return found


def test_what_does_not_count_is_left_out_and_told(page: ClassResultPage) -> None:
    assert page.counted_chip.words == "учтено 2 из 4"
    assert page.left_out.text() == "Не учтены: сомнительный 1, не начат 1"
    said = page.dots.accessibleDescription()
    assert "Склонность к работе с людьми: медиана " in said
    assert said.count("медиана") == 6
    headings = [row.text for row in page.lists.rows() if isinstance(row, Heading)]
    assert headings
    assert all(words.endswith(("ученик", "ученика")) for words in headings)


def test_list_by_pupils_is_sorted_and_copied_for_a_spreadsheet(room, page: ClassResultPage, qtmodeltester) -> None:
    page.order.choose("pupil")
    names = [line.pupil.name.short for line in page.lists.rows()]
    assert names == sorted(names)
    assert len(names) == 4
    qtmodeltester.check(page.lists.model(), force_py=True)
    page.lists._order_by(1)
    told = [line.leading for line in page.lists.rows()]
    assert told == sorted(told)
    page.lists.selectAll()
    QTest.keyClick(page.lists, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 4
    assert all(line.count("\t") == 2 for line in copied)
    assert any("бланк: сомнительный" in line for line in copied)


def test_pupils_result_is_opened_and_the_way_back_leads_through_the_group(room, page: ClassResultPage) -> None:
    one = room.window.pages[ResultPage]

    def show(sheet: str) -> None:
        one.show_sheet(sheet)
        room.window.show_page("result")

    page.wanted_result.connect(show)
    line = page.lists.row()
    QTest.keyClick(page.lists, Qt.Key.Key_Return)
    room.settle()
    assert room.window.page is one
    assert one.header.title == line.pupil.name.short
    for name in ("class-result", "diagnostics"):
        QTest.keyClick(room.window.page, Qt.Key.Key_Escape)
        room.settle()
        assert room.window.page.name == name


def test_sheet_not_begun_has_no_result_to_open(page: ClassResultPage, sheets: list[str]) -> None:
    page.order.choose("pupil")
    opened: list[str] = []
    page.wanted_result.connect(opened.append)
    assert page.lists.choose((sheets[3], ""))
    assert not page.open_button.isEnabled()
    QTest.keyClick(page.lists, Qt.Key.Key_Return)
    assert opened == []
    assert page.lists.choose((sheets[1], ""))
    page.open_button.click()
    assert opened == [sheets[1]]


def test_papers_of_the_session_are_shown_and_its_workbook_saved(
    room, page: ClassResultPage, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.papers_button.isEnabled()
    words = [action.text() for action in page.papers_button.menu().actions() if action.text()]
    assert words == ["Отчёт по классу…\tCtrl+P", "Протокол сеанса…", "Памятки ученикам…", "Сохранить таблицу Excel…"]
    QTest.keyClick(page.lists, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    for open_paper in (None, page.papers.print_protocol, page.papers.print_leaflets):
        if open_paper is not None:
            open_paper()
            room.settle()
        paper = page.findChild(PaperDialog)
        assert paper is not None
        assert paper.save_button.isEnabled(), paper.message.words
        paper.reject()
        QApplication.sendPostedEvents(paper, QEvent.Type.DeferredDelete)
    path = tmp_path / "итоги.xlsx"
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: path)
    page.papers.save_workbook()
    room.settle()
    assert path.read_bytes().startswith(b"PK")
    assert page.message.isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_every_instrument_has_a_class_result(
    room, page: ClassResultPage, workspace, pupils, qapp: QApplication, qtmodeltester: ModelTester, *, dark: bool
) -> None:
    theme.apply(qapp, dark)
    qtmodeltester.check(page.lists.model(), force_py=True)
    for instrument in instruments.shipped():
        made = held(workspace, instrument.code, pupils, [some_answers(instrument, seed) for seed in range(4)])
        page.show_session(session_of(workspace, made[0]))
        room.settle()
        page.grab()
        assert not page.message.isVisible()
        assert page.counted_chip.words == "учтено 4 из 4"
        assert page.lists.rows() or not page.dots_view.isVisible()
        assert page.caution.isVisible() == bool(instrument.caution)


def test_what_was_chosen_in_a_matrix_is_counted_by_cell(
    page: ClassResultPage, room: DiagnosticRoom, workspace: Workspace, pupils: list[Pupil]
) -> None:
    chosen = [{1: "1+4", 2: "3"}, {1: "1", 2: "3"}, {1: "7", 2: "10"}]
    sheets = held(workspace, "matrix_rezapkina", pupils, chosen)
    page.show_session(session_of(workspace, sheets[0]))
    room.settle()
    assert not page.matrix.isHidden()
    assert page.dots_view.isHidden()
    said = page.matrix.accessibleDescription().split("; ")
    assert said[0] == "образование — человек: 2"
    assert set(said[1:]) == {"образование — техника: 1", "контроль — растения: 1"}


def test_records_are_listed_by_pupil_alone(
    page: ClassResultPage, room: DiagnosticRoom, workspace: Workspace, pupils: list[Pupil]
) -> None:
    instrument = instruments.called("early_records")
    sheets = held(workspace, "early_records", pupils, [some_answers(instrument), some_answers(instrument)])
    page.show_session(session_of(workspace, sheets[0]))
    room.settle()
    assert page.order.isHidden()
    assert page.lists_label.text() == "Записи"
    assert page.lists.row().pupil == pupils[0]
