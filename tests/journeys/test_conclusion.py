"""A psychologist writes and releases a conclusion by keyboard; a teacher reads it with an own key; it is withdrawn."""

from __future__ import annotations

from pathlib import Path

from diagnostic_room import DiagnosticRoom
from diagnostic_school import (
    INCLINATIONS,
    TEACHER,
    TEACHERS_PASSWORD,
    add_class,
    add_teacher,
    held,
    new_workspace,
    some_answers,
)
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support import PASSWORD

from profdesk import app
from profdesk.gui.diagnostic_results.page import ResultPage
from profdesk.services import conclusions, instruments
from profdesk.storage import opening as storage

CTRL = Qt.KeyboardModifier.ControlModifier


def type_words(widget: QWidget, words: str) -> None:
    for letter in words:  # QTest types Latin letters only
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def seen_by_teacher(folder: Path, pupil: str) -> list[str]:
    opened = storage.open_workspace(folder, TEACHER.id, TEACHERS_PASSWORD)
    told = conclusions.told(opened, opened.actor, pupil)
    opened.close()
    return [one.words for one in told.released]


def psychologists_room(folder: Path, sheet: str) -> tuple[DiagnosticRoom, ResultPage]:
    psychologist = next(one.id for one in storage.users(folder) if one.id != TEACHER.id)
    room = DiagnosticRoom(storage.open_workspace(folder, psychologist, PASSWORD), ResultPage)
    page = room.window.pages[ResultPage]
    page.show_sheet(sheet)
    room.show("result")
    return room, page


def test_conclusion_is_written_released_read_and_withdrawn_by_keyboard(qapp: QApplication, tmp_path: Path) -> None:
    app.application()
    workspace = new_workspace(tmp_path / "desk")
    pupil = add_class(workspace)[0]
    (sheet,) = held(workspace, INCLINATIONS, [pupil], [some_answers(instruments.called(INCLINATIONS), 1)])
    add_teacher(workspace)
    room, page = psychologists_room(workspace.path, sheet)
    assert focused() is page.conclusion.words
    QTest.keyClick(focused(), Qt.Key.Key_D, CTRL)
    type_words(focused(), " Секрет беседы.")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is page.conclusion.told
    type_words(focused(), "Умеет договариваться.")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert page.conclusion.leading.isChecked()
    QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    room.settle()
    room.close()
    words = "Умеет договариваться.\nПо диагностике на первом месте: склонность к работе с людьми."
    assert seen_by_teacher(workspace.path, pupil.id) == [words]
    room, page = psychologists_room(workspace.path, sheet)
    assert page.conclusion.words.toPlainText().endswith("Секрет беседы.")
    assert page.conclusion.leading.isChecked()
    while focused() is not page.conclusion.withdraw_button:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    room.settle()
    assert page.status().undo == f"вывод отозван, {pupil.name.short}"
    room.close()
    assert seen_by_teacher(workspace.path, pupil.id) == []
