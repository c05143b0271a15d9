"""Marking by keyboard, over a real workspace and the desk's own thread."""

from __future__ import annotations

from datetime import datetime
from threading import Event

import portfolio_class
import pytest
from portfolio_class import CTRL, Room, add_class, codes, keys, press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView

SHIFT = Qt.KeyboardModifier.ShiftModifier
PAD = Qt.KeyboardModifier.KeypadModifier


def hold(room: Room, gate: Event) -> None:
    room.desk.run(gate.wait, owner=room.page, done=lambda _: None)


def click_head(head: QHeaderView, section: int) -> None:
    middle = head.sectionViewportPosition(section) + head.sectionSize(section) // 2
    across = head.orientation() == Qt.Orientation.Horizontal
    at = QPoint(middle, 20) if across else QPoint(20, middle)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)


def without(code: str) -> str:
    """The programme under another name for a competency, so that marks for ``code`` are refused."""
    return portfolio_class.PROGRAMME.replace(f'code = "{code}"', f'code = "{code}-2"')


def use_programme(room: Room, text: str) -> None:
    with room.workspace.unit(room.workspace.actor) as unit:
        unit.programme.choose(text)


def test_a_digit_is_committed_and_the_cursor_goes_on(room: Room, small) -> None:
    group, pupils = small
    keys(room, "30")
    press(room, Qt.Key.Key_2, PAD)
    room.desk.settle()
    assert room.shown()[0][:5] == [2, 3, 0, 2, None]
    assert room.pending() == []
    assert room.table.choice.current == (0, 4)
    assert room.committed(group)[(pupils[0], codes(group)[2])] == 0
    assert room.page.blanks.text() == "56 пустых"


def test_after_the_last_competency_comes_the_next_pupil(room: Room) -> None:
    room.table.go_to(0, 19)
    keys(room, "11")
    room.desk.settle()
    assert room.shown()[0][19] == 1
    assert room.shown()[1][0] == 1
    room.table.go_to(2, 19)
    keys(room, "3")
    assert room.table.choice.current == (2, 19)


def test_arrows_home_and_end_move(room: Room) -> None:
    press(room, Qt.Key.Key_Down)
    press(room, Qt.Key.Key_End)
    assert room.table.choice.current == (1, 19)
    press(room, Qt.Key.Key_Home)
    assert room.table.choice.current == (1, 0)
    press(room, Qt.Key.Key_End, CTRL)
    assert room.table.choice.current == (2, 19)
    press(room, Qt.Key.Key_Home, CTRL)
    assert room.table.choice.current == (0, 0)


@pytest.mark.parametrize("eraser", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_clearing_takes_the_assessment_back_and_stays(room: Room, small, eraser: Qt.Key) -> None:
    group, _ = small
    room.table.go_to(0, 0)
    press(room, eraser)
    room.desk.settle()
    assert room.shown()[0][0] is None
    assert room.committed(group) == {}
    assert room.table.choice.current == (0, 0)


def test_other_keys_write_nothing(room: Room, small) -> None:
    group, _ = small
    before = room.committed(group)
    keys(room, "z4")
    assert "от 0 до 3" in room.window.status.words
    press(room, Qt.Key.Key_1, CTRL)
    press(room, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    room.desk.settle()
    assert room.committed(group) == before
    assert room.page.marking.undo_words == ""


def test_undo_and_redo_are_named_and_committed(room: Room, small) -> None:
    group, pupils = small
    cell = (pupils[0], codes(group)[10])
    room.table.go_to(0, 10)
    keys(room, "2")
    room.desk.settle()
    assert room.page.status().undo == "Абрамов Иван, «Гибкость», стадия 2"
    assert room.window.status.undo_words.startswith("Отменить: Абрамов Иван, «Гибкость», стадия 2")
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert cell not in room.committed(group)
    assert room.table.choice.current == (0, 10)
    assert room.page.status().undo == ""
    press(room, Qt.Key.Key_Y, CTRL)
    room.desk.settle()
    assert room.committed(group)[cell] == 2
    keys(room, "0")
    press(room, Qt.Key.Key_Z, CTRL)
    press(room, Qt.Key.Key_Z, CTRL)
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert room.committed(group) == {(pupils[0], codes(group)[0]): 2}


def test_a_block_takes_one_stage_in_one_step(room: Room, small) -> None:
    group, _ = small
    room.table.go_to(0, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(room, key, SHIFT)
    keys(room, "2")
    room.desk.settle()
    assert [row[:3] for row in room.shown()] == [[2, 2, None]] * 3
    assert not room.table.choice.block.single
    # One of the six cells had the stage already.
    assert room.page.status().undo == "5 клеток, стадия 2"
    press(room, Qt.Key.Key_Escape)
    assert room.table.choice.block.single
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert len(room.committed(group)) == 1
    assert not room.table.choice.block.single


def test_a_whole_column_is_named_by_its_competency(room: Room) -> None:
    click_head(room.table.horizontalHeader(), 10)
    keys(room, "1")
    assert room.page.status().undo == "«Гибкость», 3 клетки, стадия 1"
    click_head(room.table.verticalHeader(), 1)
    press(room, Qt.Key.Key_Delete)
    assert room.page.status().undo == "Белов Иван, «Гибкость», очищено"
    room.desk.settle()


def test_keys_are_answered_before_a_slow_disk_and_saved_in_order(room: Room, small, gate: Event) -> None:
    group, pupils = small
    hold(room, gate)
    room.table.go_to(1, 0)
    keys(room, "123")
    room.table.go_to(1, 0)
    keys(room, "3")
    assert room.shown()[1][:3] == [3, 2, 3]
    assert room.pending() == [(1, 0), (1, 1), (1, 2)]
    assert room.committed(group).keys() == {(pupils[0], codes(group)[0])}
    gate.set()
    room.desk.settle()
    assert room.pending() == []
    assert room.shown()[1][:3] == [3, 2, 3]
    assert room.committed(group)[(pupils[1], codes(group)[0])] == 3


def test_an_earlier_answer_leaves_a_later_key_alone(room: Room, gate: Event, qtbot) -> None:
    room.table.go_to(1, 0)
    keys(room, "1")
    hold(room, gate)
    room.table.go_to(1, 0)
    keys(room, "3")
    qtbot.waitUntil(lambda: room.page.marking.waiting == 1)
    assert room.table.grid.look(1, 0).stage == 3
    assert room.pending() == [(1, 0)]
    gate.set()
    room.desk.settle()
    assert room.pending() == []


def test_it_says_that_it_is_saving_only_when_that_lasts(room: Room, gate: Event, qtbot) -> None:
    hold(room, gate)
    keys(room, "1")
    assert room.page.status().text != "Сохраняем…"
    qtbot.waitUntil(lambda: room.page.status().text == "Сохраняем…")
    gate.set()
    room.desk.settle()
    assert room.page.status().text == f"Сохранено в {datetime.now().astimezone():%H:%M}"


def test_what_could_not_be_saved_is_taken_back_and_told(room: Room, small) -> None:
    group, pupils = small
    use_programme(room, without("flexibility"))
    room.table.go_to(0, 10)
    keys(room, "21")
    room.desk.settle()
    assert room.shown()[0][10:12] == [None, 1]
    assert room.pending() == []
    message = room.page.message
    assert message.words.startswith("Не сохранено: Абрамов Иван, «Гибкость», стадия 2. В программе нет")
    assert room.page.status().undo == "Абрамов Иван, «Взятие на себя риска», стадия 1"
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert room.page.status().undo == ""
    use_programme(room, portfolio_class.PROGRAMME)
    QTest.mouseClick(message.button, Qt.MouseButton.LeftButton)
    room.desk.settle()
    assert message.isHidden()
    assert room.committed(group)[(pupils[0], codes(group)[10])] == 2


def test_a_closed_workspace_takes_nothing_and_says_so(room: Room) -> None:
    room.workspace.close()
    keys(room, "12")
    assert room.pending() == [(0, 1), (0, 2)]
    room.desk.settle()
    assert room.shown()[0][:4] == [2, None, None, None]
    assert room.pending() == []
    assert room.page.message.words.startswith("Не сохранено клеток: 2. Рабочая папка закрыта.")
    assert room.page.status().undo == ""


def test_an_undo_that_failed_can_be_tried_again(room: Room, small) -> None:
    group, pupils = small
    room.table.go_to(0, 10)
    keys(room, "2")
    room.desk.settle()
    use_programme(room, without("flexibility"))
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert room.shown()[0][10] == 2
    assert room.page.status().undo == "Абрамов Иван, «Гибкость», стадия 2"
    use_programme(room, portfolio_class.PROGRAMME)
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert (pupils[0], codes(group)[10]) not in room.committed(group)
    assert room.page.message.isHidden()


def test_undo_goes_back_to_what_was_really_saved(room: Room) -> None:
    """The first of two keys in a cell fails: taking the second back must not bring the first."""
    use_programme(room, without("flexibility"))
    room.table.go_to(0, 10)
    keys(room, "2")
    right = portfolio_class.PROGRAMME
    room.desk.run(lambda: use_programme(room, right), owner=room.page, done=lambda _: None)
    room.table.go_to(0, 10)
    keys(room, "3")
    room.desk.settle()
    assert room.shown()[0][10] == 3
    press(room, Qt.Key.Key_Z, CTRL)
    room.desk.settle()
    assert room.shown()[0][10] is None


@pytest.mark.slow
def test_a_class_of_27_is_marked_by_keyboard_alone(workspace) -> None:
    group, pupils = add_class(workspace, 27)
    room = Room(workspace)
    width = len(codes(group))
    assert (len(pupils), width) == (27, 20)
    wanted = [[(row * 7 + column * 3) % 4 for column in range(width)] for row in range(27)]
    press(room, Qt.Key.Key_Home, CTRL)
    keys(room, "".join(str(stage) for row in wanted for stage in row))
    room.desk.settle()
    assert room.shown() == wanted
    assert room.pending() == []
    committed = room.committed(group)
    for pupil, row in zip(pupils, wanted, strict=True):
        assert [committed[(pupil, code)] for code in codes(group)] == row
    assert room.page.complete.text() == "Заполнено 27 из 27"
    room.close()
