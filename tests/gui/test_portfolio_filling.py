"""Ways through the grid and what fills many cells at one key, over a real workspace."""

from __future__ import annotations

import pytest
from portfolio_class import CTRL, Room, keys, press
from PySide6.QtCore import Qt

SHIFT = Qt.KeyboardModifier.ShiftModifier
PAD = Qt.KeyboardModifier.KeypadModifier
ENTER = Qt.Key.Key_Return
TAB = Qt.Key.Key_Tab


@pytest.mark.parametrize(
    ("key", "modifiers", "place"),
    [
        (ENTER, Qt.KeyboardModifier.NoModifier, (2, 5)),
        (Qt.Key.Key_Enter, PAD, (2, 5)),
        (ENTER, SHIFT, (0, 5)),
        (TAB, Qt.KeyboardModifier.NoModifier, (1, 6)),
        (Qt.Key.Key_Backtab, SHIFT, (1, 4)),
    ],
)
def test_enter_and_tab_move_as_in_a_spreadsheet(room: Room, key: Qt.Key, modifiers, place: tuple[int, int]) -> None:
    room.table.go_to(1, 5)
    press(room, key, modifiers)
    assert room.table.choice.current == place
    assert room.table.hasFocus()


def test_the_ends_lead_on_to_the_next_row_or_column(room: Room) -> None:
    room.table.go_to(0, 19)
    press(room, TAB)
    assert room.table.choice.current == (1, 0)
    room.table.go_to(2, 3)
    press(room, ENTER)
    assert room.table.choice.current == (0, 4)
    press(room, ENTER, SHIFT)
    assert room.table.choice.current == (2, 3)
    room.table.go_to(2, 19)
    press(room, ENTER)
    press(room, TAB)
    assert room.table.choice.current == (2, 19)


def test_habits_of_a_spreadsheet_skip_no_cell(room: Room) -> None:
    room.table.go_to(0, 1)
    for key, digit in ((TAB, "1"), (TAB, "2"), (TAB, "3")):
        keys(room, digit)
        press(room, key)
    room.table.go_to(0, 6)
    for digit in "012":
        keys(room, digit)
        press(room, ENTER)
    room.desk.settle()
    assert room.shown()[0][:8] == [2, 1, 2, 3, None, None, 0, None]
    assert [row[6] for row in room.shown()] == [0, 1, 2]
    assert room.table.choice.current == (0, 7)


def test_enter_after_a_digit_leads_the_next_ones_down_and_tab_across(room: Room) -> None:
    room.table.go_to(0, 4)
    keys(room, "1")
    press(room, ENTER)
    keys(room, "2301")
    room.desk.settle()
    assert [row[4:6] for row in room.shown()] == [[1, 0], [2, 1], [3, None]]
    press(room, TAB)
    keys(room, "3")
    room.desk.settle()
    assert room.shown()[1][4:8] == [2, 1, 3, None]
    assert room.table.choice.current == (1, 7)


def test_moving_alone_leaves_the_way_as_it_is(room: Room) -> None:
    room.table.go_to(0, 4)
    press(room, ENTER)
    keys(room, "12")
    room.desk.settle()
    assert room.shown()[1][4:6] == [1, 2]
    # The cursor is counted from, not the cell marked, once it has been moved.
    press(room, Qt.Key.Key_Right)
    press(room, TAB)
    assert room.table.choice.current == (1, 8)


def test_control_tab_leaves_the_grid(room: Room) -> None:
    press(room, TAB, CTRL)
    assert not room.table.hasFocus()
    room.table.setFocus()
    press(room, Qt.Key.Key_Backtab, CTRL | SHIFT)
    assert not room.table.hasFocus()


def test_the_top_row_fills_the_block_down(room: Room) -> None:
    room.table.go_to(0, 0)
    keys(room, "12")
    room.table.go_to(0, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(room, key, SHIFT)
    press(room, Qt.Key.Key_D, CTRL)
    room.desk.settle()
    assert [row[:4] for row in room.shown()] == [[1, 2, None, None]] * 3
    assert room.page.status().undo == "заполнено вниз, 4 клетки"
    assert (room.table.choice.block.bottom, room.table.choice.block.right) == (2, 2)
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert [row[:2] for row in room.shown()] == [[1, 2], [None, None], [None, None]]


def test_one_row_is_filled_from_the_row_above(room: Room) -> None:
    room.table.go_to(1, 0)
    press(room, Qt.Key.Key_D, CTRL)
    room.desk.settle()
    assert room.shown()[1][:2] == [2, None]
    assert room.page.status().undo == "заполнено вниз, Белов Иван, «Анализ проблемы», 1 клетка"
    room.table.go_to(0, 0)
    press(room, Qt.Key.Key_D, CTRL)
    room.desk.settle()
    assert room.page.status().undo == "заполнено вниз, Белов Иван, «Анализ проблемы», 1 клетка"
