"""The page of one result: what is drawn is also said, what is typed is kept, and only the panel is released."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from diagnostic_room import DiagnosticRoom
from diagnostic_school import BEFORE, INCLINATIONS, add_class, held, some_answers
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.modeltest import ModelTester

from profdesk.domain.people import Pupil
from profdesk.gui.common import theme
from profdesk.gui.common.table import DeskTable
from profdesk.gui.diagnostic_results import profile_rows
from profdesk.gui.diagnostic_results.page import ResultPage
from profdesk.services import conclusions, diagnostics, instruments
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pupil(workspace: Workspace) -> Pupil:
    return add_class(workspace)[0]


@pytest.fixture
def sheets(workspace: Workspace, pupil: Pupil) -> list[str]:
    """The same instrument a year ago and now, and then another one, of one pupil."""
    instrument = instruments.called(INCLINATIONS)
    before = held(workspace, INCLINATIONS, [pupil], [some_answers(instrument, 0)], BEFORE)
    now = held(workspace, INCLINATIONS, [pupil], [some_answers(instrument, 1)])
    identity = held(workspace, "azbel_identity_20", [pupil], [some_answers(instruments.called("azbel_identity_20"))])
    return [*now, *before, *identity]


@pytest.fixture
def room(workspace: Workspace, sheets: list[str]) -> Iterator[DiagnosticRoom]:
    made = DiagnosticRoom(workspace, ResultPage)
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom, sheets: list[str]) -> ResultPage:
    found = room.window.pages[ResultPage]
    found.show_sheet(sheets[0])
    room.show("result")
    return found


def type_into(field: QPlainTextEdit, words: str) -> None:
    field.setFocus()
    field.textCursor().insertText(words)


def kept(page: ResultPage, sheet: str) -> tuple[str, str]:
    found = conclusions.of_sheet(page.desk.workspace, page.desk.actor, sheet).conclusion
    return (found.words, found.draft) if found else ("", "")


def test_drawing_is_said_in_words_with_ties_bands_and_the_former_session(page: ResultPage) -> None:
    said = page.facts.profile.accessibleDescription()
    assert "Склонность к работе с людьми: 9" in said
    assert "склонность к определённому виду деятельности (средне выраженная)" in said
    assert "прежде 5" in said
    page.facts.former.setCurrentIndex(1)
    assert "прежде" not in page.facts.profile.accessibleDescription()
    assert not page.facts.caution.isVisible()


def test_ties_are_bracketed_and_bands_meet_half_way(page: ResultPage) -> None:
    shown = conclusions.of_sheet(page.desk.workspace, page.desk.actor, page._sheet).shown
    shown_bars = profile_rows.bars(shown, None)
    tied = [one.score.places for one in shown_bars.rows if one.score and one.score.places]
    assert [tie.words for tie in shown_bars.ties] == [
        f"поровну, {first}–{last}" for first, last in dict.fromkeys(tied) if first < last
    ]
    assert [(float(band.low), float(band.high)) for band in shown_bars.bands] == [
        (0, 3.5), (3.5, 6.5), (6.5, 9.5), (9.5, 12)
    ]  # fmt: skip


def test_medium_instrument_says_so_with_the_open_conflict(room, page: ResultPage, sheets: list[str]) -> None:
    page.show_sheet(sheets[2])
    room.settle()
    assert page.facts.confidence_chip.words == "достоверность средняя"
    assert "В вопросе 16 источники расходятся" in page.facts.caution.words
    assert "Уровни не показаны: опубликованные границы расходятся." in page.facts.notes.text()
    assert profile_rows.bars(page.conclusion._found.shown, None).bands == ()


def test_doubt_gaps_and_dashes_are_told(room, page: ResultPage, workspace: Workspace, pupil, sheets) -> None:
    instrument = instruments.called("opg_kabardova_50")
    answers = {**some_answers(instrument), 2: "-/-/2"}
    answers.pop(7)
    (sheet,) = held(workspace, instrument.code, [pupil], [answers])
    diagnostics.mark_doubtful(workspace, workspace.actor, sheet, "спешил")
    page.show_sheet(sheet)
    room.settle()
    assert page.state_chip.words == "Бланк сомнительный"
    notes = page.facts.notes.text()
    assert "Бланк сомнительный: спешил" in notes
    assert "Без ответа 1 вопрос из 50: 7" in notes
    assert "Прочерков 2" in notes


def test_typing_is_kept_when_the_field_is_left_and_after_a_pause(room, page: ResultPage, qtbot, sheets) -> None:
    type_into(page.conclusion.words, "Любит спорить")
    page.conclusion.told.setFocus()
    room.settle()
    assert kept(page, sheets[0]) == ("Любит спорить", "")
    type_into(page.conclusion.told, "Умеет убеждать")
    qtbot.waitUntil(lambda: kept(page, sheets[0]) == ("Любит спорить", "Умеет убеждать"))
    type_into(page.conclusion.words, " и слушать")
    page.show_sheet(sheets[1])
    room.settle()
    assert page.conclusion.words.toPlainText() == ""
    assert kept(page, sheets[0])[0] == "Любит спорить и слушать"
    page.show_sheet(sheets[0])
    room.settle()
    assert "и слушать" in page.conclusion.words.toPlainText()


def test_typing_survives_a_change_made_elsewhere_and_the_lock(room, page: ResultPage, workspace, sheets) -> None:
    type_into(page.conclusion.words, "ещё не записано")
    page.on_changes(diagnostics.mark_doubtful(workspace, workspace.actor, sheets[0], "спешил")[1])
    room.settle()
    assert page.conclusion.words.toPlainText() == "ещё не записано"
    assert page.state_chip.words == "Бланк сомнительный"
    room.window.hide()  # as the lock does to every window
    room.settle()
    assert kept(page, sheets[0])[0] == "ещё не записано"


def test_draft_stands_behind_what_was_written_and_is_taken_back_by_the_field(room, page: ResultPage) -> None:
    type_into(page.conclusion.words, "На беседе тревожился.")
    QTest.keyClick(page, Qt.Key.Key_D, CTRL)
    room.settle()
    words = page.conclusion.words.toPlainText()
    assert words.startswith("На беседе тревожился.\nНа первом месте")
    QTest.keyClick(page, Qt.Key.Key_D, CTRL)
    assert page.conclusion.words.toPlainText() == words
    page.conclusion.words.undo()
    assert page.conclusion.words.toPlainText() == "На беседе тревожился."


def test_ticks_put_parts_into_the_panel_and_take_them_out(room, page: ResultPage) -> None:
    card = page.conclusion
    type_into(card.told, "Своё слово.")
    for box in (card.leading, card.advice, card.scores):
        box.click()
    assert card.told.toPlainText().count("\n") == 3
    assert "«Люди» 9" in card.told.toPlainText()
    card.advice.click()
    card.scores.click()
    assert card.told.toPlainText() == "Своё слово.\nПо диагностике на первом месте: склонность к работе с людьми."
    card.told.selectAll()
    card.told.textCursor().removeSelectedText()
    assert not card.leading.isChecked()


def test_only_the_panel_is_released_and_undo_takes_it_back(room, page: ResultPage, pupil, sheets) -> None:
    card = page.conclusion
    assert not page.release_button.isEnabled()
    type_into(card.words, "Только для нас")
    type_into(card.told, "Для учителя")
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    room.settle()

    def seen() -> list[str]:
        told = conclusions.told(page.desk.workspace, page.desk.actor, pupil.id)
        return [one.words for one in told.released]

    assert seen() == ["Для учителя"]
    assert card.released_chip.words.startswith("передан ")
    assert not page.release_button.isEnabled()
    assert page.status().undo.startswith("вывод передан")
    type_into(card.told, "!")
    assert card.released_chip.words == "изменён"
    assert page.release_button.text() == "Передать новый вывод"
    card.told.setPlainText("Для учителя")
    assert card.released_chip.words.startswith("передан ")
    card.told.selectAll()
    card.told.textCursor().removeSelectedText()
    assert (card.released_chip.words, card.released_chip.toolTip()) == ("изменён", "Для учителя")
    assert not page.release_button.isEnabled()
    page.undo()
    room.settle()
    assert seen() == []
    page.redo()
    room.settle()
    assert seen() == ["Для учителя"]
    card.withdraw_button.click()
    room.settle()
    assert seen() == []
    assert card.released_chip.words == "не передан"


def test_other_results_of_the_pupil_are_opened_from_the_list(room, page: ResultPage, sheets) -> None:
    table = page.conclusion.others
    assert {one.sheet.id for one in table.rows()} == set(sheets[1:])
    table.choose(sheets[2])
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    room.settle()
    assert page.facts.direction.text() == "Установки в выборе профессии"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert room.window.page.name == "diagnostics"


@pytest.mark.parametrize("dark", [False, True])
def test_every_instrument_is_shown(
    room, page: ResultPage, workspace, pupil, qapp: QApplication, qtmodeltester: ModelTester, *, dark: bool
) -> None:
    theme.apply(qapp, dark)
    for instrument in instruments.shipped():
        (sheet,) = held(workspace, instrument.code, [pupil], [some_answers(instrument, 2)])
        page.show_sheet(sheet)
        room.settle()
        page.grab()
        assert not page.message.isVisible()
        tables = [table for table in page.facts.findChildren(DeskTable) if table.isVisible()]
        for table in tables:
            qtmodeltester.check(table.model(), force_py=True)
        drawn = page.facts.views.currentWidget() is page.facts.profile_view
        said = page.facts.profile.accessibleDescription() if drawn else page.facts.records.toPlainText()
        assert said or any(table.rows() for table in tables)
        inside = room.window.rect()
        for widget in page.findChildren(QWidget):
            if isinstance(widget, QPushButton | QComboBox | QCheckBox) and widget.isVisible():
                assert inside.contains(widget.mapTo(room.window, QPoint(0, 0))), instrument.code
                assert inside.contains(widget.mapTo(room.window, widget.rect().bottomRight())), instrument.code
