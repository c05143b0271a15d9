"""Ways through the grid and what fills many cells at one key, over a real workspace."""

from __future__ import annotations

import pytest
from portfolio_class import CTRL, Room, keys, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from profdesk.domain.changes import Changes

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


def put(words: str) -> None:
    QGuiApplication.clipboard().setText(words)


def block(room: Room, top: int, left: int, bottom: int, right: int) -> None:
    room.table.choose([room.table.grid.index(top, left), room.table.grid.index(bottom, right)])


def test_a_block_goes_to_a_spreadsheet_and_comes_back_the_same(room: Room, small) -> None:
    group, _ = small
    room.table.go_to(0, 1)
    keys(room, "13")
    room.desk.settle()
    before = room.committed(group)
    block(room, 0, 0, 1, 3)
    press(room, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "2\t1\t3\t\n\t\t\t\n"
    assert room.window.status.words == "Скопировано: 8 клеток"
    press(room, Qt.Key.Key_V, CTRL)
    room.desk.settle()
    assert room.committed(group) == before
    assert room.page.message.isHidden()
    room.table.go_to(1, 0)
    press(room, Qt.Key.Key_V, CTRL)
    room.desk.settle()
    assert [row[:4] for row in room.shown()] == [[2, 1, 3, None], [2, 1, 3, None], [None] * 4]
    assert room.page.status().undo == "вставка, Белов Иван, 3 клетки"


def test_names_and_titles_are_copied_too(room: Room) -> None:
    block(room, 0, 0, 1, 1)
    press(room, Qt.Key.Key_C, CTRL | SHIFT)
    copied = "\tАнализ проблемы\tКритический анализ\nАбрамов Иван\t2\t\nБелов Иван\t\t\n"
    assert QGuiApplication.clipboard().text() == copied


def test_a_table_with_names_goes_where_they_say(room: Room, small) -> None:
    put("\tГибкость\tУстная речь\tЛовкость\nВасильев Иван\t3\t1\t1\nБелов Иван\t2\t\t\nПетров Иван\t1\t1\t1\n")
    room.table.go_to(0, 0)
    press(room, Qt.Key.Key_V, CTRL)
    room.desk.settle()
    assert [row[9:11] for row in room.shown()] == [[None, None], [None, 2], [1, 3]]
    assert room.page.message.words == "Вставлены 3 клетки. Не узнали: «Петров Иван», «Ловкость»."
    assert room.page.status().undo == "вставка, 3 клетки"


def test_one_value_fills_the_block(room: Room) -> None:
    put("Сформирована\r\n")
    block(room, 0, 0, 2, 1)
    press(room, Qt.Key.Key_V, CTRL)
    room.desk.settle()
    assert [row[:3] for row in room.shown()] == [[3, 3, None]] * 3
    assert room.page.status().undo == "вставка, 6 клеток"
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert room.page.blanks.text() == "59 пустых"


def test_what_does_not_fit_is_named_and_the_rest_is_written_at_once(room: Room, small) -> None:
    group, _ = small
    written: list[Changes] = []
    room.desk.changed.connect(written.append)
    put("1\t5\t\nхор\t2\t7\n0,0\tформируется\t3\n1\t1\t1\n")
    room.table.go_to(1, 17)
    press(room, Qt.Key.Key_V, CTRL)
    room.desk.settle()
    assert [row[17:] for row in room.shown()] == [[None] * 3, [1, None, None], [None, 2, None]]
    message = room.page.message
    assert message.words == (
        "Вставлены 2 клетки. Не подошло: 3 клетки. "
        "Белов Иван, «Ставить цель и достигать её» — нет стадии 5; "
        "Васильев Иван, «Прогнозировать дальние и ближние цели» — «хор» не стадия; "
        "Васильев Иван, «Выявлять трудности, находить пути» — нет стадии 7. За пределами класса осталось: 6 клеток."
    )
    assert len(written) == 1
    QTest.mouseClick(message.button, Qt.MouseButton.LeftButton)
    assert room.table.choice.current == (1, 18)
    assert room.table.hasFocus()
    QTest.mouseClick(message.button, Qt.MouseButton.LeftButton)
    assert room.table.choice.current == (2, 17)
    press(room, Qt.Key.Key_Escape)
    assert message.isHidden()
    assert len(room.committed(group)) == 3


def test_an_empty_clipboard_takes_away_what_the_former_paste_said(room: Room) -> None:
    put("7")
    press(room, Qt.Key.Key_V, CTRL)
    room.desk.settle()
    assert "нет стадии 7" in room.page.message.words
    put("")
    press(room, Qt.Key.Key_V, CTRL)
    assert room.page.message.isHidden()
    assert room.window.status.words == "В буфере обмена нет стадий: сначала скопируйте их"


def test_an_empty_clipboard_is_told_and_writes_nothing(room: Room, small) -> None:
    group, _ = small
    before = room.committed(group)
    for words in ("", "\t\t\n"):
        put(words)
        press(room, Qt.Key.Key_V, CTRL)
        room.desk.settle()
        assert room.window.status.words == "В буфере обмена нет стадий: сначала скопируйте их"
    assert room.committed(group) == before
    assert room.page.status().undo == ""


def test_the_block_menu_names_its_keys(room: Room) -> None:
    offered = {action.text(): action.shortcut().toString() for action in room.table.actions()}
    assert offered["Вставить"] == "Ctrl+V"
    assert offered["Скопировать с именами"] == "Ctrl+Shift+C"
