"""What helps the eye: the current cell in words over the names, and the size of the grid."""

from __future__ import annotations

import pytest
from portfolio_class import CTRL, Room, add_class, keys, press, programme
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from profdesk import settings
from profdesk.gui.portfolio import zoom
from profdesk.gui.portfolio.delegate import CellDelegate
from profdesk.gui.portfolio.headers import head_lines
from profdesk.gui.portfolio.sheet import plain


def test_the_corner_says_who_and_what_the_current_cell_is(room: Room) -> None:
    corner = room.table.corner
    room.table.go_to(0, 0)
    assert corner.facts.words == (
        "Абрамов Иван\n1. Анализ проблемы\nНаходит, в чём трудность и отчего она.\n"
        "2, формируется; было 1\nРаздел 5, «Основная школа», результат 5"
    )
    assert corner.toolTip() == corner.accessibleDescription() == corner.facts.words
    keys(room, "3")
    assert corner.facts.stages == "не оценено"
    room.table.go_to(0, 0)
    assert corner.facts.stages == "3, сформирована; было 1"
    press(room, Qt.Key.Key_Delete)
    assert corner.facts.stages == "не оценено; было 1"
    room.desk.settle()
    press(room, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert corner.facts is not None
    assert not corner.grab().isNull()


def test_heads_tell_the_full_name_its_meaning_and_its_source(room: Room) -> None:
    tip = room.table.grid.headerData(17, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    competency = room.table.grid.sheet.competencies[17]
    assert tip == f"18. {competency.plain}\n{competency.explanation}\n{competency.source}"
    assert "ближние профессиональные" in tip


def test_keys_make_the_grid_larger_smaller_and_as_usual(room: Room) -> None:
    table = room.table
    usual = (table.rowHeight(0), table.horizontalHeader().height())
    press(room, Qt.Key.Key_Plus, CTRL)
    press(room, Qt.Key.Key_Equal, CTRL)
    assert table.zoom.percent == 125
    assert (table.rowHeight(0), table.horizontalHeader().height()) == (24, 177)
    assert room.window.status.words == "Масштаб таблицы 125 %"
    press(room, Qt.Key.Key_0, CTRL)
    assert (table.rowHeight(0), table.horizontalHeader().height()) == usual
    for _ in range(9):
        press(room, Qt.Key.Key_Minus, CTRL)
    assert table.zoom.percent == 80
    # The rows draw nearer, the letters stay as they are.
    assert (table.rowHeight(0), table.horizontalHeader().height()) == (15, usual[1])
    QTest.keyClick(room.page.blank_button, Qt.Key.Key_0, CTRL)
    assert table.zoom.percent == 100


def test_control_and_the_wheel_do_the_same_notch_by_notch(room: Room) -> None:
    def turn(angle: int, modifiers: Qt.KeyboardModifier) -> None:
        wheel = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(room.table.viewport(), wheel)

    turn(120, Qt.KeyboardModifier.NoModifier)
    turn(60, CTRL)
    assert room.table.zoom.percent == 100
    turn(60, CTRL)
    assert room.table.zoom.percent == 110
    turn(-240, CTRL)
    assert room.table.zoom.percent == 90


def test_the_size_is_kept_for_the_next_time(workspace) -> None:
    add_class(workspace, 2)
    room = Room(workspace)
    press(room, Qt.Key.Key_Plus, CTRL)
    room.window.close()
    assert settings.load().grid_zoom == 110
    again = Room(workspace)
    assert again.table.zoom.percent == 110
    again.close()
    room.desk.release()


@pytest.mark.parametrize("percent", zoom.STEPS)
def test_names_of_competencies_are_whole_at_any_size(room: Room, percent: int) -> None:
    table = room.table
    table.set_zoom(percent)
    width = int(table.columnWidth(0) / table.zoom.drawing)
    for competency in (item for level in programme().levels for item in level.competencies.items):
        lines = head_lines(competency.short, width)
        assert "".join(lines).replace("-", "").replace(" ", "") == plain(competency).replace(" ", "")
    assert not table.grab().isNull()


def test_a_class_of_thirty_is_in_view_one_step_smaller(workspace) -> None:
    add_class(workspace, 30)
    room = Room(workspace)
    assert room.table.grid.rowCount() == 30
    assert room.table.verticalScrollBar().maximum() > 0
    press(room, Qt.Key.Key_Minus, CTRL)
    assert room.table.verticalScrollBar().maximum() == 0
    room.close()


def test_a_key_draws_its_surroundings_alone(workspace, monkeypatch, qtbot) -> None:
    add_class(workspace, 27)
    drawn: list[tuple[int, int]] = []
    paint = CellDelegate.paint

    def noted(self, painter, option, index) -> None:
        drawn.append((index.row(), index.column()))
        paint(self, painter, option, index)

    monkeypatch.setattr(CellDelegate, "paint", noted)
    room = Room(workspace)
    qtbot.waitUntil(lambda: len(drawn) >= 27 * 20)
    QApplication.processEvents()
    drawn.clear()
    room.table.go_to(5, 5)
    keys(room, "2")
    room.desk.settle()
    qtbot.waitUntil(lambda: (5, 5) in drawn)
    QApplication.processEvents()
    assert {row for row, _ in drawn} <= {0, 1, 4, 5, 6}
    room.close()
