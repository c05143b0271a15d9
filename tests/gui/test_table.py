"""Tables of every page: boxes and copies from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from profdesk.gui.common import theme
from profdesk.gui.common.columns import Column
from profdesk.gui.common.table import DeskTable

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(qapp: QApplication) -> Iterator[DeskTable]:
    """Five words; the third has no box."""
    theme.apply(qapp, False)
    made = DeskTable()
    columns = (Column[str]("Слово", str), Column[str]("Букв", lambda word: str(len(word)), width=80, right=True))
    made.set_columns(columns, key=str, checkable=lambda word: word != "три")
    made.set_rows(["один", "два", "три", "четыре", "пять"])
    made.select_several()
    made.resize(400, 240)
    made.show()
    made.choose_first()
    yield made
    made.close()
    made.deleteLater()


def test_space_ticks_all_chosen_rows_and_takes_the_ticks_away(table: DeskTable, qtmodeltester: ModelTester) -> None:
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.checked() == ["один", "два", "четыре"]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.checked() == []
    qtmodeltester.check(table.model(), force_py=True)


def test_all_boxes_are_ticked_by_keys_and_by_the_box_in_the_header(table: DeskTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Space, CTRL)
    assert table.checked() == ["один", "два", "четыре", "пять"]
    box = QPoint(20, 15)
    QTest.mouseClick(table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert table.checked() == []
    QTest.mouseClick(table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert len(table.checked()) == 4


def test_ticks_of_rows_not_shown_are_left_alone(table: DeskTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Space)
    table.set_rows(["два", "пять"])
    QTest.keyClick(table, Qt.Key.Key_Space, CTRL)
    table.set_rows(["один", "два", "четыре", "пять"])
    assert table.checked() == ["один", "два", "пять"]


def test_chosen_rows_are_copied_as_a_spreadsheet_takes_them(table: DeskTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "два\t3\nтри\t3"


def test_an_empty_table_says_why_in_its_middle(table: DeskTable) -> None:
    blank = table.grab().toImage()
    table.set_rows([], "Таких слов нет")
    assert table.accessibleDescription() == "Таких слов нет"
    said = table.grab().toImage()
    table.set_rows([])
    assert table.accessibleDescription() == ""
    middle = [(x, table.height() // 2 + y) for x in range(100, 300) for y in range(-4, 22)]
    ground = table.grab().toImage()
    assert any(said.pixelColor(*at) != ground.pixelColor(*at) for at in middle)
    assert blank != said


def test_the_program_chooses_a_row_whatever_keys_are_held(table: DeskTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    table.choose_first()
    assert table.selected() == ["один"]
