"""The page of consents: classes with their counts, pupils by state, words and kind, and who may write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from diagnostic_room import DiagnosticRoom
from diagnostic_school import add_class, new_workspace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support import YEAR

from profdesk.domain.consents import ConsentKind, NewConsent
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.consents.page import ConsentsPage
from profdesk.gui.consents.rows import ClassRow
from profdesk.services import consents, pupils


@pytest.fixture
def room(tmp_path: Path, qapp: QApplication) -> Iterator[DiagnosticRoom]:
    """8 «Б» with four consents to psychological work of last year, one withdrawn, and 9 «А» of one without any."""
    workspace = new_workspace(tmp_path / "desk")
    there, actor = add_class(workspace), workspace.actor
    with workspace.unit(actor) as unit:
        group = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "basic", YEAR)
        unit.pupils.enrol(
            unit.pupils.add(PersonName("Дроздов", "Пётр"), pupils.today().replace(2011), None), group.id, YEAR
        )
    consents.enter(workspace, actor, [NewConsent(there[1].id, ConsentKind.PERSONAL, "мать", "7")], pupils.today())
    consents.withdraw(workspace, actor, there[0].id, ConsentKind.PSYCHOLOGICAL, pupils.today(), "отец")
    made = DiagnosticRoom(workspace, ConsentsPage)
    made.show("consents")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> ConsentsPage:
    return room.window.pages[ConsentsPage]


def surnames(page: ConsentsPage) -> list[str]:
    return [one.pupil.name.surname for one in page.table.rows()]


def test_the_whole_school_is_counted_by_class_and_a_class_opens(page: ConsentsPage, room: DiagnosticRoom) -> None:
    assert [row.group.name.title for row in page.table.rows()] == ["8 «Б»", "9 «А»"]
    assert all(isinstance(row, ClassRow) for row in page.table.rows())
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "8 «Б»\t1 из 4, не хватает 3\t3 из 4, не хватает 1\t0 из 4, не хватает 4"
    )
    assert not page.side.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert surnames(page) == ["Алексеева", "Баранов", "Власов", "Громова"]
    assert page.side.isVisible()
    room.window.activateWindow()
    page.table.setFocus()
    room.settle()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert isinstance(page.table.rows()[0], ClassRow)


def test_filters_are_about_the_chosen_kind_and_search_is_of_the_whole_school(page: ConsentsPage, room) -> None:
    filters = (page.all_filter, page.lacking_filter, page.ending_filter, page.withdrawn_filter)
    assert [one.count for one in filters] == [5, 2, 0, 1]
    page.withdrawn_filter.click()
    assert surnames(page) == ["Алексеева"]
    page.table.choose_first()
    assert page.papers.rows()[0].withdrawn_by == "отец"
    page.withdrawn_filter.click()
    page.kind.choose(ConsentKind.PERSONAL.value)
    assert [one.count for one in filters] == [5, 4, 0, 0]
    page.search_field.setText("дрозд")
    QTest.qWait(250)
    assert surnames(page) == ["Дроздов"]
    assert [one.count for one in filters] == [1, 1, 0, 0]


def test_numbers_go_on_and_one_out_of_order_is_told_by_hand(page: ConsentsPage, room: DiagnosticRoom) -> None:
    page.kind.choose(ConsentKind.PUBLICATION.value)
    page.group.setCurrentIndex(1)
    page.group.activated.emit(1)
    page.enter()
    (dialog,) = [one for one in page.findChildren(QDialog) if isinstance(one, ConsentsDialog)]
    assert dialog.heading.text() == "Согласия на публикацию: 8 «Б»"
    assert dialog.number.placeholderText() == "например, 8"
    QTest.keyClick(dialog.table, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    dialog.number.setText("8")
    dialog.table.choose_near(1)
    QTest.keyClicks(dialog.own_number, "100")
    dialog.giver.setCurrentText("мать")
    dialog.own_giver.setEditText("законный представитель, Ковалёва О. И.")
    dialog.own_giver.lineEdit().editingFinished.emit()
    dialog.save_button.click()
    room.settle()
    papers = [one.by_kind[ConsentKind.PUBLICATION].paper for one in page.table.rows()]
    assert [one.number for one in papers] == ["8", "100", "9", "10"]
    assert [one.given_by for one in papers] == ["мать", "законный представитель, Ковалёва О. И.", "мать", "мать"]


def test_nothing_is_withdrawn_that_is_not_there(page: ConsentsPage, room: DiagnosticRoom) -> None:
    page.search_field.setText("дрозд")
    QTest.qWait(250)
    page.withdraw()
    assert page.message.words == "Отзывать нечего: такого согласия нет."
    assert not page.withdraw_button.isEnabled()
