"""The card's tab «Диагностика»: results for a psychologist, days and released words alone for a teacher."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from diagnostic_school import (
    BEFORE,
    DAY,
    INCLINATIONS,
    TEACHER,
    TEACHERS_PASSWORD,
    add_class,
    add_teacher,
    held,
    some_answers,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from support import PASSWORD

from profdesk import app
from profdesk.domain.consents import ConsentKind
from profdesk.domain.records import RecordKind
from profdesk.gui.common.columns import Heading
from profdesk.gui.diagnostic_results.card_tab import DiagnosticsTab
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.start import opened
from profdesk.services import conclusions, consents, instruments, pupils
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace


@pytest.fixture
def told(workspace: Workspace) -> tuple[str, str, str]:
    """A pupil's id, the sheet of this year, whose conclusion was released, and another pupil's id."""
    (pupil, other, *_), instrument = add_class(workspace), instruments.called(INCLINATIONS)
    held(workspace, INCLINATIONS, [pupil], [some_answers(instrument, 0)], BEFORE)
    (sheet,) = held(workspace, INCLINATIONS, [pupil], [some_answers(instrument, 1)])
    conclusions.write(workspace, workspace.actor, sheet, "Секрет", "Любит людей")
    conclusions.release(workspace, workspace.actor, sheet, "Любит людей")
    add_teacher(workspace)
    return pupil.id, sheet, other.id


class Room:
    def __init__(self) -> None:
        app.application()
        self.windows = app.Windows()

    def open(self, workspace: Workspace, pupil: str, user: str, password: str) -> DiagnosticsTab:
        self.window = self.windows.show_main(opened.read(storage.open_workspace(workspace.path, user, password)))
        self.window.resize(1366, 697)
        self.window.activateWindow()
        card = self.window.pages[PupilCardPage]
        card.choose_pupil(pupil)
        self.window.show_page(card.name)
        tab = next(tab for tab in card.shown_tabs if isinstance(tab, DiagnosticsTab))
        card.tabs.setCurrentIndex(card.shown_tabs.index(tab))
        self.settle()
        return tab

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.windows.settle()


@pytest.fixture
def room(qapp: QApplication) -> Iterator[Room]:
    made = Room()
    yield made
    made.windows.close()


def test_psychologist_goes_from_the_card_to_a_result_and_back(
    room: Room, workspace: Workspace, told: tuple[str, str, str], qtmodeltester: ModelTester
) -> None:
    tab = room.open(workspace, told[0], workspace.actor.id, PASSWORD)
    qtmodeltester.check(tab.results.model(), force_py=True)
    assert [one.held_on for one in tab.results.rows()] == [DAY, BEFORE]
    assert tab.results.row().sheet.id == told[1]
    tab.results.setFocus()
    QTest.keyClick(tab.results, Qt.Key.Key_Return)
    room.settle()
    assert room.window.page.name == "result"
    QTest.keyClick(room.window.page, Qt.Key.Key_Escape)
    room.settle()
    assert room.window.page.name == "pupil-card"


def test_teacher_reads_days_and_released_words_and_nothing_more(room: Room, workspace, told) -> None:
    tab = room.open(workspace, told[0], TEACHER.id, TEACHERS_PASSWORD)
    assert not tab.results_card.isVisible()
    assert "20\u00a0ноября 2026\u00a0г." in tab.held.text()
    assert "14\u00a0ноября 2025\u00a0г." in tab.held.text()
    assert "Любит людей" in tab.told.text()
    assert "Секрет" not in tab.told.text()
    assert not {"diagnostics", "result", "class-result"} & set(room.window.listed)


def test_timeline_tells_everybody_that_a_session_took_place_and_psychologists_what_came_of_it(
    room: Room, workspace: Workspace, told: tuple[str, str, str]
) -> None:
    def rows(user: str, password: str) -> list[tuple[str, str]]:
        card = room.open(workspace, told[0], user, password).window().findChild(PupilCardPage)
        assert isinstance(card, PupilCardPage)
        card.tabs.setCurrentIndex(card.shown_tabs.index(card.records))
        room.settle()
        shown = [one for one in card.records.table.rows() if not isinstance(one, Heading)]
        kinds = (RecordKind.DIAGNOSTICS, RecordKind.PSYCHOLOGIST)
        return [(one.title, one.words) for one in shown if one.kind in kinds]

    teachers = rows(TEACHER.id, TEACHERS_PASSWORD)
    assert sorted(teachers) == [
        ("Вывод психолога", "Любит людей"),
        ("Диагностика", "сеанс прошёл"),
        ("Диагностика", "сеанс прошёл"),
    ]
    room.windows.desk.release()
    own = rows(workspace.actor.id, PASSWORD)
    assert ("Заключение", "Секрет") in own
    assert ("Вывод психолога", "Любит людей") in own
    assert ("Диагностика", "сеанс прошёл") not in own
    assert [words for title, words in own if title == "Диагностика"] == [
        "«Профессиональные склонности, 24», бланк полный; Люди 9",
        "«Профессиональные склонности, 24», бланк полный; Экстрим 6",
    ]


def test_card_of_a_child_never_diagnosed_says_so(room: Room, workspace, told) -> None:
    tab = room.open(workspace, told[2], workspace.actor.id, PASSWORD)
    assert "ещё не было" in tab.held.text()
    assert tab.no_results.isVisible()


@pytest.mark.parametrize("psychologist", [True, False])
def test_of_a_withdrawn_consent_the_days_are_left_and_the_card_says_why(
    room: Room, workspace, told, psychologist: bool
) -> None:
    folder, owner = workspace.path, workspace.actor.id
    again = storage.open_workspace(folder, owner, PASSWORD)
    consents.withdraw(again, again.actor, told[0], ConsentKind.PSYCHOLOGICAL, pupils.today(), "мать")
    again.close()
    who = (owner, PASSWORD) if psychologist else (TEACHER.id, TEACHERS_PASSWORD)
    tab = room.open(workspace, told[0], *who)
    assert "20\u00a0ноября 2026\u00a0г." in tab.held.text()
    assert tab.told.text() == "Скрыто: согласие на работу психолога отозвано."
    assert not tab.results.rows()
    card = tab.window().findChild(PupilCardPage)
    assert isinstance(card, PupilCardPage)
    assert "диагностика скрыта" in card.message.words
    card.tabs.setCurrentIndex(card.shown_tabs.index(card.records))
    room.settle()
    shown = [one for one in card.records.table.rows() if not isinstance(one, Heading)]
    kinds = (RecordKind.DIAGNOSTICS, RecordKind.PSYCHOLOGIST)
    assert [(one.title, one.words) for one in shown if one.kind in kinds] == [("Диагностика", "сеанс прошёл")] * 2
