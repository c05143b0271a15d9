"""What the portfolio page offers and shows, over a real workspace."""

from __future__ import annotations

import pytest
from portfolio_class import CTRL, Room, add_class, codes, keys, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from support import FIRST, SECOND, YEAR, mark

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import GroupName
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common import theme
from profdesk.services import organisation


def test_opens_at_the_first_blank_cell(room: Room) -> None:
    assert room.page.group.currentText() == "7 «А»"
    assert room.page.complete.text() == "Заполнено 0 из 3"
    assert room.page.blanks.text() == "59 пустых"
    assert room.table.choice.current == (0, 1)


def test_the_next_blank_cell_is_a_key_away(room: Room) -> None:
    room.table.go_to(2, 19)
    press(room, Qt.Key.Key_F4)
    assert room.table.choice.current == (0, 1)
    room.page.blank_button.click()
    assert room.table.choice.current == (0, 2)
    assert room.table.hasFocus()
    room.table.selectAll()
    keys(room, "1")
    room.desk.settle()
    assert not room.page.blank_button.isEnabled()
    assert room.page.blanks.text() == "пустых нет"
    assert room.page.complete.text() == "Заполнено 3 из 3"


def test_all_27_rows_are_in_view_at_768_and_heads_stay_at_697(workspace) -> None:
    add_class(workspace, 27)
    room = Room(workspace)
    table = room.table
    assert table.verticalScrollBar().maximum() == 0
    assert table.horizontalScrollBar().maximum() == 0
    room.window.resize(1366, 697)
    press(room, Qt.Key.Key_Home, CTRL)
    press(room, Qt.Key.Key_PageDown)
    assert 20 <= table.choice.current[0] <= 24
    press(room, Qt.Key.Key_PageUp)
    assert table.choice.current == (0, 0)
    press(room, Qt.Key.Key_End, CTRL)
    room.desk.settle()
    assert table.verticalScrollBar().maximum() > 0
    assert table.horizontalScrollBar().maximum() == 0
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    assert table.horizontalHeader().isVisible()
    room.close()


def test_completeness_counts_the_whole_year(workspace, qtbot) -> None:
    """What this term loses may still be there in the other: reading again after the key tells."""
    group, pupils = add_class(workspace, 1)
    mark(workspace, SECOND, *((pupils[0], code, 1) for code in codes(group)))
    mark(workspace, FIRST, (pupils[0], codes(group)[0], 1))
    room = Room(workspace)
    assert room.page.complete.text() == "Заполнено 1 из 1"
    room.table.go_to(0, 0)
    press(room, Qt.Key.Key_Delete)
    room.desk.settle()
    assert room.page.blanks.text() == "20 пустых"
    qtbot.waitUntil(lambda: room.page.complete.text() == "Заполнено 1 из 1")
    assert room.committed(group) == {}
    room.close()


def test_terms_of_this_and_the_last_year_are_offered(room: Room, small, workspace) -> None:
    _, pupils = small
    before = SchoolYear(YEAR.start - 1)
    add_class(workspace, 3, GroupName("6 «А»", 6, "А"), before, pupils=pupils)
    offered = [room.page.period.itemText(place) for place in range(room.page.period.count())]
    assert offered == [
        "2-е полугодие 2026/27",
        "1-е полугодие 2026/27",
        "2-е полугодие 2025/26",
        "1-е полугодие 2025/26",
    ]
    assert room.page.period.currentIndex() == 1
    keys(room, "1")
    room.page.period.setCurrentIndex(2)
    room.desk.settle()
    assert room.page.group.currentText() == "6 «А»"
    assert room.shown()[0][0] == 1
    assert room.page.status().undo == ""
    room.page.period.setCurrentIndex(1)
    room.desk.settle()
    assert room.page.group.currentText() == "7 «А»"
    assert room.shown()[0][:2] == [2, 1]


def test_the_page_follows_the_school_into_the_next_term(room: Room) -> None:
    ours, actor = room.workspace, room.workspace.actor
    room.desk.write(lambda: organisation.choose_period(ours, actor, SECOND), owner=room.page, done=lambda _: None)
    room.desk.settle()
    assert room.page.period.currentText() == "2-е полугодие 2026/27"
    assert room.shown()[0][0] is None
    room.page.period.setCurrentIndex(1)
    room.desk.changed.emit(Changes.of("batch", Kind.ORGANISATION))
    room.desk.settle()
    assert room.page.period.currentText() == "1-е полугодие 2026/27"


def test_a_year_without_classes_leads_back_to_this_one(room: Room) -> None:
    room.page.period.setCurrentIndex(2)
    room.desk.settle()
    assert not room.page.content.isVisible()
    assert room.page.empty.primary.text() == "К текущему полугодию"
    QTest.keyClick(room.page.empty.primary, Qt.Key.Key_Space)
    room.desk.settle()
    assert room.page.period.currentText() == "1-е полугодие 2026/27"
    assert room.page.content.isVisible()


def test_the_chosen_class_stays_chosen(room: Room, workspace) -> None:
    kindergarten, _ = add_class(workspace, 2, GroupName("«Радуга»"))
    room.desk.changed.emit(Changes.of("batch", Kind.PUPILS, Kind.GROUPS))
    room.desk.settle()
    assert room.page.group.count() == 2
    assert room.page.group.currentText() == "7 «А»"
    room.page.choose_group(kindergarten.id)
    room.desk.settle()
    assert room.page.group.currentText() == "«Радуга»"
    assert room.table.grid.columnCount() == 10
    room.desk.changed.emit(Changes.of("batch", Kind.PUPILS))
    room.desk.settle()
    assert room.page.group.currentText() == "«Радуга»"


def test_without_classes_it_leads_to_the_pupils(workspace, qtbot) -> None:
    room = Room(workspace)
    assert room.page.empty.isVisible()
    assert not room.page.content.isVisible()
    assert not room.page.blank_button.isVisible()
    with qtbot.waitSignal(room.page.wanted_pupils):
        room.page.empty.primary.click()
    add_class(workspace, 2)
    room.desk.changed.emit(Changes.of("batch", Kind.PUPILS))
    room.desk.settle()
    assert room.page.content.isVisible()
    assert not room.page.empty.isVisible()
    room.close()


@pytest.mark.no_qt_log
def test_choosing_from_a_list_gives_the_keys_back_to_the_grid(room: Room, qtbot) -> None:
    """The offscreen platform warns that it cannot raise a list's window."""
    room.page.period.setFocus()
    room.page.period.showPopup()
    choices = room.page.period.view()
    qtbot.waitUntil(choices.hasFocus)
    QTest.keyClick(choices, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.window.focusWidget() is room.table)


def test_screen_readers_hear_sentences(room: Room) -> None:
    table = QAccessible.queryAccessibleInterface(room.table)
    assert table.text(QAccessible.Text.Name) == "Портфолио 7 «А», 1-е полугодие 2026/27"
    # The heads count as the first row and the first column.
    cell = table.child(room.table.grid.columnCount() + 2)
    heard = "Абрамов Иван, Анализ проблемы: стадия 2, формируется, в прошлом полугодии 1"
    assert cell.text(QAccessible.Text.Name) == heard
    assert room.page.legend.accessibleName().startswith("Стадии: 0 — не проявляется, 1 — начальная")
    assert room.page.bar.accessibleName() == "Заполнено 0 из 3"
    for named in (room.page.group, room.page.period):
        assert named.accessibleName()


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_drawn_in_both_themes(room: Room, qapp, dark: bool) -> None:
    theme.apply(qapp, dark)
    room.table.go_to(0, 0)
    keys(room, "0123")
    room.desk.settle()
    room.table.go_to(2, 19)
    picture = room.table.viewport().grab().toImage()
    for column, fill in enumerate(theme.tokens().stage_fill):
        corner = room.table.visualRect(room.table.grid.index(0, column)).topLeft()
        assert picture.pixelColor(corner.x() + 6, corner.y() + 8) == fill
    theme.apply(qapp, False)
