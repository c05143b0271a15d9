"""The page of differences: both values side by side, found by words and kind, taken or left, also several at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from differing import Pair, pair_of, rename
from portfolio_class import new_workspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import YEAR

from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.exchange.differences import DifferencesPage
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.services import organisation, pupils


class StandIn(Page):
    name = "exchange"
    title = "Обмен"
    icon = "swap"


class Room:
    """The window of the first computer, opened at the differences; ``settle`` waits until everything is answered."""

    def __init__(self, pair: Pair) -> None:
        found = opened.read(pair.one)
        self.desk = Desk()
        self.desk.use(found.workspace, found.programme, found.organisation)
        self.window = MainWindow(self.desk, Pages([StandIn, DifferencesPage], lambda kind: kind(self.desk)))
        self.page = self.window.pages[DifferencesPage]
        self.window.resize(1366, 697)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        self.window.show_page("differences")
        self.settle()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.desk.settle()

    def press(self, key: Qt.Key, more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, more)
        self.settle()

    def rows(self) -> list[str]:
        return [
            row.text if isinstance(row, Heading) else f"- {row.field}: {row.other}" for row in self.page.table.rows()
        ]

    def close(self) -> None:
        self.desk.close()
        self.window.close()
        self.window.deleteLater()


@pytest.fixture
def pair(tmp_path: Path, qapp: QApplication) -> Iterator[Pair]:
    """Two pupils of 7 «А» named otherwise on each computer, and the head of the school too."""
    assert qapp
    workspace = new_workspace(tmp_path / "школа")
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        for surname in ("Белов", "Абрамова"):
            pupil = unit.pupils.add(PersonName(surname, "Саша"), pupils.today().replace(2013), None)
            unit.pupils.enrol(pupil, group.id, YEAR)
    made = pair_of(workspace, tmp_path / "ноутбук")
    for each, new in zip(made, ("первый", "второй"), strict=True):
        rename(each, "Белов", f"Белов-{new}")
        rename(each, "Абрамова", f"Абрамова-{new}")
        own = organisation.get(each, each.actor)
        organisation.save(each, each.actor, replace(own, head_name=f"Ким {new}"))
    made.exchange()
    yield made
    made.two.close()


@pytest.fixture
def room(pair: Pair) -> Iterator[Room]:
    made = Room(pair)
    yield made
    made.close()


ALL = [
    "Абрамова-второй Саша, 7 «А»",
    "- Фамилия: Абрамова-первый",
    "Белов-второй Саша, 7 «А»",
    "- Фамилия: Белов-первый",
    "Сведения об организации: Средняя школа № 12",
    "- Руководитель: Ким первый",
]


def test_both_values_stand_side_by_side_with_who_wrote_them(room: Room) -> None:
    page = room.page
    assert room.rows() == ALL
    assert page.table.hasFocus()
    assert (page.standing_words.text(), page.other_words.text()) == ("Абрамова-второй", "Абрамова-первый")
    assert page.standing_author.text().endswith("«Ноутбук психолога»")
    assert page.other_author.text().endswith("этот компьютер")
    assert page.take_button.text() == "Взять другое значение"
    room.press(Qt.Key.Key_Down)
    assert page.other_words.text() == "Белов-первый"


def test_words_and_kinds_narrow_the_list(room: Room) -> None:
    page = room.page
    assert [page.area.itemText(at) for at in range(page.area.count())] == [
        "Всё, что разошлось: 3", "Ученики и классы: 2", "Настройки: 1",
    ]  # fmt: skip
    page.area.setCurrentIndex(2)
    page.area.activated.emit(2)
    assert room.rows() == ALL[4:]
    page.area.setCurrentIndex(0)
    page.area.activated.emit(0)
    page.search()
    page.search_field.setText("белов первый")
    QTest.qWait(250)
    assert room.rows() == ALL[2:4]
    page.search_field.setText("белов нигде")
    QTest.qWait(250)
    assert page.table.nothing == "Ничего не нашлось. Снимите отбор или поиск."
    assert not page.take_button.isEnabled()


def test_one_is_taken_another_left_and_both_undone_by_keys_alone(room: Room, pair: Pair) -> None:
    page = room.page
    room.press(Qt.Key.Key_F9)
    assert page.message.words == "Взято другое значение: Абрамова-второй Саша, 7 «А», фамилия."
    assert room.rows() == ALL[2:]
    assert page.table.hasFocus()
    room.press(Qt.Key.Key_F8)
    assert page.message.words.startswith("Оставлено как есть: Белов-второй")
    assert room.rows() == ALL[4:]
    surnames = [one.name.surname for one in pupils.pupils(pair.one, pair.one.actor, YEAR)]
    assert surnames == ["Абрамова-первый", "Белов-второй"]
    for shown in (ALL[2:], ALL):
        room.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert room.rows() == shown
    room.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert room.rows() == ALL[2:]


def test_all_are_taken_at_once_through_the_button_and_nothing_is_left(room: Room, pair: Pair) -> None:
    page = room.page
    room.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.leave_button.text() == "Оставить 3"
    assert page.take_button.text() == "Взять 3 других значения"
    room.press(Qt.Key.Key_Return)
    assert page.take_button.hasFocus()
    room.press(Qt.Key.Key_Space)
    assert page.message.words == "Взято: 3 других значения."
    assert page.empty.isVisible()
    assert not page.pair.isVisible()
    assert organisation.get(pair.one, pair.one.actor).head_name == "Ким первый"
    room.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.rows() == ALL


def test_what_was_settled_meanwhile_is_said_to_be_gone(room: Room, pair: Pair) -> None:
    from profdesk.services import differences

    told = differences.all_of(pair.one, pair.one.actor)
    differences.leave(pair.one, pair.one.actor, told)
    room.press(Qt.Key.Key_F9)
    assert "больше нет" in room.page.message.words
