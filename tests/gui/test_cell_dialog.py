"""A cell from near: who set what, its history, other raters, a note that records itself, files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from portfolio_class import CTRL, Room, codes, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import FIRST

from profdesk.domain.access import Actor, Role
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.gui.common.columns import Heading
from profdesk.gui.portfolio.cell_dialog import CellDialog
from profdesk.gui.portfolio.opinion import OpinionLine
from profdesk.services import evidence, notes, portfolio

PSYCHOLOGIST = Actor("psychologist", "Дёмина Вера Львовна", "педагог-психолог", frozenset({Role.PSYCHOLOGIST}))
GONE = Actor("gone", "Уволенный", "учитель", frozenset({Role.COORDINATOR}))
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@dataclass
class Near:
    """The first cell of the room's class; opens its window."""

    room: Room
    cell: Cell

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.room.desk.settle()

    def rate(self, actor: Actor, stage: int, basis: Basis = Basis.OBSERVATION, day: int = 2) -> None:
        portfolio.set_stages(self.room.workspace, actor, FIRST, [Mark(self.cell, stage)], basis, date(2026, 11, day))

    def open(self, column: int = 0) -> CellDialog:
        self.room.page._read()
        self.room.window.activateWindow()
        self.wait()
        self.room.table.go_to(0, column)
        press(self.room, Qt.Key.Key_F2)
        self.wait()
        (dialog,) = self.dialogs()
        return dialog

    def dialogs(self) -> list[CellDialog]:
        return [one for one in self.room.window.findChildren(CellDialog) if one.isVisible()]

    def press(self, widget: QWidget, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(widget, key, modifiers)
        self.wait()

    def note(self) -> str | None:
        found = notes.of_cell(self.room.workspace, self.room.workspace.actor, self.cell, FIRST)
        return None if found is None else found.words

    def spoken(self) -> str:
        return self.room.table.grid.index(0, 0).data(SPOKEN)


@pytest.fixture
def near(room: Room, small: tuple[Group, list[str]]) -> Iterator[Near]:
    group, pupils = small
    with room.workspace.unit(room.workspace.actor) as unit:
        unit.users.match([room.workspace.actor, PSYCHOLOGIST], datetime.now(UTC))
    return Near(room, Cell(pupils[0], codes(group)[0]))


def opinions(dialog: CellDialog) -> list[list[str]]:
    """The words of each line, those on its button last."""
    return [
        [label.text() for label in line.findChildren(QLabel)]
        + [button.text() for button in line.findChildren(QPushButton)]
        for line in dialog.opinions_card.findChildren(OpinionLine)
    ]


def history(dialog: CellDialog) -> list[str]:
    model = dialog.history.model()
    return [
        row.text
        if isinstance(row, Heading)
        else " — ".join(model.index(number, column).data(SPOKEN) for column in range(2))
        for number, row in enumerate(dialog.history.rows())
    ]


def button(dialog: CellDialog, words: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == words)


def test_f2_shows_the_cell_from_near(near: Near) -> None:
    near.rate(near.room.workspace.actor, 3)
    dialog = near.open()
    assert dialog.competency.text() == "Анализ проблемы"
    assert dialog.about.text() == "Абрамов Иван Петрович, 7 «А», 1-е полугодие 2026/27"
    assert "Раздел 5" in dialog.explanation.text()
    assert opinions(dialog) == [["3, сформирована", "вы, 02.11.2026, наблюдение"]]
    assert history(dialog) == [
        "1-е полугодие 2026/27",
        "3, сформирована, наблюдение — Седова Ольга, 02.11.2026",
        "2, формируется, наблюдение — Седова Ольга, 02.11.2026",
    ]
    assert dialog.note.hasFocus()
    near.press(dialog, Qt.Key.Key_Escape)
    assert near.dialogs() == []
    assert near.room.window.focusWidget() is near.room.table


def test_a_blank_cell_says_so_and_what_was_taken_back(near: Near) -> None:
    portfolio.set_stages(near.room.workspace, near.room.workspace.actor, FIRST, [Mark(near.cell, None)])
    dialog = near.open()
    assert opinions(dialog)[0][0] == "очищено"
    near.press(dialog, Qt.Key.Key_Escape)
    dialog = near.open(1)
    assert opinions(dialog) == [["не оценено", "в этом полугодии"]]
    assert not dialog.history.isVisible()


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CTRL)]
)
def test_the_note_records_itself_when_the_window_closes(near: Near, qtbot: QtBot, key: Qt.Key, modifiers) -> None:
    dialog = near.open()
    dialog.note.setPlainText("Сам нашёл ошибку в расчёте")
    assert near.note() is None
    with qtbot.waitSignal(near.room.desk.said, check_params_cb=lambda words: words == "Записано"):
        near.press(dialog.note, key, modifiers)
    assert near.note() == "Сам нашёл ошибку в расчёте"
    near.wait()
    assert near.room.table.grid.look(0, 0).noted
    assert near.spoken().endswith(", есть заметка")
    tip = near.room.table.grid.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("\nСам нашёл ошибку в расчёте")


def test_a_note_is_changed_and_taken_away(near: Near) -> None:
    notes.write(near.room.workspace, near.room.workspace.actor, near.cell, FIRST, "Было")
    dialog = near.open()
    assert dialog.note.toPlainText() == "Было"
    near.press(dialog.note, Qt.Key.Key_Return)
    dialog.note.insertPlainText("и стало")
    near.press(dialog.leave_button, Qt.Key.Key_Space)
    assert near.note() == "Было\nи стало"
    dialog = near.open()
    dialog.note.clear()
    near.press(dialog, Qt.Key.Key_Escape)
    assert near.note() is None
    assert not near.room.table.grid.look(0, 0).noted


def test_only_looking_writes_nothing(near: Near, qtbot: QtBot) -> None:
    dialog = near.open()
    saved = near.room.desk.saved_at
    with qtbot.assertNotEmitted(near.room.desk.said):
        near.press(dialog.note, Qt.Key.Key_Space)
        near.press(dialog, Qt.Key.Key_Escape)
    assert near.dialogs() == []
    assert near.room.desk.saved_at == saved


def test_a_note_that_cannot_be_recorded_is_not_lost(near: Near) -> None:
    dialog = near.open()
    dialog.note.setPlainText("Важное")
    near.room.workspace.close()
    near.press(dialog, Qt.Key.Key_Escape)
    assert near.dialogs() == [dialog]
    assert "закрыта" in dialog.message.words
    assert dialog.note.toPlainText() == "Важное"
    near.press(dialog.message.button, Qt.Key.Key_Space)
    assert near.dialogs() == []


def test_another_raters_stage_is_ringed_and_can_be_taken_over(near: Near) -> None:
    near.rate(PSYCHOLOGIST, 1, Basis.DIAGNOSTICS, day=9)
    near.rate(near.room.workspace.actor, 3, day=12)
    dialog = near.open()
    assert near.room.table.grid.look(0, 0).disputed
    assert ", другая оценка: 1" in near.spoken()
    assert near.room.table.corner.facts.stages == "3, сформирована; было 1; другая оценка: 1"
    assert opinions(dialog) == [
        ["3, сформирована", "вы, 12.11.2026, наблюдение"],
        ["Другая оценка: 1, начальная", "Дёмина Вера, 09.11.2026, диагностика", "Поставить 1"],
    ]
    near.press(button(dialog, "Поставить 1"), Qt.Key.Key_Space)
    assert [line[0] for line in opinions(dialog)] == ["1, начальная"]
    assert not near.room.table.grid.look(0, 0).disputed
    near.press(dialog, Qt.Key.Key_Escape)
    assert near.room.page.status().undo == "Абрамов Иван, «Анализ проблемы», стадия 1"
    near.room.page.undo()
    near.wait()
    assert near.room.shown()[0][0] == 3


def test_agreeing_ends_the_difference(near: Near, qtbot: QtBot) -> None:
    near.rate(PSYCHOLOGIST, 3, Basis.TRIAL)
    near.room.page.occasion.choose(Basis.DIAGNOSTICS)
    dialog = near.open()
    assert opinions(dialog) == [
        ["3, сформирована", "Дёмина Вера, 02.11.2026, проба", "Согласиться"],
        ["Другая оценка: 2, формируется", "вы, 02.11.2026, наблюдение", "Поставить 2"],
    ]
    with qtbot.waitSignal(near.room.desk.said, check_params_cb=lambda words: words == "Записано"):
        near.press(button(dialog, "Согласиться"), Qt.Key.Key_Space)
    ((title, facts),) = opinions(dialog)
    assert title == "3, сформирована"
    assert facts.startswith("вы, ")
    assert facts.endswith(", диагностика")
    near.press(dialog, Qt.Key.Key_Escape)
    assert near.room.shown()[0][0] == 3
    assert not near.room.table.grid.look(0, 0).disputed


def test_pupil_and_parents_stand_apart(near: Near) -> None:
    near.rate(PSYCHOLOGIST, 3, Basis.SELF)
    near.rate(PSYCHOLOGIST, 1, Basis.PARENTS, day=9)
    dialog = near.open()
    assert not near.room.table.grid.look(0, 0).disputed
    assert opinions(dialog) == [
        ["2, формируется", "вы, 02.11.2026, наблюдение"],
        ["Самооценка: 3, сформирована", "внесено 02.11.2026, Дёмина Вера"],
        ["Мнение родителей: 1, начальная", "внесено 09.11.2026, Дёмина Вера"],
    ]
    headings = [row.text for row in dialog.history.rows() if isinstance(row, Heading)]
    assert headings == ["1-е полугодие 2026/27", "Мнение родителей, 1-е полугодие", "Самооценка, 1-е полугодие"]


def test_while_pupils_opinions_are_marked_another_rater_is_not_answered(near: Near) -> None:
    near.rate(PSYCHOLOGIST, 3)
    near.room.page.occasion.choose(Basis.SELF)
    dialog = near.open()
    assert opinions(dialog) == [
        ["3, сформирована", "Дёмина Вера, 02.11.2026, наблюдение"],
        ["Другая оценка: 2, формируется", "вы, 02.11.2026, наблюдение"],
    ]


def test_who_has_no_password_any_more_keeps_the_name_and_who_never_had_one_is_unknown(near: Near) -> None:
    near.rate(PSYCHOLOGIST, 3)
    near.rate(GONE, 2)
    workspace = near.room.workspace
    with workspace.unit(workspace.actor) as unit:
        unit.users.match([workspace.actor], datetime.now(UTC))
    told = [line[1] for line in opinions(near.open())]
    assert [words.split(",")[0] for words in told] == ["неизвестный пользователь", "Дёмина Вера"]


def test_files_of_the_cell_are_kept_and_marked(near: Near, tmp_path: Path) -> None:
    path = tmp_path / "Эссе.docx"
    path.write_bytes(b"essay")
    dialog = near.open()
    dialog.files.add([path])
    near.wait()
    near.press(dialog, Qt.Key.Key_Escape)
    workspace, cell = near.room.workspace, near.cell
    (kept,) = evidence.of_cell(workspace, workspace.actor, cell.pupil, cell.competency, FIRST)
    assert kept.title == "Эссе"
    assert near.room.table.grid.look(0, 0).noted
    assert near.spoken().endswith(", 1 файл")


def test_a_double_click_opens_the_cell_too(near: Near) -> None:
    table = near.room.table
    table.go_to(0, 0)
    at = table.visualRect(table.grid.index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    near.wait()
    (dialog,) = near.dialogs()
    assert dialog.about.text().startswith("Белов Иван")
    assert dialog.competency.text() == "Планирование"


def test_tab_goes_from_the_note_through_the_files_to_the_history(near: Near) -> None:
    dialog = near.open()
    dialog.activateWindow()
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        near.press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [dialog.note, dialog.files.files_add, dialog.history, dialog.leave_button]


def test_the_model_of_the_history_is_sound(near: Near, qtmodeltester: ModelTester) -> None:
    near.rate(PSYCHOLOGIST, 1)
    qtmodeltester.check(near.open().history.model(), force_py=True)
