"""«Только не оценённые»: the pupils with blank cells alone, over a real workspace."""

from __future__ import annotations

import pytest
from portfolio_class import CTRL, Room, add_class, codes, keys, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from support import FIRST, mark

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def half(workspace) -> Room:
    """Of four pupils the first and the third are assessed, the second lacks two cells, the fourth all."""
    group, pupils = add_class(workspace, 4)
    every = codes(group)
    mark(workspace, FIRST, *((pupils[number], code, 1) for number in (0, 2) for code in every))
    mark(workspace, FIRST, *((pupils[1], code, 1) for code in every[:-2]))
    room = Room(workspace)
    yield room
    room.close()


def names(room: Room) -> list[str]:
    return [pupil.name.surname for pupil in room.table.grid.sheet.pupils]


def narrow(room: Room) -> None:
    press(room, Qt.Key.Key_F4, SHIFT)


def test_only_pupils_with_blank_cells_are_left_under_their_own_numbers(half: Room) -> None:
    half.table.go_to(3, 5)
    narrow(half)
    assert names(half) == ["Белов", "Гаврилов"]
    assert half.table.choice.current == (1, 5)
    heard = half.table.grid.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert heard.startswith("4. Гаврилов")
    assert half.page.complete.text() == "Заполнено 2 из 4"
    assert half.page.blanks.text() == "22 пустые"
    narrow(half)
    assert len(names(half)) == 4
    assert half.table.choice.current == (3, 5)
    half.table.go_to(0, 0)
    narrow(half)
    assert half.table.choice.current == (0, 18)


def test_a_row_just_completed_stays_until_the_filter_is_applied_again(half: Room, qtbot) -> None:
    narrow(half)
    half.table.go_to(0, 18)
    keys(half, "22")
    half.desk.settle()
    qtbot.wait(600)  # longer than the page waits before it reads the class again
    half.desk.settle()
    assert names(half) == ["Белов", "Гаврилов"]
    assert half.table.choice.current == (1, 0)
    narrow(half)
    narrow(half)
    assert names(half) == ["Гаврилов"]


def test_a_block_takes_only_the_rows_in_view(half: Room) -> None:
    narrow(half)
    half.table.selectAll()
    keys(half, "3")
    half.desk.settle()
    QTest.mouseClick(half.page.blanks, Qt.MouseButton.LeftButton)
    assert [row[0] for row in half.shown()] == [1, 3, 1, 3]
    assert not half.page.blanks.isEnabled()
    assert half.page.blanks.text() == "пустых нет"


def test_undo_shows_a_cell_that_has_no_row(half: Room) -> None:
    half.table.go_to(2, 4)
    keys(half, "3")
    narrow(half)
    press(half, Qt.Key.Key_Z, CTRL)
    half.desk.settle()
    assert len(names(half)) == 4
    assert half.table.choice.current == (2, 4)
    assert not half.page.blanks.isChecked()


def test_another_term_is_narrowed_too_if_something_is_blank_in_it(half: Room) -> None:
    narrow(half)
    half.page.period.setCurrentIndex(0)
    half.desk.settle()
    assert len(names(half)) == 4
    assert half.page.blanks.isChecked()
    half.page.period.setCurrentIndex(1)
    half.desk.settle()
    assert names(half) == ["Белов", "Гаврилов"]
    half.table.selectAll()
    keys(half, "3")
    half.desk.settle()
    half.page.period.setCurrentIndex(0)
    half.desk.settle()
    half.page.period.setCurrentIndex(1)
    half.desk.settle()
    assert len(names(half)) == 4
    assert not half.page.blanks.isChecked()
