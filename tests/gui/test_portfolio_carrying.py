"""«Как в прошлый раз»: stages of the term before in cells still blank, over a real workspace."""

from __future__ import annotations

import pytest
from portfolio_class import CTRL, Room, add_class, codes, keys, press
from PySide6.QtCore import Qt
from support import FIRST, mark

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def marked(workspace) -> Room:
    """Two of three pupils have five stages each of the term before, the first of them one of this term."""
    group, pupils = add_class(workspace, 3)
    some = codes(group)[:5]
    mark(workspace, FIRST.previous, *((pupil, code, 1) for pupil in pupils[:2] for code in some))
    mark(workspace, FIRST, (pupils[0], some[0], 3))
    room = Room(workspace)
    yield room
    room.close()


def offered(room: Room) -> list[tuple[str, bool]]:
    menu = room.page.before_button.menu()
    menu.aboutToShow.emit()
    return [(verb.text(), verb.isEnabled()) for verb in menu.actions()]


def test_the_chosen_pupil_gets_what_is_blank(marked: Room) -> None:
    marked.table.go_to(0, 10)
    press(marked, Qt.Key.Key_D, CTRL | SHIFT)
    marked.desk.settle()
    assert [row[:6] for row in marked.shown()] == [[3, 1, 1, 1, 1, None], [None] * 6, [None] * 6]
    assert marked.page.status().undo == "как в прошлый раз, Абрамов Иван, 4 клетки"
    press(marked, Qt.Key.Key_Z, CTRL)
    marked.desk.settle()
    assert marked.shown()[0][:6] == [3, None, None, None, None, None]


def test_the_menu_counts_and_the_whole_class_is_one_step(marked: Room) -> None:
    marked.table.go_to(1, 0)
    assert offered(marked) == [("Белов Иван: 5 клеток\tCtrl+Shift+D", True), ("Всему классу: 9 клеток", True)]
    marked.table.choose([marked.table.grid.index(1, 0), marked.table.grid.index(2, 0)])
    assert offered(marked)[0] == ("Выбранным строкам: 5 клеток\tCtrl+Shift+D", True)
    marked.page.before_button.menu().actions()[1].trigger()
    marked.desk.settle()
    assert [row[:5] for row in marked.shown()] == [[3, 1, 1, 1, 1], [1] * 5, [None] * 5]
    assert marked.page.status().undo == "как в прошлый раз, 9 клеток"
    assert marked.page.blanks.text() == "50 пустых"


def test_the_button_says_what_it_would_do_or_why_not(marked: Room, workspace) -> None:
    button = marked.page.before_button
    assert button.isEnabled()
    assert button.toolTip() == "Взять в пустые клетки стадии за 2-е полугодие 2025/26: 9 клеток"
    marked.table.selectAll()
    keys(marked, "2")
    assert not button.isEnabled()
    assert button.toolTip() == "Все стадии за 2-е полугодие 2025/26 уже взяты или отмечены заново"
    marked.desk.settle()
    marked.page.period.setCurrentIndex(0)
    marked.desk.settle()
    assert button.isEnabled()


def test_nothing_to_take_is_told(marked: Room) -> None:
    marked.table.go_to(2, 0)
    assert offered(marked)[0] == ("Васильев Иван: брать нечего", False)
    press(marked, Qt.Key.Key_D, CTRL | SHIFT)
    assert marked.window.status.words == "Брать нечего: пустых клеток со стадией прошлого полугодия здесь нет"
    assert marked.page.status().undo == ""


def test_a_class_without_a_former_term_says_so(workspace) -> None:
    add_class(workspace, 2)
    room = Room(workspace)
    assert not room.page.before_button.isEnabled()
    assert room.page.before_button.toolTip() == "За 2-е полугодие 2025/26 этому классу стадий не ставили"
    room.close()
